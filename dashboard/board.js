/**
 * The canvas on the page: how large it is, where in its frame, in which colours, and what of the universe it shows.
 */

import { Camera } from './camera.js';
import { paletteOf } from './palette.js';

/** @typedef {import('./camera.js').Sight} Sight */
/** @typedef {import('./scene.js').Picture} Picture */
/** @typedef {import('./scene.js').Size} Size */
/** @typedef {import('./painter.js').Palette} Palette */
/** @typedef {import('./stage.js').Stage} Stage */

/** Near enough on any universe, in CSS pixels a cell. */
const NEAREST_PX = 64;
/** A universe of another shape than this gets a frame that is not: seen from nearer, it fills that. */
const LONGEST = 2.5;

/**
 * @typedef {object} BoardListener
 * @property {() => void} onSight there is something else to be seen, or a reason to paint the same again
 * @property {(palette: Palette) => void} onPalette
 */

export class Board {
  #canvas;
  #frame;
  #show;
  #listener;
  #camera = new Camera();
  /** @type {Size} */
  #universe = { width: 0, height: 0 };

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} frame whose size the layout decides, never the canvas
   * @param {Stage} stage
   * @param {BoardListener} listener
   */
  constructor(canvas, frame, stage, listener) {
    this.#canvas = canvas;
    this.#frame = frame;
    this.#show = stage.show;
    this.#listener = listener;
  }

  /** Call once everything that the listener touches stands. */
  start() {
    new ResizeObserver(() => this.#refit()).observe(this.#frame);
    for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', () => this.#recolour());
    }
    this.#watchDensity();
    this.#recolour();
  }

  /** The universe as it was last looked at. */
  get universe() {
    return this.#universe;
  }

  /** @returns {Sight} */
  get sight() {
    return this.#camera.sight;
  }

  get fitted() {
    return this.#camera.fitted;
  }

  get atNearest() {
    return this.#camera.atNearest;
  }

  /** @param {Size} universe */
  look(universe) {
    if (universe.width !== this.#universe.width || universe.height !== this.#universe.height) {
      this.#universe = universe;
      const aspect = Math.max(1 / LONGEST, Math.min(universe.width / universe.height, LONGEST));
      document.documentElement.style.setProperty('--aspect', String(aspect));
      this.#camera.look(universe);
      this.#refit();
    }
  }

  /** @param {Picture} picture of this board's universe */
  present(picture) {
    const { width, height } = picture.sight;
    this.#show(picture);
    document.documentElement.dataset['picture'] = '';
    const { left, top, box } = this.#place(picture.sight);
    Object.assign(this.#canvas.style, {
      width: `${width / devicePixelRatio}px`,
      height: `${height / devicePixelRatio}px`,
      left: `${left / devicePixelRatio - box.left}px`,
      top: `${top / devicePixelRatio - box.top}px`,
    });
  }

  /** All of the universe. */
  fit() {
    this.#camera.fit();
    this.#listener.onSight();
  }

  /**
   * @param {number} factor above 1: nearer
   * @param {{clientX: number, clientY: number}} at the place that stays where it is
   */
  zoomAt(factor, at) {
    const { x, y } = this.#inPicture(at);
    this.#camera.zoom(factor, x, y);
    this.#listener.onSight();
  }

  /** @param {number} factor above 1: nearer */
  zoomStep(factor) {
    this.#camera.step(factor);
    this.#listener.onSight();
  }

  /**
   * @param {number} dx CSS pixels by which the picture follows the hand
   * @param {number} dy
   */
  pan(dx, dy) {
    this.#camera.pan(dx * devicePixelRatio, dy * devicePixelRatio);
    this.#listener.onSight();
  }

  /**
   * @param {number} across parts of what is seen, by which the eye moves on
   * @param {number} down
   */
  panStep(across, down) {
    const { width, height } = this.sight;
    this.#camera.pan(-Math.round(across * width), -Math.round(down * height));
    this.#listener.onSight();
  }

  /**
   * @param {{clientX: number, clientY: number}} at
   * @returns {{x: number, y: number}} the cell there
   */
  cellAt(at) {
    const { x, y, scale } = this.sight;
    const place = this.#inPicture(at);
    return {
      x: Math.max(0, Math.min(Math.floor(x + place.x / scale), this.#universe.width - 1)),
      y: Math.max(0, Math.min(Math.floor(y + place.y / scale), this.#universe.height - 1)),
    };
  }

  /**
   * Where the picture of a sight belongs: in the middle of the frame, and on whole device pixels of the screen, or the
   * browser would smear every edge over two of them.
   *
   * @param {Sight} sight
   */
  #place({ width, height }) {
    const density = devicePixelRatio;
    const box = this.#frame.getBoundingClientRect();
    return {
      left: Math.round(box.left * density + (box.width * density - width) / 2),
      top: Math.round(box.top * density + (box.height * density - height) / 2),
      box,
    };
  }

  /**
   * In the picture of the present sight, which need not be on show yet.
   *
   * @param {{clientX: number, clientY: number}} at
   */
  #inPicture({ clientX, clientY }) {
    const { left, top } = this.#place(this.sight);
    return { x: clientX * devicePixelRatio - left, y: clientY * devicePixelRatio - top };
  }

  /** A window dragged to another screen keeps its size in CSS pixels, so no resize tells of it. */
  #watchDensity() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      this.#watchDensity();
      this.#recolour();
    }, { once: true });
  }

  #recolour() {
    this.#listener.onPalette(paletteOf(this.#canvas));
    this.#refit();
  }

  #refit() {
    const density = devicePixelRatio;
    const box = this.#frame.getBoundingClientRect();
    this.#camera.resize(
      { width: Math.floor(box.width * density), height: Math.floor(box.height * density) }, NEAREST_PX * density);
    this.#listener.onSight();
  }
}
