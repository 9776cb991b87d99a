/** The page's reckoning, without a browser: the camera, what is asked of the server, and what waits to be decoded. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Camera } from '../../dashboard/camera.js';
import { Feed } from '../../dashboard/feed.js';
import { levelFor, needed, Outlook, suffices, withMargin } from '../../dashboard/outlook.js';
import { frame } from './frames.js';

/** @typedef {import('../../dashboard/outlook.js').Wish} Wish */

/** @param {number} width @param {number} height @param {{width: number, height: number}} [room] */
function cameraOn(width, height, room = { width: 650, height: 650 }) {
  const camera = new Camera();
  camera.resize(room, 64);
  camera.look({ width, height });
  return camera;
}

describe('the camera', () => {
  it('fits a universe into its room, in whole pixels where a cell has one', () => {
    assert.deepEqual(cameraOn(8, 8).sight, { x: 0, y: 0, scale: 81, width: 648, height: 648 });
    assert.deepEqual(cameraOn(40, 12).sight, { x: 0, y: 0, scale: 16, width: 640, height: 192 });
    assert.deepEqual(cameraOn(6500, 1300).sight, { x: 0, y: 0, scale: 0.1, width: 650, height: 130 });
    assert.equal(cameraOn(65536, 65536).sight.width, 650);
  });

  it('zooms at a place, which stays where it is', () => {
    const camera = cameraOn(4096, 4096);
    const { scale } = camera.sight;
    const cell = 500 / scale;
    for (let i = 0; i < 40; i += 1) {
      camera.zoom(1.2, 500, 500);
      const sight = camera.sight;
      assert.ok(Math.abs(sight.x + 500 / sight.scale - cell) <= 1.01 / sight.scale, `at ${sight.scale} pixels a cell`);
      assert.ok(sight.scale < 1 || Number.isInteger(sight.scale));
      assert.ok(sight.scale < 1 || Number.isInteger(Math.round(sight.x * sight.scale * 1e6) / 1e6));
    }
    assert.equal(camera.sight.scale, 64);
    assert.ok(camera.atNearest && !camera.fitted);
    for (let i = 0; i < 60; i += 1) {
      camera.zoom(1 / 1.2, 100, 600);
    }
    assert.ok(camera.fitted);
    assert.deepEqual(camera.sight, { x: 0, y: 0, scale, width: 650, height: 650 });
  });

  it('steps to another scale each time, there and back', () => {
    const camera = cameraOn(1000, 1000);
    const scales = [camera.scale];
    while (!camera.atNearest) {
      camera.step(1.5);
      assert.ok(camera.scale > Number(scales.at(-1)));
      scales.push(camera.scale);
    }
    while (!camera.fitted) {
      const { scale } = camera;
      camera.step(1 / 1.5);
      assert.ok(camera.scale < scale);
    }
  });

  it('never shows what is outside, and never leaves the universe', () => {
    const camera = cameraOn(300, 40, { width: 600, height: 400 });
    camera.zoom(4, 0, 0);
    for (const [dx, dy] of /** @type {[number, number][]} */ ([[1e5, 1e5], [-1e5, -1e5], [37, -11]])) {
      camera.pan(dx, dy);
      const { x, y, scale, width, height } = camera.sight;
      assert.ok(x >= 0 && y >= 0 && x + width / scale <= 300 + 1e-9 && y + height / scale <= 40 + 1e-9);
    }
  });

  it('keeps the middle when its room changes, and all of it when it shows that', () => {
    const camera = cameraOn(1000, 1000);
    camera.resize({ width: 325, height: 325 }, 64);
    assert.equal(camera.sight.width, 325);
    assert.ok(camera.fitted);
    camera.zoom(20, 100, 100);
    const middle = ({ x = 0, scale = 1, width = 0 }) => x + width / scale / 2;
    const before = middle(camera.sight);
    camera.resize({ width: 650, height: 650 }, 64);
    assert.ok(Math.abs(middle(camera.sight) - before) < 1);
    camera.look({ width: 8, height: 8 });
    assert.ok(camera.fitted);
  });
});

