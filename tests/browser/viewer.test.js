/** The universe as the page holds it, without a browser: what it makes of frames that follow each other, or do not. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Universe } from '../../dashboard/universe.js';
import { readFrame, shapeOfTile } from '../../dashboard/wire.js';
import { frame, tileOf } from './frames.js';

/** @typedef {import('./frames.js').FrameFields} FrameFields */

/** @param {FrameFields} fields */
function read(fields) {
  const result = readFrame(frame(fields));
  assert.ok('frame' in result, 'problem' in result ? result.problem : '');
  return result.frame;
}

/** @param {Universe} universe @param {number} x @param {number} y a value's place */
function valueAt(universe, x, y) {
  const [tx, ty] = [x >> 7, y >> 7];
  const tile = universe.tile(tx, ty);
  const { stride, bits } = shapeOfTile(universe, tx, ty);
  const bit = (x & 127) * bits;
  return tile ? Number(tile[(y & 127) * stride + (bit >> 3)]) >> (bit & 7) & (1 << bits) - 1 : 0;
}

/**
 * @param {Universe} universe
 * @param {number} level
 * @param {[number, number, number, number]} rectangle
 */
function expectView(universe, level, ...[x, y, w, h]) {
  universe.expect({ type: 'view', level, x, y, w, h, id: null });
}

/** A universe of 300×200 that holds all of itself at a level. @param {number} [level] */
function held(level = 0) {
  const universe = new Universe();
  expectView(universe, level, 0, 0, 300, 200);
  return universe;
}

const size = { width: 300, height: 200 };
const nothing = () => 0;
const one = (/** @type {number} */ x, /** @type {number} */ y) => Number(x === 130 && y === 5);
const two = (/** @type {number} */ x, /** @type {number} */ y) => Number(y === 5 && (x === 130 || x === 131));
/** The tile of 300×200 that both of them live in. @param {(x: number, y: number) => number} value */
const tile = (value) => tileOf(300, 200, 0, 1, 0, value);

/** @param {Partial<FrameFields>} fields */
const snapshot = (fields = {}) => read({ ...size, seq: 7, tiles: [{ tx: 1, ty: 0, values: tile(one) }], ...fields });
/** One more cell. @param {Partial<FrameFields>} fields */
const delta = (fields = {}) => read({
  ...size, type: 2, prev: 7, seq: 8,
  tiles: [{ tx: 1, ty: 0, values: tile((x, y) => Number(x === 131 && y === 5)), after: tile(two) }], ...fields,
});

