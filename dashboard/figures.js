/**
 * The numbers beside the board, and the board in one sentence for those who do not see it.
 */

import { element, say } from './page.js';

/** @typedef {import('./scene.js').Picture} Picture */
/** @typedef {import('./session.js').Session} Session */

const UNKNOWN = '–';
/** A frame tells one more where it cannot tell how many there are. */
const MOST_COUNTED = 2 ** 32 - 2;
const number = new Intl.NumberFormat('en');

/**
 * @param {number | null} intervalMs
 * @returns {string}
 */
export function speed(intervalMs) {
  if (intervalMs === null) {
    return UNKNOWN;
  }
  if (intervalMs <= 0) {
    return 'As fast as it goes';
  }
  return intervalMs <= 1000
    ? `${Number((1000 / intervalMs).toFixed(1))} per second`
    : `every ${Number((intervalMs / 1000).toFixed(1))} s`;
}

/**
 * @param {number} living of the whole universe
 */
function population(living) {
  return `${living > MOST_COUNTED ? 'over ' : ''}${number.format(Math.min(living, MOST_COUNTED))}`;
}

/**
 * @param {Picture} universe
 * @param {Session} session
 * @returns {string}
 */
export function summarise(universe, session) {
  const life = session.running === null ? '' : session.running ? 'running, ' : 'stopped, ';
  return `${universe.width} by ${universe.height} cells, ${life}generation ${number.format(universe.generation)}, `
    + `population ${population(universe.population)}.`;
}

export class Figures {
  #generation = element('generation', HTMLElement);
  #population = element('population', HTMLElement);
  #viewers = element('viewers', HTMLElement);
  #speed = element('speed', HTMLElement);
  #rule = element('rule', HTMLElement);
  #size = element('size', HTMLElement);
  #summary = element('summary', HTMLElement);

  /**
   * @param {Picture} universe
   * @param {Session} session
   */
  show(universe, session) {
    say(this.#generation, number.format(universe.generation));
    say(this.#population, population(universe.population));
    say(this.#size, `${universe.width} × ${universe.height}`);
    say(this.#summary, summarise(universe, session));
    this.showSession(session);
  }

  /** @param {Session} session */
  showSession(session) {
    say(this.#viewers, session.viewers === null ? UNKNOWN : number.format(session.viewers));
    say(this.#speed, speed(session.intervalMs));
    say(this.#rule, session.rule ?? UNKNOWN);
  }
}
