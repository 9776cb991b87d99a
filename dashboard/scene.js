/**
 * The end of both streams: takes frames into the universe, and paints it when asked to.
 *
 * It talks through a port, since it lives in a worker where there is one with a canvas, and else behind a
 * MessageChannel in the page itself.
 */

import { Painter } from './painter.js';
import { Universe } from './universe.js';
import { readFrame } from './wire.js';

/** @typedef {import('./camera.js').Sight} Sight */
/** @typedef {import('./painter.js').Canvas} Canvas */
/** @typedef {import('./painter.js').Palette} Palette */
/** @typedef {import('./protocol.js').Delta} Delta */
/** @typedef {import('./protocol.js').FullState} FullState */
/** @typedef {import('./protocol.js').ViewEvent} ViewEvent */
/** @typedef {import('./universe.js').Verdict} Verdict */
/** @typedef {{width: number, height: number}} Size */

/**
 * `era` counts connections: what is said of one that is gone means nothing any more. `of` is the universe the sight was
 * made for. `unseen` tells whether the last picture that was asked for has not been shown, and will not be.
 *
 * @typedef {{kind: 'begin', era: number}
 *   | {kind: 'view', view: ViewEvent}
 *   | {kind: 'frame', buffer: ArrayBuffer}
 *   | {kind: 'cells', message: FullState | Delta}
 *   | {kind: 'freeze', unseen: boolean}
 *   | {kind: 'thaw'}
 *   | {kind: 'palette', palette: Palette}
 *   | {kind: 'draw', sight: Sight, of: Size}} Order
 *
 * @typedef {{bitmap: ImageBitmap | null, sight: Sight, generation: number, population: number} & Size} Picture
 *
 * `heard` answers every view, frame and cells; `picture` every draw, with null where the universe has another size by
 * now.
 *
 * @typedef {{kind: 'ready'}
 *   | {kind: 'heard', era: number, verdict: Verdict, problem: string} & Size
 *   | {kind: 'picture', picture: Picture | null}} Report
 *
 * @typedef {object} Port
 * @property {(message: any, transfer: Transferable[]) => void} postMessage
 * @property {((event: MessageEvent) => unknown) | null} onmessage
 *
 * @typedef {object} Surface
 * @property {Canvas} canvas
 * @property {(width: number, height: number) => Canvas} makeCanvas
 * @property {() => ImageBitmap | null} take what is on the canvas, to be sent; null where the canvas itself is shown
 */

export class Scene {
  #port;
  #surface;
  #painter;
  #universe = new Universe();
  /** What the last two pictures show. @type {[Universe, Universe]} */
  #shown = [new Universe(), new Universe()];
  #frozen = false;
  #era = 0;

  /**
   * @param {Port} port
   * @param {Surface} surface
   */
  constructor(port, surface) {
    this.#port = port;
    this.#surface = surface;
    this.#painter = new Painter(surface.makeCanvas);
    port.onmessage = ({ data }) => this.#obey(/** @type {Order} */ (data));
    this.#tell({ kind: 'ready' });
  }

  /** @param {Order} order */
  #obey(order) {
    switch (order.kind) {
      case 'begin':
        this.#era = order.era;
        this.#universe.begin();
        break;
      case 'view':
        this.#universe.expect(order.view);
        this.#heard('ignored');
        break;
      case 'frame':
        this.#take(new Uint8Array(order.buffer));
        break;
      case 'cells':
        this.#takeCells(order.message);
        break;
      case 'freeze':
        this.#frozen = true;
        this.#shown[1] = this.#shown[order.unseen ? 0 : 1];
        break;
      case 'thaw':
        this.#frozen = false;
        break;
      case 'palette':
        this.#painter.use(order.palette);
        break;
      case 'draw':
        this.#draw(order.sight, order.of);
        break;
    }
  }

  /** @param {Uint8Array} bytes */
  #take(bytes) {
    const read = readFrame(bytes);
    if ('problem' in read) {
      this.#heard('broken', read.problem);
      return;
    }
    const verdict = this.#universe.take(read.frame);
    this.#heard(verdict, verdict === 'broken' ? `a ${read.frame.kind} that breaks the rules` : '');
  }

  /** @param {FullState | Delta} message */
  #takeCells(message) {
    if (message.type === 'full_state') {
      this.#universe.replace(message);
      this.#heard('taken');
      return;
    }
    const problem = this.#universe.apply(message);
    this.#heard(problem === null ? 'taken' : 'broken', problem ?? '');
  }

  /**
   * @param {Sight} sight
   * @param {Size} of
   */
  #draw(sight, of) {
    const seen = this.#frozen ? this.#shown[1] : this.#universe.copy();
    const { width, height, generation, population } = seen;
    if (width !== of.width || height !== of.height) {
      this.#tell({ kind: 'picture', picture: null });
      return;
    }
    this.#shown = [this.#shown[1], seen];
    this.#painter.paint(this.#surface.canvas, seen, sight);
    const bitmap = this.#surface.take();
    this.#tell({ kind: 'picture', picture: { bitmap, sight, width, height, generation, population } },
      bitmap ? [bitmap] : []);
  }

  /**
   * @param {Verdict} verdict
   * @param {string} [problem]
   */
  #heard(verdict, problem = '') {
    const { width, height } = this.#universe;
    this.#tell({ kind: 'heard', era: this.#era, verdict, problem, width, height });
  }

  /**
   * @param {Report} report
   * @param {Transferable[]} [transfer]
   */
  #tell(report, transfer = []) {
    this.#port.postMessage(report, transfer);
  }
}
