/**
 * The polite status line: who changed the universe last, for everybody to see, and beside it, for screen readers
 * alone, changes of the connection at once and figures at most every ten seconds.
 */

import { element, say } from './page.js';

/** @typedef {import('./protocol.js').State} State */

const FIGURES_EVERY_MS = 10_000;

/** @type {Map<string, string>} */
const deeds = new Map([
  ['start', 'Started'],
  ['stop', 'Stopped'],
  ['reset', 'Reset'],
  ['speed', 'Speed changed'],
  ['edit', 'Cells changed'],
  ['stamp', 'Pattern placed'],
  ['load', 'Another universe loaded'],
  ['random', 'Filled at random'],
  ['clear', 'Cleared'],
  ['rule', 'Rule changed'],
  ['resize', 'Size changed'],
  ['undo', 'Taken back'],
  ['redo', 'Done again'],
  ['back', 'One generation back'],
]);

/**
 * @param {State} state
 * @returns {string}
 */
export function lastChange(state) {
  const deed = deeds.get(state.cause) ?? 'Changed';
  return `${deed} by ${state.by === 'host' ? 'the host' : state.by}`;
}

export class News {
  #change = element('last-change', HTMLElement);
  #connection = element('spoken-connection', HTMLElement);
  #figures = element('spoken-figures', HTMLElement);
  #figuresAt = -Infinity;

  /** @param {State} state */
  changed(state) {
    say(this.#change, lastChange(state));
  }

  /** @param {string} message the server's own sentence on why a command was not done */
  refused(message) {
    say(this.#change, `Not done: ${message}`);
  }

  /** @param {string} headline */
  connection(headline) {
    say(this.#connection, headline);
  }

  /**
   * @param {string} summary
   * @param {number} now
   */
  figures(summary, now) {
    if (now - this.#figuresAt >= FIGURES_EVERY_MS) {
      this.#figuresAt = now;
      say(this.#figures, summary);
    }
  }
}
