/**
 * Decides which view to ask the server for: what is seen with a margin around it, so that small pans need nothing, at
 * the level whose values are about a pixel.
 */

import { MOST_LEVEL, TILE, valuesOf } from './wire.js';

/** @typedef {import('./camera.js').Sight} Sight */
/** @typedef {import('./protocol.js').ViewEvent} ViewEvent */
/** @typedef {import('./scene.js').Size} Size */

/** A universe of no more values is asked for whole: the server's own choice is as many. */
const WHOLE_SIDE = 1024;
/** The margin on each side, in parts of what is seen; smaller where that would be very many values. */
const MARGIN = 0.5;
const MOST_WITH_MARGIN = 2 ** 22;
/** The server's limit of the values in all tiles of a view. */
const MOST_VALUES = 576 * TILE * TILE;
/** A view so many times larger than needed costs more than asking for another. */
const WASTE = 6;

/**
 * In cells; without a rectangle it is the whole universe, whatever size it comes to have.
 *
 * @typedef {{level: number, x: number, y: number, w: number, h: number}} Rectangle
 * @typedef {{level: number, maxFps: number, paused: boolean, x?: number, y?: number, w?: number, h?: number}} Wish
 */

/**
 * The finest level whose values are no smaller than a pixel.
 *
 * @param {number} scale pixels a cell
 */
export function levelFor(scale) {
  return scale >= 1 ? 0 : Math.min(MOST_LEVEL, Math.ceil(Math.log2(1 / scale) - 1e-9));
}

/**
 * @param {number} begin
 * @param {number} length
 * @param {number} level
 * @returns {number} values along one axis of all tiles that so many cells touch
 */
function valuesInTiles(begin, length, level) {
  const side = TILE * 2 ** level;
  return TILE * (Math.ceil((begin + length) / side) - Math.floor(begin / side));
}

/**
 * @param {Rectangle} rectangle
 * @returns {number} values in all its tiles; of those at the universe's edge it may be fewer
 */
function valuesOfView({ level, x, y, w, h }) {
  return valuesInTiles(x, w, level) * valuesInTiles(y, h, level);
}

/**
 * @param {Sight} sight
 * @param {Size} universe
 * @returns {Rectangle} what must be held to paint this sight
 */
export function needed(sight, universe) {
  let level = levelFor(sight.scale);
  const x = Math.max(0, Math.floor(sight.x));
  const y = Math.max(0, Math.floor(sight.y));
  const w = Math.min(universe.width, Math.ceil(sight.x + sight.width / sight.scale)) - x;
  const h = Math.min(universe.height, Math.ceil(sight.y + sight.height / sight.scale)) - y;
  while (valuesOfView({ level, x, y, w, h }) > MOST_VALUES && level < MOST_LEVEL) {
    level += 1;
  }
  return { level, x, y, w, h };
}

/**
 * @param {Rectangle} need
 * @param {Size} universe
 * @returns {Rectangle} the same with a margin, within the universe
 */
export function withMargin({ level, x, y, w, h }, universe) {
  if (valuesOf(universe.width, level) <= WHOLE_SIDE && valuesOf(universe.height, level) <= WHOLE_SIDE) {
    return { level, x: 0, y: 0, w: universe.width, h: universe.height };
  }
  const fits = (/** @type {number} */ part) => (
    valuesOf(w * (1 + 2 * part), level) * valuesOf(h * (1 + 2 * part), level) <= MOST_WITH_MARGIN);
  const part = [MARGIN, MARGIN / 2, MARGIN / 4].find(fits) ?? 0;
  const left = Math.max(0, Math.floor(x - w * part));
  const top = Math.max(0, Math.floor(y - h * part));
  return {
    level,
    x: left,
    y: top,
    w: Math.min(universe.width, Math.ceil(x + w * (1 + part))) - left,
    h: Math.min(universe.height, Math.ceil(y + h * (1 + part))) - top,
  };
}

/**
 * @param {Rectangle} held
 * @param {Rectangle} need
 * @param {Rectangle} wish
 * @returns {boolean} whether what is held does, without being much more than is needed
 */
export function suffices(held, need, wish) {
  // Whole tiles come anyway.
  const side = TILE * 2 ** held.level;
  return held.level === need.level && held.x <= need.x && held.y <= need.y
    && held.x + held.w >= need.x + need.w && held.y + held.h >= need.y + need.h
    && held.w * held.h <= WASTE * Math.max(wish.w, side) * Math.max(wish.h, side);
}

export class Outlook {
  #ask;
  /** What the server sends, or was asked to. @type {Rectangle | null} */
  #held = null;
  /** The id of the last question, until it is answered. @type {number | null} */
  #asked = null;
  #maxFps = 0;
  #paused = false;

  /** @param {(wish: Wish) => number | null} ask answers the question's id, or null if it could not be asked */
  constructor(ask) {
    this.#ask = ask;
  }

  /** A new connection has the server's own view, of which it will tell. */
  forget() {
    this.#held = null;
    this.#asked = null;
    this.#maxFps = 0;
    this.#paused = false;
  }

  /** @param {ViewEvent} view */
  told(view) {
    // While a later question is under way, this is the answer to an earlier one.
    if (this.#asked === null || view.id === this.#asked) {
      this.#asked = null;
      this.#held = view;
    }
  }

  /**
   * @param {number} id of something that the server refused
   * @returns {boolean} whether it was a question of ours, which is not the viewer's concern
   */
  refused(id) {
    const ours = id === this.#asked;
    if (ours) {
      this.#asked = null;
    }
    return ours;
  }

  /**
   * Asks, if there is anything to ask for.
   *
   * @param {Sight} sight
   * @param {Size} universe
   * @param {{maxFps: number, paused: boolean}} wishes
   */
  consider(sight, universe, { maxFps, paused }) {
    if (this.#held === null || universe.width === 0) {
      return;
    }
    const need = needed(sight, universe);
    const wish = withMargin(need, universe);
    if (maxFps === this.#maxFps && paused === this.#paused && (paused || suffices(this.#held, need, wish))) {
      return;
    }
    const { level, x, y, w, h } = wish;
    const whole = w === universe.width && h === universe.height;
    const id = this.#ask({ level, ...whole ? {} : { x, y, w, h }, maxFps, paused });
    if (id !== null) {
      this.#asked = id;
      this.#held = wish;
      this.#maxFps = maxFps;
      this.#paused = paused;
    }
  }
}
