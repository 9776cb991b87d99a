/**
 * The frames of the binary stream conway.v2 (docs/protocol.md): bytes in, a frame out, or the reason why not.
 *
 * Nothing here trusts a length, a count or a place. It knows no browser: the page's worker, its main thread and Node
 * run it alike.
 */

export const SUBPROTOCOL = 'conway.v2';

/** A tile is so many values wide and high, but for the universe's edge. */
export const TILE = 128;

export const MOST_LEVEL = 9;

const HEADER_BYTES = 40;
const RECORD_BYTES = 11;
const MAGIC = 0x43;
const VERSION = 2;
const TILE_SHIFT = 7;
const CONFLATED = 1;

const SNAPSHOT = 1;
const RAW = 0;
const GAPS = 1;
const ZERO = 2;

/** @type {Record<number, FrameKind>} */
const kinds = { [SNAPSHOT]: 'snapshot', 2: 'delta', 3: 'tiles' };

/**
 * `data` is what the record's encoding makes of a tile: see `tileValues`.
 *
 * @typedef {'snapshot' | 'delta' | 'tiles'} FrameKind
 * @typedef {{tx: number, ty: number, encoding: number, check: number, data: Uint8Array}} TileRecord
 *
 * @typedef {object} Frame
 * @property {FrameKind} kind
 * @property {boolean} conflated
 * @property {number} epoch
 * @property {number} seq
 * @property {number} prev
 * @property {number} generation
 * @property {number} time milliseconds modulo 2³²
 * @property {number} population 2³²−1 if there are that many or more
 * @property {number} level
 * @property {number} width of the universe in cells
 * @property {number} height
 * @property {TileRecord[]} tiles
 *
 * The values of a tile: how many across and down, how many bits each, how many bytes a row.
 *
 * @typedef {{columns: number, rows: number, bits: 1 | 4, stride: number}} TileShape
 */

/**
 * @param {number} cells
 * @param {number} level
 * @returns {number} values that so many cells make in one direction
 */
export function valuesOf(cells, level) {
  return Math.ceil(cells / 2 ** level);
}

/**
 * @param {{width: number, height: number, level: number}} universe
 * @param {number} tx
 * @param {number} ty
 * @returns {TileShape} without columns or rows where there is no such tile
 */
export function shapeOfTile({ width, height, level }, tx, ty) {
  const columns = Math.max(0, Math.min(TILE, valuesOf(width, level) - tx * TILE));
  const rows = Math.max(0, Math.min(TILE, valuesOf(height, level) - ty * TILE));
  const bits = level === 0 ? 1 : 4;
  return { columns, rows, bits, stride: Math.ceil(columns * bits / 8) };
}

/**
 * A look at a frame's kind before it is read: whoever has fallen behind waits for the next snapshot.
 *
 * @param {ArrayBuffer} buffer
 */
export function isSnapshot(buffer) {
  return buffer.byteLength > 2 && new Uint8Array(buffer, 0, 3)[2] === SNAPSHOT;
}

/**
 * @param {Uint8Array} bytes one binary message
 * @returns {{frame: Frame} | {problem: string}} records are only looked at as far as their places and lengths
 */
export function readFrame(bytes) {
  if (bytes.length < HEADER_BYTES) {
    return { problem: 'a frame shorter than its header' };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== MAGIC || view.getUint8(1) !== VERSION) {
    return { problem: 'not a frame of conway.v2' };
  }
  const kind = kinds[view.getUint8(2)];
  const flags = view.getUint8(3);
  const level = view.getUint8(32);
  if (kind === undefined || flags > CONFLATED || level > MOST_LEVEL || view.getUint8(33) !== TILE_SHIFT) {
    return { problem: 'a frame of a kind that is not known' };
  }
  /** @type {Frame} */
  const frame = {
    kind,
    conflated: flags === CONFLATED,
    epoch: view.getUint32(4, true),
    seq: view.getUint32(8, true),
    prev: view.getUint32(12, true),
    generation: view.getUint32(16, true) + view.getUint32(20, true) * 2 ** 32,
    time: view.getUint32(24, true),
    population: view.getUint32(28, true),
    level,
    width: view.getUint16(36, true) + 1,
    height: view.getUint16(38, true) + 1,
    tiles: [],
  };
  if (kind !== 'delta' && frame.prev !== frame.seq) {
    return { problem: `a frame of ${kind} that needs another` };
  }
  let at = HEADER_BYTES;
  for (let left = view.getUint16(34, true); left > 0; left -= 1) {
    if (bytes.length - at < RECORD_BYTES) {
      return { problem: 'a tile record that is cut off' };
    }
    const length = view.getUint16(at + 9, true);
    const record = {
      tx: view.getUint16(at, true),
      ty: view.getUint16(at + 2, true),
      encoding: view.getUint8(at + 4),
      check: view.getUint32(at + 5, true),
      data: bytes.subarray(at + RECORD_BYTES, at + RECORD_BYTES + length),
    };
    const { columns, rows } = shapeOfTile(frame, record.tx, record.ty);
    if (columns === 0 || rows === 0 || record.data.length !== length) {
      return { problem: 'a tile that is cut off, or outside of the universe' };
    }
    frame.tiles.push(record);
    at += RECORD_BYTES + length;
  }
  return at === bytes.length ? { frame } : { problem: 'a frame longer than its records' };
}