describe('the view that is asked for', () => {
  it('has cells from one pixel on, and else values of one to two pixels', () => {
    assert.equal(levelFor(1), 0);
    assert.equal(levelFor(12), 0);
    for (const scale of [0.99, 0.5, 0.3, 0.01, 0.0021]) {
      const pitch = scale * 2 ** levelFor(scale);
      assert.ok(pitch >= 1 && pitch < 2, `${scale}: ${pitch}`);
    }
    assert.equal(levelFor(0.0001), 9);
  });

  it('is never more than the server gives', () => {
    const universe = { width: 65536, height: 65536 };
    assert.equal(needed({ x: 127, y: 127, scale: 1, width: 3840, height: 2160 }, universe).level, 0);
    for (const [width, height] of /** @type {[number, number][]} */ (
      [[3840, 2160], [7680, 4320], [7680, 1080], [390, 844]])) {
      for (const scale of [1, ...Array.from({ length: 19 }, (_, i) => 64 / 1.7 ** i)]) {
        const sight = { x: 30000, y: 100, scale, width, height };
        const need = needed(sight, universe);
        const wish = withMargin(need, universe);
        const side = 128 * 2 ** wish.level;
        const tiles = (Math.ceil((wish.x + wish.w) / side) - Math.floor(wish.x / side))
          * (Math.ceil((wish.y + wish.h) / side) - Math.floor(wish.y / side));
        assert.ok(tiles <= 576, `${width}×${height} at ${scale}: ${tiles} tiles`);
        assert.ok(suffices(wish, need, wish));
      }
    }
  });

  const universe = { width: 16384, height: 16384 };
  const live = { maxFps: 0, paused: false };

  /** @returns {{outlook: Outlook, asked: Wish[]}} one that knows the server's own view */
  function outlookOf() {
    /** @type {Wish[]} */
    const asked = [];
    const outlook = new Outlook((wish) => asked.push(wish));
    outlook.told({ type: 'view', level: 4, x: 0, y: 0, w: 16384, h: 16384, id: null });
    return { outlook, asked };
  }

  it('is asked for once, with a margin in which the eye may move', () => {
    const { outlook, asked } = outlookOf();
    const sight = { x: 5000, y: 5000, scale: 2, width: 800, height: 600 };
    outlook.consider(sight, universe, live);
    assert.deepEqual(asked, [{ level: 0, x: 4800, y: 4850, w: 800, h: 600, ...live }]);
    outlook.told({ type: 'view', level: 0, x: 4736, y: 4736, w: 896, h: 768, id: 1 });
    outlook.consider({ ...sight, x: 5200 }, universe, live);
    assert.equal(asked.length, 1);
    outlook.consider({ ...sight, x: 5400 }, universe, live);
    assert.equal(asked.length, 2);
    outlook.consider({ ...sight, x: 5400, scale: 0.25 }, universe, live);
    assert.equal(asked.at(-1)?.level, 2);
  });

  it('is the whole universe, whatever its size, where all of it is seen', () => {
    const { outlook, asked } = outlookOf();
    outlook.consider({ x: 0, y: 0, scale: 650 / 16384, width: 650, height: 650 }, universe, live);
    assert.deepEqual(asked, [{ level: 5, ...live }]);
  });

  it('is not asked for where the server\'s own does', () => {
    const asked = [];
    const outlook = new Outlook((wish) => asked.push(wish));
    const sight = { x: 0, y: 0, scale: 10, width: 640, height: 640 };
    outlook.consider(sight, { width: 64, height: 64 }, live);
    assert.equal(asked.length, 0, 'nor before the server has told it');
    outlook.told({ type: 'view', level: 0, x: 0, y: 0, w: 64, h: 64, id: null });
    outlook.consider(sight, { width: 64, height: 64 }, live);
    assert.equal(asked.length, 0);
    outlook.consider(sight, { width: 64, height: 64 }, { maxFps: 2, paused: false });
    outlook.consider(sight, { width: 64, height: 64 }, { maxFps: 2, paused: true });
    outlook.consider(sight, { width: 64, height: 64 }, { maxFps: 2, paused: true });
    assert.equal(asked.length, 2);
  });

  it('is that of the last question, not of the answer to an earlier one', () => {
    const { outlook, asked } = outlookOf();
    outlook.consider({ x: 100, y: 100, scale: 2, width: 800, height: 600 }, universe, live);
    outlook.consider({ x: 9000, y: 100, scale: 2, width: 800, height: 600 }, universe, live);
    outlook.told({ type: 'view', level: 0, x: 0, y: 0, w: 640, h: 640, id: 1 });
    outlook.consider({ x: 9000, y: 100, scale: 2, width: 800, height: 600 }, universe, live);
    assert.equal(asked.length, 2);
    assert.equal(outlook.refused(1), false);
    assert.equal(outlook.refused(2), true);
  });
});

