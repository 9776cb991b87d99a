/**
 * The real server, started for a test on a port of its own.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = process.env['CONWAY_BIN']
  ?? fileURLToPath(new URL('../../build/release/bin/cybermesh-conway', import.meta.url));

const LISTENS_WITHIN_MS = 10_000;

/**
 * @typedef {import('node:test').TestContext} TestContext
 *
 * @typedef {object} ServerOptions
 * @property {string} [size] as 8x8
 * @property {number} [interval] milliseconds from tick to tick
 * @property {boolean} [stopped]
 * @property {number} [port] 0 for any
 * @property {string} [allowOrigin]
 */

export class Server {
  #child;

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {URL} url of the page
   */
  constructor(child, url) {
    this.#child = child;
    this.url = url.href;
    this.port = Number(url.port);
    url.protocol = 'ws:';
    url.pathname = '/ws';
    this.stream = url.href;
  }

  /**
   * @param {ServerOptions} [options]
   * @returns {Promise<Server>} once it listens
   */
  static async start({ size = '8x8', interval = 500, stopped = false, port = 0, allowOrigin } = {}) {
    const child = spawn(program, [
      '--headless', '--log-file', devNull, '--bind', '127.0.0.1', '--port', String(port),
      '--size', size, '--interval', String(interval),
      ...(stopped ? ['--stopped'] : []),
      ...(allowOrigin === undefined ? [] : ['--allow-origin', allowOrigin]),
    ], { stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    child.stderr.on('data', (text) => { log += text; });

    const lines = createInterface({ input: child.stdout });
    const listening = new Promise((resolve) => {
      lines.on('line', (line) => {
        const address = /^listening on (http:\S+)$/.exec(line)?.[1];
        if (address) {
          resolve(new Server(child, new URL(address)));
        }
      });
    });
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`${program} ended with ${code} before it listened:\n${log}`);
    });
    let timer;
    const late = new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${program} does not listen:\n${log}`)), LISTENS_WITHIN_MS);
    });
    try {
      return await Promise.race([listening, failed, late]);
    } catch (reason) {
      child.kill('SIGKILL');
      throw reason;
    } finally {
      clearTimeout(timer);
      failed.catch(() => undefined);
    }
  }

  /**
   * A server for one test, which ends with it also when it fails.
   *
   * @param {TestContext} test
   * @param {ServerOptions} [options]
   */
  static async startFor(test, options) {
    const server = await Server.start(options);
    test.after(() => server.end('SIGKILL'));
    return server;
  }

  /**
   * @param {NodeJS.Signals} signal
   * @returns {Promise<number | null>} the exit code, null when the signal itself ended it
   */
  async end(signal = 'SIGTERM') {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return this.#child.exitCode;
    }
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    const [code] = await gone;
    return code;
  }

  /** Stops the whole process, as a sleeping laptop does: connections stay, nothing is said any more. */
  sleep() {
    this.#child.kill('SIGSTOP');
  }

  wake() {
    this.#child.kill('SIGCONT');
  }
}
