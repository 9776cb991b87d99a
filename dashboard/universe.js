/**
 * The universe as this viewer holds it: the tiles of its view, packed as they come, none where nothing lives.
 *
 * A tile is never changed, only replaced: a frame is taken whole or not at all, and a copy costs a list of tiles.
 * Both streams end here. Where a delta does not fit exactly onto what is held, something was lost or reordered on the
 * way, and the only honest thing is to ask for everything again.
 */

import { crc32 } from './crc32.js';
import { shapeOfTile, TILE, tileValues } from './wire.js';

/** @typedef {import('./protocol.js').FullState} FullState */
/** @typedef {import('./protocol.js').Delta} Delta */
/** @typedef {import('./protocol.js').ViewEvent} ViewEvent */
/** @typedef {import('./wire.js').Frame} Frame */

/**
 * What became of a frame. After a gap the server must be asked for a snapshot; a broken one breaks the contract.
 *
 * @typedef {'taken' | 'ignored' | 'gap' | 'broken'} Verdict
 *
 * Tiles from left and top up to, but without, right and bottom.
 *
 * @typedef {{level: number, left: number, top: number, right: number, bottom: number}} Area
 */

/** The most tiles a universe has in one direction. */
const MOST_TILES = 512;

/** @type {Area} */
const NOTHING = { level: 0, left: 0, top: 0, right: 0, bottom: 0 };

/** @param {number} tx @param {number} ty */
const keyOf = (tx, ty) => ty * MOST_TILES + tx;

export class Universe {
  width = 0;
  height = 0;
  /** Life's own count. In turbo a step is many generations. */
  generation = 0;
  population = 0;
  level = 0;
  /** The tiles held; what lies outside of it is not known. */
  area = NOTHING;
  /** The area of the frames to come. */
  #view = NOTHING;
  /** @type {Map<number, Uint8Array>} */
  #tiles = new Map();
  #epoch = 0;
  #seq = 0;
  /** Of the JSON stream: steps since the last reset that the server has told of. */
  #tick = 0;
  /** False before the first snapshot, and from a gap to the next one. */
  #inStep = false;

  /** False until there is something to be seen. */
  get known() {
    return this.width > 0;
  }

  /** @returns {Universe} the same for good, whatever comes */
  copy() {
    const copy = new Universe();
    Object.assign(copy, this);
    copy.#tiles = new Map(this.#tiles);
    return copy;
  }

  /** A new stream knows nothing of what the last one sent. What was held is still to be seen. */
  begin() {
    this.#inStep = false;
  }

  /**
   * @param {number} tx within the area
   * @param {number} ty
   * @returns {Uint8Array | null} the tile's raw form, or null where all of it is 0
   */
  tile(tx, ty) {
    return this.#tiles.get(keyOf(tx, ty)) ?? null;
  }

