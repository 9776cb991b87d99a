/**
 * One viewer of the fake server: what it holds, and what it is told.
 */

import { frame } from './frames.js';

const SNAPSHOT = 1;
const DELTA = 2;
const TILES = 3;
const TILE = 128;
const VIEW_SIDE = 1024;

/** @typedef {import('./fake-server.js').FakeServer} FakeServer */
/** @typedef {import('./fake-world.js').Area} Area */
/** @typedef {import('./fake-world.js').Tiles} Tiles */
/** @typedef {import('./frames.js').Tile} Tile */

/** @param {number[][]} values */
const countOf = (values) => values.flat().filter((value) => value !== 0).length;

/** The shorter of two encodings, as a server chooses. @param {Tile} tile @returns {Tile} */
function encoded(tile) {
  const count = countOf(tile.values);
  const size = tile.values.flat().length;
  if (count === 0) {
    return { ...tile, encoding: 'zero' };
  }
  return count * 4 < size ? { ...tile, encoding: 'gaps', r: Math.floor(Math.log2(size / count)) } : tile;
}

export class FakeViewer {
  #server;
  #socket;
  /** @type {'operator' | 'watcher'} */
  role = 'operator';
  #binary;
  /** The last `view` command, without its id. @type {Record<string, any>} */
  #wish = {};
  /** @type {Area} */
  #area = { level: 0, left: 0, top: 0, right: 0, bottom: 0 };
  /** @type {Tiles} */
  #tiles = new Map();
  /** The state this viewer holds; null if it needs a snapshot. @type {number | null} */
  #seq = null;

