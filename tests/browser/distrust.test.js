/** A server that errs is not believed, and one that closes the connection is quoted with its reason. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { look } from './eye.js';
import { Server } from './server.js';
import { connectionSays, live, until, Visits } from './visits.js';

/** @typedef {import('playwright-core').Page} Page */

const visits = new Visits();
/** @type {Server} */
let server;
/** @type {Page} */
let page;

/**
 * What the page is told on each connection; texts and bytes are sent as they are.
 *
 * @typedef {object} Script
 * @property {(object | string)[]} messages
 * @property {number} [close] the code the server closes with
 * @property {(() => void)} [onOpen]
 * @property {(() => void)} [onPageClosed]
 */

/** @type {Script} */
let script = { messages: [] };

const empty = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
const full = { type: 'full_state', tick: 5, grid: empty, size: 3 };
const hello = { type: 'hello', protocol: 1, width: 3, height: 3, rule: 'B3/S23', topology: 'torus', intervalMs: 500,
  running: true, role: 'operator', version: '1' };
const born = { x: 1, y: 1, alive: true };

before(async () => {
  await visits.begin();
  server = await Server.start();
  page = await visits.open(server.url, {
    prepare: async (visited) => {
      await visited.routeWebSocket(/ws$/, (socket) => {
        const { messages, close, onOpen, onPageClosed } = script;
        onOpen?.();
        socket.onClose(() => onPageClosed?.());
        // Not before the page has spoken, so that it has seen the connection stand.
        socket.onMessage(() => {
          if (close !== undefined) {
            socket.close({ code: close, reason: '' });
          }
        });
        for (const message of messages) {
          socket.send(typeof message === 'string' || message instanceof Buffer ? message : JSON.stringify(message));
        }
      });
      // Whatever the page offers, this server speaks JSON.
      await visited.addInitScript(() => {
        window.WebSocket = class extends WebSocket {
          /** @param {string | URL} url */
          constructor(url) {
            super(url);
          }
        };
      });
    },
  });
});
after(async () => {
  await visits.close();
  await visits.end();
  await server.end();
});

/** @returns {Promise<boolean>} whether no button that acts on the universe can be pressed */
async function buttonsRest() {
  return await page.locator('.buttons button:disabled').count() === 3;
}

describe('a message that cannot be right ends the connection', () => {
  for (const [name, ...messages] of /** @type {[string, ...(object | string)[]][]} */ ([
    ['a delta before the full state', { type: 'delta', tick: 6, deltas: [] }],
    ['a delta after one that is missing', full, { type: 'delta', tick: 7, deltas: [{ ...born, alive: false }] }],
    ['a delta from before', full, { type: 'delta', tick: 4, deltas: [] }],
    ['a cell outside', full, { type: 'delta', tick: 6, deltas: [{ x: 3, y: 0, alive: true }] }],
    ['a birth of what lives', full, { type: 'delta', tick: 6, deltas: [born, born] }],
    ['a death of what is dead', full, { type: 'delta', tick: 6, deltas: [{ ...born, alive: false }] }],
    ['a cell of a fraction', full, { type: 'delta', tick: 6, deltas: [{ ...born, x: 0.5 }] }],
    ['a delta without a list', full, { type: 'delta', tick: 6, deltas: null }],
    ['a row too few', { ...full, grid: empty.slice(1) }],
    ['a row too short', { ...full, grid: [[0, 0, 0], [0, 0], [0, 0, 0]] }],
    ['a cell of 2', { ...full, grid: [[0, 0, 0], [0, 2, 0], [0, 0, 0]] }],
    ['a size that is not the larger side', { ...full, width: 3, height: 3, size: 4 }],
    ['a universe of nothing', { ...full, grid: [], size: 0 }],
    ['no tick', { ...full, tick: undefined }],
    ['a hello of another protocol', full, { ...hello, protocol: 2 }],
    ['a hello without a speed', full, { ...hello, intervalMs: '500' }],
    ['half a message', full, '{"type":"delta","tick":6'],
    ['a list', full, []],
    ['a binary message', full, Buffer.from([1, 2, 3])],
  ])) {
    it(name, async () => {
      let closed = false;
      script = { messages, onPageClosed: () => { closed = true; } };
      await page.reload();
      await until('the page closes the connection', () => closed);
      await connectionSays(page, /The server sent something wrong/);
      assert.ok(await buttonsRest());
      assert.ok(await page.locator('#note').isVisible());
    });
  }
});

it('a message that is new to this page, or tells more than it knows, does no harm', async () => {
  script = {
    messages: [{ ...full, mood: 'calm' }, { ...hello, mood: 'calm' }, { type: 'weather', sun: true },
      { type: 'delta', tick: 6, deltas: [{ ...born, mood: 'calm' }], mood: 'calm' }],
  };
  await page.reload();
  await live(page);
  await until('the delta is shown', async () => (await look(page, 3, 3)).cells === '000\n010\n000');
  assert.ok(!await buttonsRest());
});

it('several ticks in one delta are one picture further', async () => {
  script = { messages: [full, hello, { type: 'delta', tick: 9, deltas: [born] }] };
  await page.reload();
  await live(page);
  await until('the delta is shown', async () => {
    const seen = await look(page, 3, 3);
    return seen.generation === 9 && seen.cells === '000\n010\n000';
  });
});

describe('the page says why the connection ended', () => {
  const tooLarge = { type: 'error', code: 'too_large_for_json', message: 'Too large.' };
  const tooMany = { type: 'error', code: 'rate_limited', message: 'Too many.' };
  for (const { name, messages, close, words } of [
    { name: 'the server ends', messages: [full], close: 1001, words: /Server stopped/ },
    { name: 'the universe is too large', messages: [full, tooLarge], close: 1008, words: /too large for the page/ },
    { name: 'too many commands', messages: [full, tooMany], close: 1008, words: /Too many commands/ },
    { name: 'no reason given', messages: [full], close: 1008, words: /The server closed the connection/ },
    { name: 'this device is too slow', messages: [full], close: 1013, words: /This device did not keep up/ },
    { name: 'anything else', messages: [full], close: 1011, words: /Connection lost/ },
  ]) {
    it(name, async () => {
      script = { messages, close };
      await page.reload();
      await connectionSays(page, words);
      assert.ok(await buttonsRest());
    });
  }
});

it('a server that said goodbye is called stopped until it is back, also when it still lets somebody in', async () => {
  script = { messages: [full], close: 1001 };
  await page.reload();
  await connectionSays(page, /Server stopped/);
  let letIn = 0;
  script = { messages: [], close: 1011, onOpen: () => { letIn += 1; } };
  await until('the page has tried twice', async () => {
    await page.evaluate(() => { dispatchEvent(new Event('online')); });
    return letIn >= 2;
  });
  await connectionSays(page, /Server stopped\s+reconnecting in \d+ s/);
  script = { messages: [full, hello] };
  await live(page);
});
