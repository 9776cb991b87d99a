/**
 * Frames of conway.v2 written straight from docs/protocol.md, sharing no code with the page: values in, bytes out.
 */

const HEADER_BYTES = 40;
const TILE = 128;

/**
 * The values of a tile, row by row. `after` is what the tile holds once the record is applied, where that is not the
 * record itself; `r` is the parameter of the Rice code.
 *
 * @typedef {object} Tile
 * @property {number} tx
 * @property {number} ty
 * @property {number[][]} values
 * @property {number[][]} [after]
 * @property {'raw' | 'gaps' | 'zero'} [encoding]
 * @property {number} [r]
 *
 * @typedef {object} FrameFields
 * @property {number} [type]
 * @property {number} [flags]
 * @property {number} [epoch]
 * @property {number} [seq]
 * @property {number} [prev]
 * @property {number} [generation]
 * @property {number} [population]
 * @property {number} [level]
 * @property {number} width
 * @property {number} height
 * @property {Tile[]} [tiles]
 */

/**
 * Bit by bit, as the polynomial says.
 *
 * @param {Uint8Array} bytes
 */
export function crc(bytes) {
  let sum = 0xffffffffn;
  for (const byte of bytes) {
    sum ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) {
      sum = sum & 1n ? (sum >> 1n) ^ 0xedb88320n : sum >> 1n;
    }
  }
  return Number(sum ^ 0xffffffffn);
}

/**
 * @param {number[][]} values
 * @param {number} bits a value
 * @returns {Buffer}
 */
export function raw(values, bits) {
  const stride = Math.ceil((values[0]?.length ?? 0) * bits / 8);
  const bytes = Buffer.alloc(stride * values.length);
  values.forEach((row, y) => row.forEach((value, x) => {
    const at = y * stride + Math.floor(x * bits / 8);
    bytes[at] = Number(bytes[at]) | value << (x * bits % 8);
  }));
  return bytes;
}

/**
 * @param {number[][]} values
 * @param {number} bits
 * @param {number} r
 * @returns {Buffer}
 */
export function gaps(values, bits, r) {
  /** @type {number[]} */
  const stream = [];
  const number = (/** @type {number} */ value, /** @type {number} */ count) => {
    for (let bit = 0; bit < count; bit += 1) {
      stream.push(value >> bit & 1);
    }
  };
  let zeros = 0;
  const gap = () => {
    stream.push(...Array(zeros >> r).fill(1), 0);
    number(zeros, r);
    zeros = 0;
  };
  for (const value of values.flat()) {
    if (value === 0) {
      zeros += 1;
    } else {
      gap();
      if (bits === 4) {
        number(value, 4);
      }
    }
  }
  gap();
  const bytes = Buffer.alloc(1 + Math.ceil(stream.length / 8));
  bytes[0] = r;
  stream.forEach((bit, i) => { bytes[1 + (i >> 3)] = Number(bytes[1 + (i >> 3)]) | bit << (i & 7); });
  return bytes;
}

/**
 * @param {Tile} tile
 * @param {number} bits
 * @returns {Buffer}
 */
function record({ tx, ty, values, after = values, encoding = 'raw', r = 3 }, bits) {
  const data = encoding === 'raw' ? raw(values, bits) : encoding === 'gaps' ? gaps(values, bits, r) : Buffer.alloc(0);
  const head = Buffer.alloc(11);
  head.writeUInt16LE(tx, 0);
  head.writeUInt16LE(ty, 2);
  head.writeUInt8(['raw', 'gaps', 'zero'].indexOf(encoding), 4);
  head.writeUInt32LE(crc(raw(after, bits)), 5);
  head.writeUInt16LE(data.length, 9);
  return Buffer.concat([head, data]);
}

/**
 * @param {FrameFields} fields
 * @returns {Buffer}
 */
export function frame({
  type = 1, flags = 0, epoch = 1, seq = 0, prev = seq, generation = 0, population = 0, level = 0, width, height,
  tiles = [],
}) {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt8(0x43, 0);
  head.writeUInt8(2, 1);
  head.writeUInt8(type, 2);
  head.writeUInt8(flags, 3);
  head.writeUInt32LE(epoch, 4);
  head.writeUInt32LE(seq, 8);
  head.writeUInt32LE(prev, 12);
  head.writeBigUInt64LE(BigInt(generation), 16);
  head.writeUInt32LE(population, 28);
  head.writeUInt8(level, 32);
  head.writeUInt8(7, 33);
  head.writeUInt16LE(tiles.length, 34);
  head.writeUInt16LE(width - 1, 36);
  head.writeUInt16LE(height - 1, 38);
  return Buffer.concat([head, ...tiles.map((tile) => record(tile, level === 0 ? 1 : 4))]);
}

/**
 * @param {number} width of the universe in cells
 * @param {number} height
 * @param {number} level
 * @param {number} tx
 * @param {number} ty
 * @param {(x: number, y: number) => number} value of the universe at that level
 * @returns {number[][]}
 */
export function tileOf(width, height, level, tx, ty, value) {
  const columns = Math.min(TILE, Math.ceil(width / 2 ** level) - tx * TILE);
  const rows = Math.min(TILE, Math.ceil(height / 2 ** level) - ty * TILE);
  return Array.from({ length: rows }, (_row, y) => (
    Array.from({ length: columns }, (_value, x) => value(tx * TILE + x, ty * TILE + y))));
}
