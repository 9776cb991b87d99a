/** The page's client of conway.v2, without a browser: frames in, a universe out. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from '../../dashboard/crc32.js';
import { isSnapshot, readFrame, shapeOfTile, tileValues } from '../../dashboard/wire.js';
import { crc, frame, gaps, raw, tileOf } from './frames.js';

/** @typedef {import('./frames.js').FrameFields} FrameFields */

/** Values that are the same in every run. @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param {FrameFields} fields */
function read(fields) {
  const result = readFrame(frame(fields));
  assert.ok('frame' in result, 'problem' in result ? result.problem : '');
  return result.frame;
}

const size = { width: 300, height: 200 };
const one = (/** @type {number} */ x, /** @type {number} */ y) => Number(x === 130 && y === 5);
/** The tile of 300×200 that it lives in. @param {(x: number, y: number) => number} value */
const tile = (value) => tileOf(300, 200, 0, 1, 0, value);

it('the sum is that of zlib and Ethernet', () => {
  assert.equal(crc32(Buffer.from('123456789')), 0xcbf43926);
  assert.equal(crc32(new Uint8Array(0)), 0);
  const next = random(1);
  for (let length = 0; length < 70; length += 1) {
    const bytes = Uint8Array.from({ length }, () => next() * 256);
    assert.equal(crc32(bytes), crc(bytes));
  }
});

describe('a header', () => {
  it('is read', () => {
    const { tiles, ...fields } = read({
      type: 2, flags: 1, epoch: 0xfffffffe, seq: 0x80000001, prev: 0x80000000, generation: 2 ** 40 + 3,
      population: 0xffffffff, level: 9, width: 65536, height: 1,
    });
    assert.deepEqual(tiles, []);
    assert.deepEqual(fields, {
      kind: 'delta', conflated: true, epoch: 0xfffffffe, seq: 0x80000001, prev: 0x80000000, generation: 2 ** 40 + 3,
      time: 0, population: 0xffffffff, level: 9, width: 65536, height: 1,
    });
  });

  for (const [name, at, value] of /** @type {[string, number, number][]} */ ([
    ['another magic', 0, 0x44], ['another version', 1, 3], ['no type', 2, 0], ['an unknown type', 2, 4],
    ['an unknown flag', 3, 2], ['a level too high', 32, 10], ['another tile shift', 33, 6],
    ['a snapshot that needs another', 12, 1], ['fewer tiles than said', 34, 2], ['more tiles than said', 34, 0],
    ['a tile outside', 40, 3], ['a tile below', 42, 2], ['a tile that is cut off', 49, 0xff],
  ])) {
    it(`of ${name} is not taken`, () => {
      const bytes = frame({ ...size, tiles: [{ tx: 1, ty: 0, values: tile(one) }] });
      assert.ok('frame' in readFrame(bytes));
      bytes[at] = value;
      assert.ok('problem' in readFrame(bytes));
    });
  }

  it('that is cut off anywhere is not taken, nor one with something after it', () => {
    const bytes = frame({ ...size, tiles: [
      { tx: 1, ty: 0, values: tile(one), encoding: 'gaps' }, { tx: 0, ty: 1, values: [[]], encoding: 'zero' },
    ] });
    for (let length = 0; length < bytes.length; length += 1) {
      assert.ok('problem' in readFrame(bytes.subarray(0, length)), `${length} bytes`);
    }
    assert.ok('frame' in readFrame(bytes));
    assert.ok('problem' in readFrame(Buffer.concat([bytes, Buffer.alloc(1)])));
  });

  it('tells a snapshot at a glance', () => {
    for (const [type, is] of /** @type {[number, boolean][]} */ ([[1, true], [2, false], [3, false]])) {
      const bytes = frame({ ...size, type });
      assert.equal(isSnapshot(new Uint8Array(bytes).buffer), is);
    }
    assert.equal(isSnapshot(new ArrayBuffer(2)), false);
  });
});