/**
 * @param {TileRecord} record
 * @param {TileShape} shape
 * @returns {Uint8Array | null} the values in their raw form, for the taker to keep; null if that is not what they are
 */
export function tileValues({ encoding, data }, shape) {
  const size = shape.stride * shape.rows;
  switch (encoding) {
    case RAW:
      return data.length === size && isPadded(data, shape) ? new Uint8Array(data) : null;
    case GAPS:
      return readGaps(data, shape);
    case ZERO:
      return data.length === 0 ? new Uint8Array(size) : null;
    default:
      return null;
  }
}

/**
 * @param {Uint8Array} raw
 * @param {TileShape} shape
 * @returns {boolean} whether the bits after the last value of each row are 0
 */
function isPadded(raw, { columns, rows, bits, stride }) {
  const used = columns * bits % 8;
  const ends = Array.from({ length: used === 0 ? 0 : rows }, (_end, row) => (row + 1) * stride - 1);
  return ends.every((at) => /** @type {number} */ (raw[at]) >>> used === 0);
}

/** Bits of a byte sequence, lowest bit of a byte first. After the last one, everything asked for is -1. */
class Bits {
  #bytes;
  #at;
  #held = 0;
  /** At most 31, as JavaScript shifts by 32 bits not at all. */
  #count = 0;

  /**
   * @param {Uint8Array} bytes
   * @param {number} from the first byte
   */
  constructor(bytes, from) {
    this.#bytes = bytes;
    this.#at = from;
  }

  /** @returns {number} how many ones stand before the next zero, which is passed over, too */
  ones() {
    let sum = 0;
    for (;;) {
      this.#fill();
      if (this.#count === 0) {
        return -1;
      }
      const zeros = ~this.#held;
      const ones = Math.min(this.#count, 31 - Math.clz32(zeros & -zeros));
      sum += ones;
      if (ones < this.#count) {
        this.#pass(ones + 1);
        return sum;
      }
      this.#pass(ones);
    }
  }

  /** @param {number} count at most 15 */
  number(count) {
    this.#fill();
    if (this.#count < count) {
      return -1;
    }
    const value = this.#held & (1 << count) - 1;
    this.#pass(count);
    return value;
  }

  /** Whether nothing is left but the zeros that fill the last byte. */
  get atEnd() {
    return this.#at === this.#bytes.length && this.#count < 8 && this.#held === 0;
  }

  #fill() {
    while (this.#count <= 23 && this.#at < this.#bytes.length) {
      this.#held |= /** @type {number} */ (this.#bytes[this.#at]) << this.#count;
      this.#count += 8;
      this.#at += 1;
    }
  }

  /** @param {number} count */
  #pass(count) {
    this.#held >>>= count;
    this.#count -= count;
  }
}

/**
 * @param {Uint8Array} data
 * @param {TileShape} shape
 * @returns {Uint8Array | null}
 */
function readGaps(data, { columns, rows, bits, stride }) {
  const rice = data[0];
  if (rice === undefined || rice > 15) {
    return null;
  }
  const raw = new Uint8Array(stride * rows);
  const end = columns * rows;
  const stream = new Bits(data, 1);
  for (let place = 0; ; place += 1) {
    const high = stream.ones();
    const low = stream.number(rice);
    if (high < 0 || low < 0 || high > end) {
      return null;
    }
    place += high * 2 ** rice + low;
    if (place >= end) {
      return place === end && stream.atEnd ? raw : null;
    }
    const value = bits === 1 ? 1 : stream.number(bits);
    if (value <= 0) {
      return null;
    }
    const row = Math.floor(place / columns);
    const bit = (place - row * columns) * bits;
    const at = row * stride + (bit >> 3);
    raw[at] = /** @type {number} */ (raw[at]) | value << (bit & 7);
  }
}
