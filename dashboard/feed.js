/**
 * Hands what the server sends to the scene, a little at a time, and no more than the scene can take.
 *
 * A browser reads a WebSocket as fast as the server writes, however slow the page. So what waits here is counted: when
 * it is too much, frames are dropped and a snapshot is asked for, which shows the present instead of a long past.
 */

import { isSnapshot } from './wire.js';

/** @typedef {import('./protocol.js').Delta} Delta */
/** @typedef {import('./protocol.js').FullState} FullState */
/** @typedef {import('./protocol.js').ViewEvent} ViewEvent */
/** @typedef {import('./scene.js').Order} Order */
/** @typedef {import('./scene.js').Port} Port */
/** @typedef {import('./scene.js').Report} Report */
/** @typedef {import('./scene.js').Size} Size */

const MOST_WAITING = 30;
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
/** Enough that the scene never idles, and few enough that what waits can still be dropped. */
const MOST_UNDER_WAY = 2;

/**
 * @typedef {object} FeedListener
 * @property {() => void} onGap the server must be asked for a snapshot; told once for each
 * @property {(size: Size) => void} onTaken the universe has changed
 * @property {(problem: string) => void} onBroken
 */

export class Feed {
  #port;
  #listener;
  /** @type {Order[]} */
  #waiting = [];
  #frames = 0;
  #bytes = 0;
  #underWay = 0;
  #era = 0;
  /** Whether a snapshot has been asked for and has not come. */
  #gap = false;

  /**
   * @param {Port} port
   * @param {FeedListener} listener
   */
  constructor(port, listener) {
    this.#port = port;
    this.#listener = listener;
  }

  /** A new connection: nothing of the former one matters any more. */
  begin() {
    this.#era += 1;
    this.#waiting = [];
    this.#frames = 0;
    this.#bytes = 0;
    this.#underWay = 0;
    this.#gap = false;
    this.#port.postMessage({ kind: 'begin', era: this.#era }, []);
  }

  /** @param {ArrayBuffer} buffer */
  frame(buffer) {
    if (isSnapshot(buffer)) {
      this.#gap = false;
      // It replaces whatever waits before it.
      this.#dropFrames();
    } else if (this.#gap) {
      return;
    }
    this.#frames += 1;
    this.#bytes += buffer.byteLength;
    this.#waiting.push({ kind: 'frame', buffer });
    this.#feed();
    if (this.#frames > MOST_WAITING || (this.#bytes > MOST_WAITING_BYTES && this.#frames > 1)) {
      this.#dropFrames();
      this.#miss();
    }
  }

  /** @param {ViewEvent} view */
  view(view) {
    this.#waiting.push({ kind: 'view', view });
    this.#feed();
  }

  /**
   * Messages of the JSON stream, which are small and cannot be asked for again, are never dropped.
   *
   * @param {FullState | Delta} message
   */
  cells(message) {
    this.#waiting.push({ kind: 'cells', message });
    this.#feed();
  }

  /** @param {Report & {kind: 'heard'}} report */
  heard({ era, verdict, problem, width, height }) {
    if (era !== this.#era) {
      return;
    }
    this.#underWay -= 1;
    this.#feed();
    if (verdict === 'broken') {
      this.#listener.onBroken(problem);
    } else if (verdict === 'gap') {
      this.#miss();
    } else if (verdict === 'taken') {
      this.#listener.onTaken({ width, height });
    }
  }

  #miss() {
    if (!this.#gap) {
      this.#gap = true;
      this.#listener.onGap();
    }
  }

  #dropFrames() {
    this.#waiting = this.#waiting.filter(({ kind }) => kind !== 'frame');
    this.#frames = 0;
    this.#bytes = 0;
  }

  #feed() {
    while (this.#underWay < MOST_UNDER_WAY) {
      const order = this.#waiting.shift();
      if (!order) {
        return;
      }
      this.#underWay += 1;
      if (order.kind === 'frame') {
        this.#frames -= 1;
        this.#bytes -= order.buffer.byteLength;
        this.#port.postMessage(order, [order.buffer]);
      } else {
        this.#port.postMessage(order, []);
      }
    }
  }
}