describe('what waits to be decoded', () => {
  /** @returns {{feed: Feed, orders: any[], told: string[], heard: (verdict: any) => void}} */
  function feedOf() {
    /** @type {any[]} */
    const orders = [];
    /** @type {string[]} */
    const told = [];
    const feed = new Feed({ postMessage: (/** @type {any} */ order) => orders.push(order), onmessage: null }, {
      onGap: () => told.push('gap'), onTaken: () => told.push('taken'), onBroken: () => told.push('broken'),
    });
    feed.begin();
    orders.length = 0;
    return {
      feed, orders, told,
      heard: (verdict) => feed.heard({ kind: 'heard', era: 1, verdict, problem: '', width: 1, height: 1 }),
    };
  }
  /** @param {number} type @param {number} [bytes] */
  const message = (type, bytes = 0) => {
    const data = Buffer.concat([frame({ type, width: 8, height: 8 }), Buffer.alloc(bytes)]);
    return new Uint8Array(data).buffer;
  };

  it('is handed on as the scene takes it', () => {
    const { feed, orders, told, heard } = feedOf();
    feed.frame(message(1));
    feed.frame(message(2));
    feed.frame(message(2));
    assert.equal(orders.length, 2);
    heard('taken');
    assert.equal(orders.length, 3);
    assert.deepEqual(told, ['taken']);
  });

  for (const [name, bytes, most] of /** @type {[string, number, number][]} */ ([
    ['frames', 0, 40], ['bytes', 2 ** 20, 15],
  ])) {
    it(`is dropped when it is too many ${name}, and a snapshot asked for once`, () => {
      const { feed, orders, told, heard } = feedOf();
      feed.frame(message(1));
      for (let i = 0; i < most; i += 1) {
        feed.frame(message(2, bytes));
      }
      assert.deepEqual(told, ['gap']);
      feed.view({ type: 'view', level: 0, x: 0, y: 0, w: 8, h: 8, id: null });
      heard('taken');
      heard('gap');
      assert.deepEqual(told, ['gap', 'taken'], 'it has been asked for already');
      assert.deepEqual(orders.map(({ kind }) => kind), ['frame', 'frame', 'view'], 'views are not frames');
      feed.frame(message(2));
      heard('ignored');
      assert.equal(orders.length, 3, 'nothing helps but a snapshot');
      feed.frame(message(1));
      feed.frame(message(2));
      assert.equal(orders.length, 5);
    });
  }

  it('is of no use when a snapshot comes, however large that is', () => {
    const { feed, orders, told, heard } = feedOf();
    for (let i = 0; i < 20; i += 1) {
      feed.frame(message(2));
    }
    feed.frame(message(1, 9 * 2 ** 20));
    heard('ignored');
    assert.deepEqual(orders.map(({ buffer }) => new Uint8Array(buffer)[2]), [2, 2, 1]);
    assert.deepEqual(told, []);
  });

  it('means nothing on another connection', () => {
    const { feed, told, orders, heard } = feedOf();
    feed.frame(message(1));
    feed.begin();
    heard('broken');
    assert.deepEqual(told, []);
    assert.deepEqual(orders.at(-1), { kind: 'begin', era: 2 });
  });
});
