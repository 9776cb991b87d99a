/**
 * A server of conway.v2 written from docs/protocol.md, sharing no code with the page: it serves the page's files, does
 * as it is told by a test, and remembers what viewers asked for. Without `binary` it is a server from before.
 */

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { FakeViewer } from './fake-viewer.js';
import { FakeWorld } from './fake-world.js';

const icons = { 'icon.svg': 'cybermesh-conway.svg', 'icon-180.png': 'cybermesh-conway-180.png' };
/** @type {Record<string, string>} */
const types = {
  html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', png: 'image/png',
  webmanifest: 'application/manifest+json',
};

/**
 * @typedef {'operate' | 'watch' | 'pin'} Lan
 *
 * @typedef {object} FakeOptions
 * @property {number} [width]
 * @property {number} [height]
 * @property {[number, number][]} [cells]
 * @property {boolean} [binary]
 * @property {Lan} [lan]
 * @property {number} [port]
 */

export class FakeServer {
  #http;
  #streams;
  /** @type {Set<FakeViewer>} */
  viewers = new Set();
  /** Every command of every viewer. @type {Record<string, any>[]} */
  heard = [];
  running = true;
  epoch = 1;
  seq = 0;
  pin = '123456';
  /** Seconds until the next try, if there have been too many. */
  pinPause = 0;
  /** What is asked for instead of being carried out: a server that hangs. @type {Set<string>} */
  deaf = new Set();

  /**
   * @param {import('node:http').Server} http
   * @param {FakeOptions} options
   */
  constructor(http, { width = 64, height = 64, cells = [], binary = true, lan = 'operate' }) {
    this.#http = http;
    this.world = new FakeWorld(width, height, cells);
    this.lan = lan;
    const { port } = /** @type {import('node:net').AddressInfo} */ (http.address());
    this.port = port;
    this.url = `http://127.0.0.1:${port}/`;
    http.on('request', (request, answer) => void this.#serve(String(request.url), answer));
    this.#streams = new WebSocketServer({
      server: http,
      path: '/ws',
      handleProtocols: (offered) => (binary && offered.has('conway.v2') ? 'conway.v2' : false),
    });
    this.#streams.on('connection', (socket) => {
      const viewer = new FakeViewer(this, socket);
      this.viewers.add(viewer);
      socket.on('close', () => this.viewers.delete(viewer));
    });
    this.#streams.on('wsClientError', (_error, socket) => socket.destroy());
    this.stats = setInterval(() => this.tell({
      type: 'stats', generation: this.world.generation, population: this.world.population, births: 0, deaths: 0,
      viewers: this.viewers.size, attainedPerSecond: 10, bytesPerSecond: 0,
    }), 500);
  }

  /**
   * A server for one test, which ends with it also when it fails.
   *
   * @param {{after: (end: () => Promise<void>) => void}} test
   * @param {FakeOptions} [options]
   */
  static async startFor(test, options = {}) {
    const http = createServer();
    http.listen(options.port ?? 0, '127.0.0.1');
    await once(http, 'listening');
    const server = new FakeServer(http, options);
    test.after(() => server.end());
    return server;
  }

  async end() {
    clearInterval(this.stats);
    if (this.#http.listening) {
      const closed = once(this.#http, 'close');
      this.#http.close();
      this.#streams.clients.forEach((socket) => socket.terminate());
      this.#http.closeAllConnections();
      await closed;
    }
  }

  /** The commands of one kind. @param {string} cmd */
  commands(cmd) {
    return this.heard.filter((command) => command['cmd'] === cmd);
  }

  /** @param {Record<string, unknown>} event for everybody */
  tell(event) {
    this.viewers.forEach((viewer) => viewer.say(event));
  }

  /** Some generations, told as one frame. @param {number} [generations] */
  step(generations = 1) {
    for (let i = 0; i < generations; i += 1) {
      this.world.step();
    }
    this.publish(generations > 1);
  }

  /** The universe has changed. @param {boolean} [conflated] */
  publish(conflated = false) {
    this.seq = (this.seq + 1) >>> 0;
    this.viewers.forEach((viewer) => viewer.delta(conflated));
  }

  /** Another universe. @param {number} width @param {number} height @param {[number, number][]} cells */
  load(width, height, cells) {
    this.world = new FakeWorld(width, height, cells);
    this.epoch += 1;
    this.seq = 0;
    this.viewers.forEach((viewer) => viewer.begin());
  }

  /** @param {Lan} lan */
  change(lan) {
    this.lan = lan;
    this.viewers.forEach((viewer) => viewer.become(lan === 'operate' ? 'operator' : 'watcher'));
  }

  /** @param {string} cause */
  changed(cause) {
    this.tell({ type: 'state', running: this.running, intervalMs: 100, rule: 'B3/S23', cause, by: '127.0.0.1' });
  }

  /**
   * @param {string} url
   * @param {import('node:http').ServerResponse} answer
   */
  async #serve(url, answer) {
    const path = String(url.split('?')[0]);
    const name = path === '/' ? 'index.html' : path.replace(/^\/static\//, '');
    const icon = /** @type {Record<string, string>} */ (icons)[name];
    const file = new URL(icon ? `../../resources/icons/${icon}` : `../../dashboard/${name}`, import.meta.url);
    const host = `127.0.0.1:${this.port}`;
    try {
      const body = path === '/healthz' ? '{"status":"ok"}' : await readFile(file);
      answer.writeHead(200, {
        'Content-Type': types[String(name.split('.').at(-1))] ?? 'application/json',
        'Content-Security-Policy': 'default-src \'none\'; script-src \'self\'; worker-src \'self\'; '
          + 'style-src \'self\'; '
          + `img-src 'self' data: blob:; connect-src 'self' ws://${host} wss://${host}; font-src 'self'; `
          + 'manifest-src \'self\'; base-uri \'none\'; form-action \'none\'; frame-ancestors \'none\'',
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Opener-Policy': 'same-origin',
      }).end(body);
    } catch {
      answer.writeHead(404).end();
    }
  }
}