describe('a tile', () => {
  for (const [columns, rows] of /** @type {[number, number][]} */ ([[128, 128], [1, 1], [3, 5], [44, 72], [127, 2]])) {
    for (const level of [0, 1]) {
      it(`of ${columns}×${rows} values at level ${level} is read from raw, gaps and zero alike`, () => {
        const next = random(columns * rows + level);
        const bits = level === 0 ? 1 : 4;
        const width = columns << level;
        const shape = shapeOfTile({ width, height: rows << level, level }, 0, 0);
        assert.deepEqual([shape.columns, shape.rows, shape.bits], [columns, rows, bits]);
        for (const part of [0, 0.002, 0.3, 1]) {
          const values = tileOf(width, rows << level, level, 0, 0, () => (
            next() < part ? 1 + Math.floor(next() * (2 ** bits - 1)) : 0));
          const wanted = new Uint8Array(raw(values, bits));
          const rest = { tx: 0, ty: 0, check: 0 };
          assert.deepEqual(tileValues({ ...rest, encoding: 0, data: raw(values, bits) }, shape), wanted);
          for (let r = 0; r <= 15; r += 1) {
            assert.deepEqual(tileValues({ ...rest, encoding: 1, data: gaps(values, bits, r) }, shape), wanted);
          }
          if (part === 0) {
            assert.deepEqual(tileValues({ ...rest, encoding: 2, data: Buffer.alloc(0) }, shape), wanted);
          }
        }
      });
    }
  }

  it('of gaps that are cut off anywhere, or followed by something, is not taken', () => {
    const next = random(5);
    for (const [level, bits] of /** @type {[number, number][]} */ ([[0, 1], [1, 4]])) {
      const shape = shapeOfTile({ width: 20 << level, height: 20 << level, level }, 0, 0);
      const values = tileOf(20 << level, 20 << level, level, 0, 0, () => Number(next() < 0.1));
      for (let r = 0; r <= 15; r += 1) {
        const data = gaps(values, bits, r);
        for (let length = 0; length < data.length; length += 1) {
          const record = { tx: 0, ty: 0, check: 0, encoding: 1, data: data.subarray(0, length) };
          assert.equal(tileValues(record, shape), null, `r ${r}, ${length} of ${data.length} bytes`);
        }
        const record = { tx: 0, ty: 0, check: 0, encoding: 1, data: Buffer.concat([data, Buffer.alloc(1)]) };
        assert.equal(tileValues(record, shape), null);
      }
    }
  });

  it('of any bytes does no harm', () => {
    const next = random(6);
    for (const level of [0, 1]) {
      const shape = shapeOfTile({ width: 50 << level, height: 50 << level, level }, 0, 0);
      for (let i = 0; i < 3000; i += 1) {
        const data = Uint8Array.from({ length: next() * 40 }, () => next() * 256);
        data[0] = next() * 17;
        const values = tileValues({ tx: 0, ty: 0, check: 0, encoding: 1, data }, shape);
        assert.ok(values === null || values.length === shape.stride * shape.rows);
      }
    }
  });

  it('of the wrong length, with something in its padding or in no known encoding is not taken', () => {
    const shape = shapeOfTile({ width: 3, height: 2, level: 0 }, 0, 0);
    const data = Buffer.from([7, 7]);
    const record = { tx: 0, ty: 0, check: 0, encoding: 0, data };
    assert.deepEqual(tileValues(record, shape), new Uint8Array(data));
    assert.equal(tileValues({ ...record, data: Buffer.from([7]) }, shape), null);
    assert.equal(tileValues({ ...record, data: Buffer.from([7, 7, 7]) }, shape), null);
    assert.equal(tileValues({ ...record, data: Buffer.from([7, 15]) }, shape), null);
    assert.equal(tileValues({ ...record, encoding: 2 }, shape), null);
    assert.equal(tileValues({ ...record, encoding: 3 }, shape), null);
    assert.equal(tileValues({ ...record, encoding: 1, data: Buffer.alloc(0) }, shape), null);
    assert.equal(tileValues({ ...record, encoding: 1, data: Buffer.from([16, 0]) }, shape), null);
  });
});
