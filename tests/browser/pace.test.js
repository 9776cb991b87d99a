/** When the page draws, without a browser. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CALM_GAP_MS, Pace } from '../../dashboard/pace.js';

/** @typedef {import('node:test').TestContext} TestContext */

describe('the pace', () => {
  /** A display that refreshes, and a clock that goes on, when they are told to. @param {TestContext} t */
  function display(t) {
    let now = 1000;
    /** @type {FrameRequestCallback[]} */
    let asked = [];
    /** @type {{due: number, call: () => void} | null} */
    let alarm = null;
    t.mock.method(performance, 'now', () => now);
    t.mock.method(globalThis, 'setTimeout', (/** @type {() => void} */ call, /** @type {number} */ ms) => {
      alarm = { due: now + ms, call };
    });
    t.mock.method(globalThis, 'clearTimeout', () => {
      alarm = null;
    });
    const requestAnimationFrame = (/** @type {FrameRequestCallback} */ call) => asked.push(call);
    Object.assign(globalThis, { requestAnimationFrame });
    t.after(() => Reflect.deleteProperty(globalThis, 'requestAnimationFrame'));
    return {
      /** @param {number} ms */
      pass(ms) {
        now += ms;
        const rung = alarm;
        if (rung && rung.due <= now) {
          alarm = null;
          rung.call();
        }
        const calls = asked;
        asked = [];
        calls.forEach((call) => call(now));
      },
    };
  }

  it('keeps the gap although pictures are asked for while one is being painted', (t) => {
    const screen = display(t);
    let begun = 0;
    const pace = new Pace(() => {
      begun += 1;
      return true;
    });
    pace.gapMs = CALM_GAP_MS;
    pace.request();
    screen.pass(50);
    assert.equal(begun, 1);
    for (let i = 0; i < 10; i += 1) {
      pace.request();
      screen.pass(50);
    }
    assert.equal(begun, 1, 'no second one before the first is done');
    pace.painted(true);
    screen.pass(50);
    assert.equal(begun, 1, 'and none right after it');
    screen.pass(CALM_GAP_MS - 50);
    screen.pass(16);
    assert.equal(begun, 2);
  });

  it('lets the viewer\'s own hand go first, but never two pictures at a time', (t) => {
    const screen = display(t);
    let begun = 0;
    const pace = new Pace(() => {
      begun += 1;
      return true;
    });
    pace.gapMs = CALM_GAP_MS;
    pace.request();
    screen.pass(50);
    pace.hurry();
    screen.pass(50);
    assert.equal(begun, 1);
    pace.painted(true);
    screen.pass(16);
    assert.equal(begun, 2);
  });

  it('goes on after there was nothing to draw', (t) => {
    const screen = display(t);
    let begun = 0;
    const pace = new Pace(() => {
      begun += 1;
      return begun > 1;
    });
    pace.request();
    screen.pass(16);
    pace.request();
    screen.pass(16);
    assert.equal(begun, 2);
  });
});