  /**
   * The server tells the view of the frames to come.
   *
   * @param {ViewEvent} view
   */
  expect({ level, x, y, w, h }) {
    const side = TILE * 2 ** level;
    this.#view = {
      level,
      left: Math.floor(x / side),
      top: Math.floor(y / side),
      right: Math.ceil((x + w) / side),
      bottom: Math.ceil((y + h) / side),
    };
    if (level === this.level && this.#inStep) {
      // From here on nothing is told about tiles outside of it.
      this.#hold(intersection(this.area, this.#view));
    }
  }

  /**
   * @param {Frame} frame
   * @returns {Verdict}
   */
  take(frame) {
    if (frame.kind === 'snapshot') {
      return frame.level === this.#view.level ? this.#change(frame) : 'broken';
    }
    if (!this.#inStep) {
      return 'ignored';
    }
    if (frame.epoch !== this.#epoch) {
      this.#inStep = false;
      return 'ignored';
    }
    if (frame.level !== this.level || frame.width !== this.width || frame.height !== this.height) {
      return 'broken';
    }
    if (frame.prev === this.#seq) {
      return this.#change(frame);
    }
    return frame.kind === 'delta' && (frame.seq - this.#seq | 0) <= 0 ? 'ignored' : this.#gap();
  }

  /**
   * @param {Frame} frame which follows what is held
   * @returns {Verdict}
   */
  #change(frame) {
    const tiles = this.#read(frame, frame.kind === 'delta');
    if (typeof tiles === 'string') {
      return tiles;
    }
    if (frame.kind === 'snapshot') {
      this.#tiles = tiles;
      this.#inStep = true;
    } else {
      tiles.forEach((raw, key) => this.#tiles.set(key, raw));
    }
    if (frame.kind !== 'delta') {
      this.area = this.#view;
    }
    this.#epoch = frame.epoch;
    this.#seq = frame.seq;
    const { width, height, level, generation, population } = frame;
    Object.assign(this, { width, height, level, generation, population });
    return 'taken';
  }

  /**
   * @param {Frame} frame
   * @param {boolean} onto whether its records change the tiles that are held
   * @returns {Map<number, Uint8Array> | 'gap' | 'broken'} the tiles as they are with it
   */
  #read(frame, onto) {
    const tiles = new Map();
    for (const record of frame.tiles) {
      const { tx, ty, check } = record;
      if (!contains(onto ? this.area : this.#view, tx, ty)) {
        return onto ? this.#gap() : 'broken';
      }
      const raw = tileValues(record, shapeOfTile(frame, tx, ty));
      if (raw === null) {
        return 'broken';
      }
      const key = keyOf(tx, ty);
      const old = onto ? tiles.get(key) ?? this.#tiles.get(key) : undefined;
      old?.forEach((/** @type {number} */ byte, /** @type {number} */ at) => {
        raw[at] = /** @type {number} */ (raw[at]) ^ byte;
      });
      if (crc32(raw) !== check) {
        return this.#gap();
      }
      tiles.set(key, raw);
    }
    return tiles;
  }

  /** @returns {'gap'} */
  #gap() {
    this.#inStep = false;
    return 'gap';
  }

  /** @param {Area} area */
  #hold(area) {
    this.area = area;
    for (const key of this.#tiles.keys()) {
      if (!contains(area, key % MOST_TILES, Math.floor(key / MOST_TILES))) {
        this.#tiles.delete(key);
      }
    }
  }

  /** @param {FullState} message */
  replace({ width, height, tick, generation, cells }) {
    Object.assign(this, { width, height, generation, level: 0 });
    this.#tick = tick;
    this.#inStep = true;
    this.#tiles = new Map();
    this.area = { level: 0, left: 0, top: 0, right: Math.ceil(width / TILE), bottom: Math.ceil(height / TILE) };
    this.population = 0;
    cells.forEach((cell, i) => {
      if (cell === 1) {
        this.#flip(i % width, Math.floor(i / width), this.#tiles);
        this.population += 1;
      }
    });
  }

  /**
   * @param {Delta} message
   * @returns {string | null} why the delta does not fit; nothing has changed then
   */
  apply({ tick, generation, deltas }) {
    if (!this.#inStep) {
      return 'a delta before the first full state';
    }
    // An edit keeps the tick, a generation takes it further; a server out of breath sends several ticks as one delta.
    if (tick < this.#tick) {
      return `a delta of tick ${tick} after tick ${this.#tick}`;
    }
    /** @type {Map<number, Uint8Array>} */
    const changed = new Map();
    let born = 0;
    for (const { x, y, alive } of deltas) {
      if (x >= this.width || y >= this.height) {
        return `cell ${x}, ${y} outside of ${this.width}×${this.height}`;
      }
      // Deltas list differences only, so one that changes nothing was made for another board than ours.
      if (this.#flip(x, y, changed) !== alive) {
        return `cell ${x}, ${y} was that already`;
      }
      born += alive ? 1 : -1;
    }
    changed.forEach((raw, at) => this.#tiles.set(at, raw));
    this.population += born;
    this.#tick = tick;
    this.generation = generation;
    return null;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {Map<number, Uint8Array>} changed takes the tile as it is with the cell flipped
   * @returns {boolean} whether the cell lives now
   */
  #flip(x, y, changed) {
    const tx = Math.floor(x / TILE);
    const ty = Math.floor(y / TILE);
    const key = keyOf(tx, ty);
    const { stride, rows } = shapeOfTile(this, tx, ty);
    const raw = changed.get(key) ?? this.#tiles.get(key)?.slice() ?? new Uint8Array(stride * rows);
    changed.set(key, raw);
    const at = y % TILE * stride + (x % TILE >> 3);
    const bit = 1 << (x & 7);
    raw[at] = /** @type {number} */ (raw[at]) ^ bit;
    return (/** @type {number} */ (raw[at]) & bit) !== 0;
  }
}

/**
 * @param {Area} area
 * @param {number} tx
 * @param {number} ty
 */
function contains({ left, top, right, bottom }, tx, ty) {
  return tx >= left && tx < right && ty >= top && ty < bottom;
}

/**
 * @param {Area} one
 * @param {Area} other of the same level
 * @returns {Area}
 */
function intersection(one, other) {
  return {
    level: one.level,
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}