describe('a viewer', () => {
  it('takes a snapshot, and deltas that follow it', () => {
    const universe = held();
    assert.equal(universe.known, false);
    assert.equal(universe.take(delta()), 'ignored');
    assert.equal(universe.take(snapshot({ generation: 3, population: 1 })), 'taken');
    assert.deepEqual([universe.width, universe.height, universe.generation, universe.population], [300, 200, 3, 1]);
    assert.equal(valueAt(universe, 130, 5), 1);
    assert.equal(valueAt(universe, 131, 5), 0);
    assert.equal(valueAt(universe, 299, 199), 0);
    assert.equal(universe.take(delta({ generation: 4, population: 2 })), 'taken');
    assert.deepEqual([universe.generation, universe.population], [4, 2]);
    assert.equal(valueAt(universe, 131, 5), 1);
    assert.equal(universe.take(delta({ prev: 8, seq: 9, flags: 1, generation: 99, tiles: [] })), 'taken');
    assert.equal(universe.generation, 99);
  });

  it('counts modulo 2³²', () => {
    const universe = held();
    universe.take(snapshot({ seq: 0xffffffff }));
    assert.equal(universe.take(delta({ prev: 0xffffffff, seq: 0 })), 'taken');
    assert.equal(universe.take(delta({ prev: 0xfffffffe, seq: 0xffffffff })), 'ignored');
    assert.equal(universe.take(delta({ prev: 1, seq: 2 })), 'gap');
  });

  it('ignores what it has seen, and notices what it has not', () => {
    const universe = held();
    universe.take(snapshot());
    assert.equal(universe.take(delta({ prev: 6, seq: 7 })), 'ignored');
    assert.equal(universe.take(delta({ prev: 8, seq: 9 })), 'gap');
    assert.equal(universe.take(delta()), 'ignored', 'nothing but a snapshot helps now');
    assert.equal(universe.take(read({ ...size, type: 3, seq: 7 })), 'ignored');
    assert.equal(valueAt(universe, 130, 5), 1, 'what was right stays to be seen');
    assert.equal(universe.take(snapshot()), 'taken');
    assert.equal(universe.take(delta()), 'taken');
  });

  it('takes nothing of a frame of which a part is wrong', () => {
    const universe = held();
    universe.take(snapshot());
    const wrong = delta({ tiles: [
      { tx: 0, ty: 0, values: tileOf(300, 200, 0, 0, 0, () => 1) },
      { tx: 1, ty: 0, values: tile(one), after: tile(one) },
    ] });
    assert.equal(universe.take(wrong), 'gap');
    assert.equal(valueAt(universe, 0, 0), 0);
    const broken = delta({ tiles: [
      { tx: 0, ty: 0, values: tileOf(300, 200, 0, 0, 0, () => 1) }, { tx: 1, ty: 0, values: [[1]] },
    ] });
    universe.take(snapshot());
    assert.equal(universe.take(broken), 'broken');
    assert.equal(valueAt(universe, 0, 0), 0);
    const unsure = held();
    assert.equal(unsure.take(snapshot({ tiles: [{ tx: 1, ty: 0, values: tile(one), after: tile(two) }] })), 'gap');
    assert.equal(unsure.known, false);
  });

  it('of another epoch waits for its snapshot', () => {
    const universe = held();
    universe.take(snapshot());
    assert.equal(universe.take(delta({ epoch: 2 })), 'ignored');
    assert.equal(universe.take(delta()), 'ignored');
    assert.equal(universe.take(snapshot({ epoch: 2, seq: 0 })), 'taken');
    assert.equal(universe.take(delta({ epoch: 2, prev: 0, seq: 1 })), 'taken');
  });

  it('of a universe of another size holds nothing of the former one', () => {
    const universe = held();
    universe.take(snapshot());
    expectView(universe, 0, 0, 0, 140, 20);
    assert.equal(universe.take(read({ width: 140, height: 20, epoch: 2, seq: 1 })), 'taken');
    assert.deepEqual([universe.width, universe.height], [140, 20]);
    assert.equal(universe.tile(1, 0), null);
    assert.deepEqual(universe.area, { level: 0, left: 0, top: 0, right: 2, bottom: 1 });
    assert.equal(universe.take(delta({ epoch: 2, prev: 1, seq: 2 })), 'broken', 'of the former size');
  });

  it('of a level is not given another', () => {
    const universe = held(1);
    assert.equal(universe.take(snapshot()), 'broken');
    const values = tileOf(300, 200, 1, 1, 0, (x, y) => (x === 149 && y === 99 ? 15 : 0));
    assert.equal(universe.take(snapshot({ level: 1, tiles: [{ tx: 1, ty: 0, values }] })), 'taken');
    assert.equal(valueAt(universe, 149, 99), 15);
    assert.equal(universe.take(delta({ tiles: [] })), 'broken');
  });

  it('of a view that moved keeps what it still sees, and takes the tiles that are new', () => {
    const universe = new Universe();
    expectView(universe, 0, 0, 0, 256, 128);
    universe.take(snapshot());
    expectView(universe, 0, 128, 0, 172, 128);
    assert.deepEqual(universe.area, { level: 0, left: 1, top: 0, right: 2, bottom: 1 });
    const values = tileOf(300, 200, 0, 2, 0, () => 1);
    const tiles = { ...size, type: 3, tiles: [{ tx: 2, ty: 0, values }] };
    assert.equal(universe.take(read({ ...tiles, seq: 7 })), 'taken');
    assert.deepEqual(universe.area, { level: 0, left: 1, top: 0, right: 3, bottom: 1 });
    assert.equal(valueAt(universe, 130, 5), 1);
    assert.equal(valueAt(universe, 299, 127), 1);
    assert.equal(universe.take(delta()), 'taken');
    assert.equal(universe.take(read({ ...tiles, seq: 7 })), 'gap', 'tiles of another state');
  });

  it('is not given tiles outside of its view', () => {
    const universe = new Universe();
    expectView(universe, 0, 0, 0, 128, 128);
    assert.equal(universe.take(snapshot()), 'broken');
    assert.equal(universe.take(snapshot({ tiles: [] })), 'taken');
    assert.equal(universe.take(delta()), 'gap');
  });

  it('copies what it sees for good', () => {
    const universe = held();
    universe.take(snapshot());
    const copy = universe.copy();
    universe.take(delta());
    assert.equal(valueAt(universe, 131, 5), 1);
    assert.equal(valueAt(copy, 131, 5), 0);
    assert.equal(valueAt(copy, 130, 5), 1);
  });

  it('of another connection waits for its snapshot, and shows the old one until then', () => {
    const universe = held();
    universe.take(snapshot());
    universe.begin();
    assert.equal(universe.take(delta()), 'ignored');
    assert.equal(valueAt(universe, 130, 5), 1);
    assert.equal(universe.take(snapshot()), 'taken');
  });
});

describe('of the JSON stream', () => {
  const full = { width: 140, height: 3, tick: 5, generation: 50, cells: new Uint8Array(420) };
  full.cells[139] = 1;

  it('a viewer holds the same universe', () => {
    const universe = new Universe();
    universe.replace({ type: 'full_state', ...full });
    assert.deepEqual([universe.population, universe.generation], [1, 50]);
    assert.equal(valueAt(universe, 139, 0), 1);
    const deltas = [{ x: 139, y: 0, alive: false }, { x: 1, y: 2, alive: true }];
    const copy = universe.copy();
    assert.equal(universe.apply({ type: 'delta', tick: 6, generation: 51, deltas }), null);
    assert.deepEqual([universe.population, universe.generation], [1, 51]);
    assert.deepEqual([valueAt(universe, 139, 0), valueAt(universe, 1, 2)], [0, 1]);
    assert.deepEqual([valueAt(copy, 139, 0), valueAt(copy, 1, 2)], [1, 0]);
  });

  it('a delta that does not fit changes nothing', () => {
    const universe = new Universe();
    const born = { x: 1, y: 2, alive: true };
    /** @param {number} tick @param {import('../../dashboard/protocol.js').CellChange[]} deltas */
    const apply = (tick, deltas) => universe.apply({ type: 'delta', tick, generation: tick, deltas });
    assert.match(String(apply(6, [])), /before the first/);
    universe.replace({ type: 'full_state', ...full });
    assert.match(String(apply(4, [born])), /after tick 5/);
    assert.match(String(apply(6, [born, { ...born, x: 140 }])), /outside/);
    assert.match(String(apply(6, [born, born])), /already/);
    assert.deepEqual([valueAt(universe, 1, 2), universe.population], [0, 1]);
  });
});

it('a snapshot\'s zero tiles are as good as none', () => {
  const universe = held();
  const zero = { tx: 1, ty: 0, values: tile(nothing), encoding: /** @type {const} */ ('zero') };
  assert.equal(universe.take(snapshot({ tiles: [zero] })), 'taken');
  assert.equal(valueAt(universe, 130, 5), 0);
});