  /**
   * @param {FakeServer} server
   * @param {import('ws').WebSocket} socket
   */
  constructor(server, socket) {
    this.#server = server;
    this.#socket = socket;
    this.#binary = socket.protocol === 'conway.v2';
    this.role = server.lan === 'operate' ? 'operator' : 'watcher';
    socket.on('message', (data) => this.#hear(JSON.parse(data.toString())));
    if (this.#binary) {
      this.#greet();
    }
    this.begin();
  }

  /** @param {Record<string, unknown>} event */
  say(event) {
    this.#socket.send(JSON.stringify(event));
  }

  /** Bytes as they are, however wrong. @param {Buffer} bytes */
  send(bytes) {
    this.#socket.send(bytes);
  }

  /** @param {number} code */
  close(code) {
    this.#socket.close(code);
  }

  /** The next frame is lost for this viewer, without anybody's noticing. */
  lose() {
    this.#tiles = this.#server.world.tiles(this.#area);
    this.#seq = this.#server.seq;
  }

  /** @param {'operator' | 'watcher'} role */
  become(role) {
    this.role = role;
    this.say({ type: 'role', role, lan: this.#server.lan });
  }

  /** An epoch. */
  begin() {
    const { world } = this.#server;
    if (this.#binary) {
      this.#look();
      this.snapshot();
      return;
    }
    const grid = Array.from({ length: world.height }, (_row, y) => (
      Array.from({ length: world.width }, (_cell, x) => Number(world.lives(x, y)))));
    const size = Math.max(world.width, world.height);
    this.say({ type: 'full_state', tick: world.generation, grid, size, width: world.width, height: world.height });
    this.#area = { level: 0, left: 0, top: 0, right: 2, bottom: 2 };
    this.#tiles = world.tiles(this.#area);
  }

  snapshot() {
    const tiles = this.#server.world.tiles(this.#area);
    this.#frame(SNAPSHOT, [...tiles.values()], {});
    this.#tiles = tiles;
    this.#seq = this.#server.seq;
  }

  /** @param {boolean} conflated */
  delta(conflated) {
    if (this.#wish['paused']) {
      this.#seq = null;
      return;
    }
    const tiles = this.#server.world.tiles(this.#area);
    const keys = new Set([...tiles.keys(), ...this.#tiles.keys()]);
    /** @type {Tile[]} */
    const changes = [];
    for (const key of keys) {
      const was = this.#tiles.get(key);
      const is = tiles.get(key);
      const { tx, ty } = /** @type {{tx: number, ty: number}} */ (was ?? is);
      const shape = /** @type {number[][]} */ (was?.values ?? is?.values);
      const values = shape.map((row, y) => row.map((_value, x) => (
        (was?.values[y]?.[x] ?? 0) ^ (is?.values[y]?.[x] ?? 0))));
      if (countOf(values) > 0) {
        changes.push({ tx, ty, values, after: is?.values ?? shape.map((row) => row.map(() => 0)) });
      }
    }
    if (this.#binary) {
      this.#frame(DELTA, changes, { prev: Number(this.#seq), flags: Number(conflated) });
    } else {
      const deltas = changes.flatMap(({ tx, ty, values, after }) => values.flatMap((row, y) => row.flatMap(
        (changed, x) => (changed ? [{ x: tx * TILE + x, y: ty * TILE + y, alive: after?.[y]?.[x] === 1 }] : []))));
      this.say({ type: 'delta', tick: this.#server.world.generation, deltas });
    }
    this.#tiles = tiles;
    this.#seq = this.#server.seq;
  }

  #greet() {
    const { world, running, lan } = this.#server;
    this.say({
      type: 'hello', protocol: this.#binary ? 2 : 1, width: world.width, height: world.height, rule: 'B3/S23',
      topology: 'torus', intervalMs: 100, running, role: this.role, version: '1', ...this.#binary ? { lan } : {},
    });
  }

  /** Tells the view of the frames to come. @param {{id?: number}} [answer] */
  #look({ id } = {}) {
    const { world } = this.#server;
    const wish = this.#wish;
    const [x, y, w, h] = [wish['x'] ?? 0, wish['y'] ?? 0, wish['w'] ?? world.width, wish['h'] ?? world.height];
    let level = wish['level'] ?? 0;
    while (wish['level'] === undefined && (w >> level > VIEW_SIDE || h >> level > VIEW_SIDE)) {
      level += 1;
    }
    const side = TILE << level;
    const [left, top] = [Math.floor(x / side), Math.floor(y / side)];
    const [right, bottom] = [Math.ceil(Math.min(x + w, world.width) / side),
      Math.ceil(Math.min(y + h, world.height) / side)];
    this.#area = { level, left, top, right, bottom };
    this.say({
      type: 'view', level, x: left * side, y: top * side, w: Math.min(right * side, world.width) - left * side,
      h: Math.min(bottom * side, world.height) - top * side, maxFps: wish['maxFps'] ?? 0,
      paused: wish['paused'] ?? false, ...id === undefined ? {} : { id },
    });
  }

  /** @param {Record<string, any>} command */
  #view({ id, ...wish }) {
    const former = this.#area;
    this.#wish = wish;
    this.#look(id === undefined ? {} : { id });
    if (wish['paused']) {
      return;
    }
    if (former.level !== this.#area.level || this.#seq !== this.#server.seq) {
      this.snapshot();
      return;
    }
    const tiles = this.#server.world.tiles(this.#area);
    const added = [...tiles.values()].filter(({ tx, ty }) => (
      tx < former.left || tx >= former.right || ty < former.top || ty >= former.bottom));
    this.#tiles = tiles;
    if (JSON.stringify(former) !== JSON.stringify(this.#area)) {
      this.#frame(TILES, added, {});
    }
  }

  /**
   * @param {number} type
   * @param {Tile[]} tiles
   * @param {{prev?: number, flags?: number}} fields
   */
  #frame(type, tiles, fields) {
    const { world, epoch, seq } = this.#server;
    this.#socket.send(frame({
      type, epoch, seq, prev: seq, ...fields, generation: world.generation, population: world.population,
      level: this.#area.level, width: world.width, height: world.height, tiles: tiles.map(encoded),
    }));
  }

  /** @param {Record<string, any>} command */
  #hear(command) {
    const { cmd, id } = command;
    this.#server.heard.push(command);
    if (this.#server.deaf.has(cmd)) {
      return;
    }
    if (cmd === 'ping') {
      this.say({ type: 'pong', tick: this.#server.world.generation, t: command['t'] });
    } else if (cmd === 'hello') {
      this.#greet();
    } else if (cmd === 'resync') {
      this.snapshot();
    } else if (cmd === 'view') {
      this.#view(command);
    } else if (cmd === 'pin') {
      this.#unlock(command);
    } else if (this.role === 'watcher') {
      this.say({ type: 'error', code: 'read_only', message: 'You may watch.', id });
    } else {
      this.say({ type: 'ack', id });
      this.#obey(cmd);
    }
  }

  /** @param {string} cmd */
  #obey(cmd) {
    if (cmd === 'step') {
      this.#server.step();
      return;
    }
    this.#server.running = cmd === 'start' || (this.#server.running && cmd !== 'stop');
    this.#server.changed(cmd);
  }

  /** @param {Record<string, any>} command */
  #unlock({ id, pin }) {
    const { pinPause, lan } = this.#server;
    if (lan !== 'pin') {
      this.say({ type: 'error', code: 'no_pin_wanted', message: 'No PIN is wanted.', id });
    } else if (pinPause > 0) {
      this.say({ type: 'error', code: 'pin_paused', message: 'Too many tries.', retryAfterSeconds: pinPause, id });
    } else if (pin !== this.#server.pin) {
      this.say({ type: 'error', code: 'wrong_pin', message: 'That is not the PIN.', id });
    } else {
      this.say({ type: 'ack', id });
      this.become('operator');
    }
  }
}
