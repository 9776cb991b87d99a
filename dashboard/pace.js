/**
 * Decides when a new picture is drawn: once per display refresh however many messages came, and under reduced
 * motion no more often than every 400 ms (WCAG 2.3.1: never more than three flashes a second).
 */

export const CALM_GAP_MS = 400;

export class Pace {
  /** @type {() => boolean} */
  #draw;
  #painting = false;
  /** A picture was due while the one before it was still being painted. */
  #late = false;
  #shownAt = -Infinity;
  #pending = false;
  /** Whether the picture to come may not wait. */
  #urgent = false;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;
  /** The least time between two pictures, in milliseconds. */
  gapMs = 0;

  /** @param {() => boolean} draw begins a picture, unless there is nothing to draw; painted() says when it is done */
  constructor(draw) {
    this.#draw = draw;
  }

  /** There is something new to show. */
  request() {
    if (!this.#pending) {
      this.#pending = true;
      this.#ask();
    }
  }

  /** The viewer's own hand has changed what is to be seen. */
  hurry() {
    this.#urgent = true;
    if (this.#timer === null) {
      this.request();
    } else {
      clearTimeout(this.#timer);
      this.#timer = null;
      this.#ask();
    }
  }

  /** @param {boolean} isShown whether the picture that draw() began is on show now */
  painted(isShown) {
    this.#painting = false;
    if (isShown) {
      this.#shownAt = performance.now();
    }
    if (this.#late) {
      this.#late = false;
      this.#ask();
    }
  }

  #ask() {
    requestAnimationFrame((now) => this.#frame(now));
  }

  /** @param {number} now */
  #frame(now) {
    if (this.#painting) {
      this.#late = true;
      return;
    }
    const wait = this.#urgent ? 0 : this.#shownAt + this.gapMs - now;
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#ask();
      }, wait);
      return;
    }
    this.#urgent = false;
    this.#pending = false;
    this.#painting = this.#draw();
  }
}
