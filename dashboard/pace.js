/**
 * Decides when a new picture is drawn: once per display refresh however many messages came, and under reduced
 * motion no more often than every 400 ms (WCAG 2.3.1: never more than three flashes a second).
 */

export const CALM_GAP_MS = 400;

export class Pace {
  /** @type {() => void} */
  #draw;
  #drawnAt = -Infinity;
  #pending = false;
  /** The least time between two pictures, in milliseconds. */
  gapMs = 0;

  /** @param {() => void} draw */
  constructor(draw) {
    this.#draw = draw;
  }

  /** There is something new to show. */
  request() {
    if (!this.#pending) {
      this.#pending = true;
      requestAnimationFrame((now) => this.#frame(now));
    }
  }

  /** @param {number} now */
  #frame(now) {
    const wait = this.#drawnAt + this.gapMs - now;
    if (wait > 0) {
      setTimeout(() => requestAnimationFrame((later) => this.#frame(later)), wait);
      return;
    }
    this.#drawnAt = now;
    this.#pending = false;
    this.#draw();
  }
}
