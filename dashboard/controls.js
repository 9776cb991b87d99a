/**
 * The three buttons that act on everybody's universe, and the same by keyboard on the focused board.
 */

import { element, say, setIcon } from './page.js';

/** @typedef {'start' | 'stop' | 'step' | 'reset'} Command */

export const NOT_CONNECTED = 'Waiting for the connection.';

export class Controls {
  #toggle = element('toggle', HTMLButtonElement);
  #toggleIcon = element('toggle-icon', SVGUseElement);
  #toggleLabel = element('toggle-label', HTMLElement);
  #step = element('step', HTMLButtonElement);
  #reset = element('reset', HTMLButtonElement);
  #note = element('controls-note', HTMLElement);
  #running = element('running', HTMLElement);
  /** What the first button offers; sent as said, so that a press that comes late does no harm. @type {Command} */
  #offer = 'start';
  #enabled = false;
  #reason = NOT_CONNECTED;
  /** The button that had the focus when it was disabled, which takes the focus away. @type {HTMLElement | null} */
  #focused = null;

  /**
   * @param {HTMLElement} board
   * @param {(command: Command) => void} send
   */
  constructor(board, send) {
    this.#toggle.addEventListener('click', () => send(this.#offer));
    this.#step.addEventListener('click', () => send('step'));
    this.#reset.addEventListener('click', () => send('reset'));
    board.addEventListener('keydown', (event) => {
      const command = event.key === ' ' ? this.#offer : event.key === '.' ? 'step' : null;
      if (command === null || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      // Space would scroll the page.
      event.preventDefault();
      if (this.#enabled && !event.repeat) {
        send(command);
      }
    });
  }

  /**
   * @param {boolean | null} running null while there is no connection to know it from
   * @param {string} reason why the buttons cannot be pressed, or nothing if they can
   */
  show(running, reason) {
    if (running !== null) {
      this.#offer = running ? 'stop' : 'start';
      say(this.#toggleLabel, running ? 'Stop' : 'Start');
      setIcon(this.#toggleIcon, this.#offer);
      say(this.#running, running ? 'Running' : 'Stopped');
      this.#running.dataset['running'] = String(running);
    }
    this.#running.hidden = running === null;
    this.#enable(reason);
  }

  /** @param {string} reason */
  #enable(reason) {
    const enabled = reason === '';
    say(this.#note, reason);
    this.#note.hidden = enabled;
    if (this.#reason === reason) {
      return;
    }
    this.#reason = reason;
    const buttons = [this.#toggle, this.#step, this.#reset];
    if (this.#enabled && !enabled) {
      this.#focused = buttons.find((button) => button === document.activeElement) ?? null;
    }
    this.#enabled = enabled;
    for (const button of buttons) {
      button.disabled = !enabled;
      button.title = reason;
    }
    if (enabled) {
      // Back to where a keyboard user was, unless they have gone elsewhere meanwhile.
      if (document.activeElement === document.body || document.activeElement === this.#focused) {
        this.#focused?.focus();
      }
      this.#focused = null;
    }
  }
}
