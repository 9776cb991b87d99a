/**
 * Where on the universe this viewer looks, and how near. Lengths are device pixels, places are cells.
 *
 * From one pixel a cell on, a cell is a whole number of pixels and lies on whole pixels, so that cells are alike and
 * their edges sharp. The picture never shows what lies outside of the universe: where that is smaller than the room,
 * the picture is, too.
 */

/** However small the universe, a cell can be made so many times larger than where all of it fits. */
const NEARER_THAN_FIT = 4;

/**
 * `x` and `y` are the cell, or the part of one, in the picture's upper left corner; `scale` is pixels a cell.
 *
 * @typedef {{x: number, y: number, scale: number, width: number, height: number}} Sight
 */

/** @param {number} scale */
const whole = (scale) => (scale >= 1 ? Math.floor(scale) : scale);

export class Camera {
  #universe = { width: 1, height: 1 };
  #room = { width: 1, height: 1 };
  /** The largest scale worth having on a large universe. */
  #nearest = 64;
  /** As asked for; a pinch asks for scales between the whole ones, too. */
  #wanted = 1;
  #x = 0;
  #y = 0;
  /** Whether all of the universe is to be seen, whatever the room. */
  fitted = true;

  /** @param {{width: number, height: number}} universe in cells; of another size, all of it is shown */
  look({ width, height }) {
    if (width !== this.#universe.width || height !== this.#universe.height) {
      this.#universe = { width, height };
      this.fit();
    }
  }

  /**
   * @param {{width: number, height: number}} room what the picture may take
   * @param {number} nearest the largest scale for a universe that is no smaller than the room
   */
  resize({ width, height }, nearest) {
    const centre = this.sight;
    this.#nearest = nearest;
    this.#room = { width, height };
    if (this.fitted) {
      this.fit();
    } else {
      this.#goTo(centre.x + centre.width / centre.scale / 2, centre.y + centre.height / centre.scale / 2,
        width / 2, height / 2);
    }
  }

  get #fitting() {
    const { width, height } = this.#universe;
    return Math.max(whole(Math.min(this.#room.width / width, this.#room.height / height)), 1e-6);
  }

  get #largest() {
    return Math.max(Math.floor(this.#nearest), Math.ceil(this.#fitting * NEARER_THAN_FIT));
  }

  get scale() {
    return whole(this.#wanted);
  }

  get atNearest() {
    return this.scale >= this.#largest;
  }

  /** @returns {Sight} */
  get sight() {
    const { scale } = this;
    const side = (/** @type {number} */ room, /** @type {number} */ cells) => (
      Math.max(1, Math.min(room, Math.floor(cells * scale + 1e-6))));
    // Rounded only here: rounded again and again, a place would wander away while it is zoomed at.
    const place = (/** @type {number} */ at) => (scale < 1 ? at : Math.round(at * scale) / scale);
    return {
      x: place(this.#x),
      y: place(this.#y),
      scale,
      width: side(this.#room.width, this.#universe.width),
      height: side(this.#room.height, this.#universe.height),
    };
  }

  fit() {
    this.fitted = true;
    this.#wanted = this.#fitting;
    this.#x = 0;
    this.#y = 0;
  }

  /**
   * @param {number} dx pixels by which the picture follows the hand
   * @param {number} dy
   */
  pan(dx, dy) {
    this.#goTo(this.#x - dx / this.scale, this.#y - dy / this.scale, 0, 0);
  }

  /**
   * @param {number} factor above 1: nearer
   * @param {number} px the place in the picture that stays where it is
   * @param {number} py
   */
  zoom(factor, px, py) {
    const cellX = this.#x + px / this.scale;
    const cellY = this.#y + py / this.scale;
    const former = this.sight;
    const wanted = this.#wanted * factor;
    if (wanted <= this.#fitting) {
      this.fit();
      return;
    }
    this.#wanted = Math.min(wanted, this.#largest);
    this.fitted = this.scale === this.#fitting;
    // The picture stays centred in its room when it grows.
    const { width, height } = this.sight;
    this.#goTo(cellX, cellY, px + (width - former.width) / 2, py + (height - former.height) / 2);
  }

  /**
   * A step of a button or a key: at least to the next scale there is.
   *
   * @param {number} factor
   */
  step(factor) {
    const { width, height, scale } = this.sight;
    const wanted = scale * factor;
    const next = wanted < 1 ? wanted : factor > 1 ? Math.max(Math.round(wanted), Math.floor(scale) + 1)
      : Math.min(Math.round(wanted), Math.ceil(scale) - 1);
    this.zoom(Math.max(next, 1e-6) / this.#wanted, width / 2, height / 2);
  }

  /**
   * Puts a place of the universe under a pixel of the picture, as far as the universe's edges allow.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} px
   * @param {number} py
   */
  #goTo(x, y, px, py) {
    const { scale, width, height } = this.sight;
    const place = (/** @type {number} */ from, /** @type {number} */ cells, /** @type {number} */ pixels) => (
      Math.max(0, Math.min(from, cells - pixels / scale)));
    this.#x = place(x - px / scale, this.#universe.width, width);
    this.#y = place(y - py / scale, this.#universe.height, height);
  }
}
