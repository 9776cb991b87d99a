/**
 * An independent viewer of the stream, sharing no code with the page: what it holds is what the page must show.
 */

import { once } from 'node:events';
import { WebSocket } from 'ws';

const WITHIN_MS = 5_000;

/** @typedef {Record<string, any>} Message */

export class RawViewer {
  /** @type {WebSocket} */
  #socket;
  /** @type {Set<(message: Message) => void>} */
  #waiting = new Set();
  /** @type {number[][]} */
  #grid = [];
  tick = -1;
  running = false;
  /** The cells at each tick since the last full state, as a page's board is read. @type {Map<number, string>} */
  history = new Map();

  /** @param {WebSocket} socket */
  constructor(socket) {
    this.#socket = socket;
    // A server that is killed breaks the connection; tests that care wait for messages that then do not come.
    socket.on('error', () => undefined);
    socket.on('message', (data) => this.#hear(JSON.parse(data.toString())));
  }

  /**
   * @param {string} stream
   * @returns {Promise<RawViewer>} once it knows the universe
   */
  static async join(stream) {
    const viewer = new RawViewer(new WebSocket(stream));
    const known = viewer.message('the first full state', ({ type }) => type === 'full_state');
    await once(viewer.#socket, 'open');
    await known;
    const hello = viewer.message('hello', ({ type }) => type === 'hello');
    viewer.send({ cmd: 'hello' });
    await hello;
    return viewer;
  }

  /**
   * A viewer for one test, which leaves with it also when it fails.
   *
   * @param {import('node:test').TestContext} test
   * @param {string} stream
   */
  static async joinFor(test, stream) {
    const viewer = await RawViewer.join(stream);
    test.after(() => viewer.leave());
    return viewer;
  }

  /** @returns {string} rows of 0 and 1 */
  get cells() {
    return this.#grid.map((row) => row.join('')).join('\n');
  }

  get population() {
    return this.#grid.flat().reduce((sum, cell) => sum + cell, 0);
  }

  /** @param {Message} command */
  send(command) {
    this.#socket.send(JSON.stringify(command));
  }

  /**
   * Sends a command and waits until it shows; what is so already is not asked for, as nothing would follow.
   *
   * @param {'start' | 'stop' | 'reset' | 'speed' | 'edit'} cmd
   * @param {Message} [fields]
   */
  async command(cmd, fields = {}) {
    if ((cmd === 'start' && this.running) || (cmd === 'stop' && !this.running)) {
      return;
    }
    const done = this.message(`state after ${cmd}`, ({ type, cause }) => type === 'state' && cause === cmd);
    this.send({ cmd, ...fields });
    await done;
  }

  /**
   * Replaces what lives by these rows of '.' and 'O', from the top left corner on.
   *
   * @param {string[]} rows
   */
  async draw(rows) {
    const cells = this.#grid.flatMap((row, y) => row.flatMap((cell, x) => {
      const wanted = rows[y]?.[x] === 'O' ? 1 : 0;
      return wanted === cell ? [] : [[x, y, wanted]];
    }));
    if (cells.length > 0) {
      await this.command('edit', { cells });
    }
  }

  /**
   * @param {string} what for the failure's message
   * @param {(message: Message) => boolean} matches
   * @returns {Promise<Message>} the next message that matches
   */
  message(what, matches) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the server did not send ${what}`)), WITHIN_MS);
      /** @param {Message} message */
      const listener = (message) => {
        if (matches(message)) {
          clearTimeout(timer);
          this.#waiting.delete(listener);
          resolve(message);
        }
      };
      this.#waiting.add(listener);
    });
  }

  async leave() {
    if (this.#socket.readyState !== WebSocket.CLOSED) {
      const closed = once(this.#socket, 'close');
      this.#socket.close();
      await closed;
    }
  }

  /** @param {Message} message */
  #hear(message) {
    if (message['type'] === 'full_state') {
      this.#grid = message['grid'];
      this.history.clear();
    } else if (message['type'] === 'delta') {
      for (const { x, y, alive } of message['deltas']) {
        /** @type {number[]} */ (this.#grid[y])[x] = alive ? 1 : 0;
      }
    } else if (message['type'] === 'hello' || message['type'] === 'state') {
      this.running = message['running'];
    }
    if (message['type'] === 'full_state' || message['type'] === 'delta') {
      this.tick = message['tick'];
      this.history.set(this.tick, this.cells);
    }
    for (const listener of this.#waiting) {
      listener(message);
    }
  }
}
