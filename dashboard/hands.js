/**
 * Moves the board: drag, wheel, two fingers, double tap, keys, and a button for each of them (WCAG 2.5.7).
 */

import { element, say } from './page.js';

/** @typedef {import('./board.js').Board} Board */

const STEP = 1.5;
const DOUBLE_TAP = 2;
const DOUBLE_TAP_MS = 350;
/** Further than this a tap is a drag, and two taps are not one double tap. */
const TAP_PX = 12;
/** Part of what is seen that an arrow moves on by. */
const PAN_PART = 0.2;

const WHEEL_PER_PX = 0.002;
/** A browser that counts the wheel in lines or pages instead of pixels. */
const WHEEL_PX = [1, 33, 400];
/** What a trackpad's pinch says is a wheel with Ctrl, in smaller numbers. */
const PINCH_WHEEL = 5;

/** @typedef {{clientX: number, clientY: number}} Place */

/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-PAN_PART, 0],
  ArrowRight: [PAN_PART, 0],
  ArrowUp: [0, -PAN_PART],
  ArrowDown: [0, PAN_PART],
};

/** @param {Place} one @param {Place} other */
const distance = (one, other) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);

/** @param {number} value */
const rounded = (value) => Number(value.toFixed(value < 10 ? 1 : 0));

export class Hands {
  #canvas;
  #board;
  #nearer = element('zoom-in', HTMLButtonElement);
  #farther = element('zoom-out', HTMLButtonElement);
  #fit = element('fit', HTMLButtonElement);
  #move = element('move', HTMLElement);
  #where = element('where', HTMLElement);
  #zoom = element('zoom', HTMLElement);
  /** Where the fingers, or the mouse's pressed button, are. @type {Map<number, Place>} */
  #down = new Map();
  /** How far a single finger has gone. */
  #gone = 0;
  /** @type {Place & {time: number} | null} */
  #tap = null;
  /** Where a mouse hovers. @type {Place | null} */
  #over = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Board} board
   */
  constructor(canvas, board) {
    this.#canvas = canvas;
    this.#board = board;
    canvas.addEventListener('pointerdown', (event) => this.#press(event));
    canvas.addEventListener('pointermove', (event) => this.#drag(event));
    canvas.addEventListener('pointerup', (event) => this.#lift(event));
    canvas.addEventListener('pointercancel', (event) => this.#forget(event));
    canvas.addEventListener('pointerleave', () => this.#hover(null));
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener('keydown', (event) => this.#key(event));
    this.#nearer.addEventListener('click', () => board.zoomStep(STEP));
    this.#farther.addEventListener('click', () => board.zoomStep(1 / STEP));
    this.#fit.addEventListener('click', () => board.fit());
    for (const [key, [across, down]] of Object.entries(ARROWS)) {
      element(key, HTMLButtonElement).addEventListener('click', () => board.panStep(across, down));
    }
  }

  /** Tells what is seen now, and which buttons would change something. */
  show() {
    const { fitted, atNearest, sight, universe } = this.#board;
    document.documentElement.classList.toggle('near', !fitted);
    // Not disabled, which would take the focus away from whoever presses it again and again.
    this.#farther.setAttribute('aria-disabled', String(fitted));
    this.#fit.setAttribute('aria-disabled', String(fitted));
    this.#nearer.setAttribute('aria-disabled', String(atNearest));
    this.#move.hidden = fitted;
    const scale = sight.scale / devicePixelRatio;
    say(this.#zoom, scale >= 1 ? `${rounded(scale)} px a cell` : `${rounded(1 / scale)} cells a px`);
    if (this.#over) {
      const { x, y } = this.#board.cellAt(this.#over);
      say(this.#where, `Cell ${x}, ${y}`);
    } else if (fitted) {
      say(this.#where, 'All of it');
    } else {
      const right = Math.min(universe.width, Math.ceil(sight.x + sight.width / sight.scale)) - 1;
      const bottom = Math.min(universe.height, Math.ceil(sight.y + sight.height / sight.scale)) - 1;
      say(this.#where, `${Math.floor(sight.x)}, ${Math.floor(sight.y)} to ${right}, ${bottom}`);
    }
  }

  /** @param {Place | null} place */
  #hover(place) {
    this.#over = place;
    this.show();
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0) {
      return;
    }
    this.#canvas.setPointerCapture(event.pointerId);
    this.#down.set(event.pointerId, event);
    this.#gone = this.#down.size === 1 ? 0 : Infinity;
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    const from = this.#down.get(event.pointerId);
    if (!from) {
      if (event.pointerType === 'mouse') {
        this.#hover(event);
      }
      return;
    }
    const others = [...this.#down].filter(([id]) => id !== event.pointerId);
    this.#down.set(event.pointerId, event);
    const other = others[0]?.[1];
    // The middle between two fingers moves half as far as one of them.
    const share = other ? 0.5 : 1;
    this.#gone += distance(from, event);
    this.#board.pan((event.clientX - from.clientX) * share, (event.clientY - from.clientY) * share);
    if (other) {
      const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
      this.#board.zoomAt(distance(event, other) / Math.max(1, distance(from, other)), middle);
    }
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    if (!this.#down.has(event.pointerId)) {
      return;
    }
    const tapped = this.#down.size === 1 && this.#gone < TAP_PX;
    this.#forget(event);
    if (!tapped) {
      this.#tap = null;
      return;
    }
    const { clientX, clientY, timeStamp: time } = event;
    const last = this.#tap;
    if (last && time - last.time < DOUBLE_TAP_MS && distance(last, event) < 2 * TAP_PX) {
      this.#tap = null;
      this.#board.zoomAt(DOUBLE_TAP, event);
    } else {
      this.#tap = { clientX, clientY, time };
    }
  }

  /** @param {PointerEvent} event */
  #forget(event) {
    this.#down.delete(event.pointerId);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    const px = event.deltaY * (WHEEL_PX[event.deltaMode] ?? 1) * (event.ctrlKey ? PINCH_WHEEL : 1);
    // Where all of the universe is seen already, the wheel is the page's.
    if (px === 0 || (px > 0 && this.#board.fitted && !event.ctrlKey)) {
      return;
    }
    event.preventDefault();
    this.#board.zoomAt(Math.exp(-px * WHEEL_PER_PX), event);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const arrow = ARROWS[event.key];
    if (arrow && !this.#board.fitted) {
      this.#board.panStep(...arrow);
    } else if (event.key === '+' || event.key === '=') {
      this.#board.zoomStep(STEP);
    } else if (event.key === '-') {
      this.#board.zoomStep(1 / STEP);
    } else if (event.key === '0') {
      this.#board.fit();
    } else {
      return;
    }
    // Arrows would scroll the page.
    event.preventDefault();
  }
}
