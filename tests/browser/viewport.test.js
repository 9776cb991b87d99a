/** Any universe through a window: what the server is asked for, and what is made of its answers. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { figure, look } from './eye.js';
import { FakeServer } from './fake-server.js';
import { drawn, soup } from './fake-world.js';
import { middle, pointAt, press, showsTheCells, zoomInTo } from './telescope.js';
import { connectionSays, SERVER_GONE, until, Visits } from './visits.js';

const SIDE = 2048;

const visits = new Visits();
/** @type {FakeServer} */
let server;

before(() => visits.begin());
after(() => visits.end());
afterEach(() => visits.close());

/** @param {import('node:test').TestContext} t @param {import('./fake-server.js').FakeOptions} [options] */
async function largeFor(t, options = {}) {
  server = await FakeServer.startFor(t, {
    width: SIDE, height: SIDE, cells: soup(900, 900, 250, 250, 0.4), ...options,
  });
  return server;
}

/**
 * Until everything that the page has to ask for is asked, and has come: what it sends comes in order.
 *
 * @param {import('playwright-core').Page} page
 */
async function hasAsked(page) {
  await page.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')); });
  const steps = server.commands('step').length;
  await press(page, 'Step');
  await until('all has come', () => server.commands('step').length > steps);
}

it('lonely life shows however far away, and is no larger than it is', async (t) => {
  await largeFor(t, { width: 65536, height: 65536, cells: drawn(['.O', '..O', 'OOO'], 32768, 32768) });
  const page = await visits.openLive(server.url);
  await until('the level of the distance is asked for', () => server.commands('view').at(-1)?.['level'] === 7);
  await until('it shows, and nothing else does', async () => {
    const seen = await pointAt(page, [[0.501, 0.501], [0.49, 0.5], [0.51, 0.5], [0.5, 0.49], [0.1, 0.9]]);
    return seen.map(({ shows }) => shows).join(' ') === 'else dead dead dead dead';
  });
  assert.equal(await figure(page, 'Size'), '65536 × 65536');
  assert.equal(await figure(page, 'Population'), '5');
  await zoomInTo(page, 1);
  await until('cells are asked for', () => server.commands('view').at(-1)?.['level'] === 0);
});

it('a view that moves a little needs nothing, and never more than it shows', async (t) => {
  await largeFor(t);
  const page = await visits.openLive(server.url);
  await zoomInTo(page, 6);
  await showsTheCells(page, server.world);
  await hasAsked(page);
  const asked = server.commands('view').length;
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 25, y + 25, { steps: 5 });
  await page.mouse.up();
  await showsTheCells(page, server.world);
  await hasAsked(page);
  assert.equal(server.commands('view').length, asked);
});

describe('of a universe that changes', () => {
  it('a frame that is lost is noticed, told once, and made good', async (t) => {
    await largeFor(t, { width: 64, height: 64, cells: soup(0, 0, 64, 64, 0.4) });
    const page = await visits.openLive(server.url);
    await showsTheCells(page, server.world);
    server.world.step();
    server.seq += 1;
    server.viewers.forEach((viewer) => viewer.lose());
    server.step();
    server.step();
    await until('it is asked for again', () => server.commands('resync').length === 1);
    await until('the present is shown', async () => await figure(page, 'Generation') === '3');
    await showsTheCells(page, server.world);
    server.step();
    await until('and what follows', async () => await figure(page, 'Generation') === '4');
    await showsTheCells(page, server.world);
    assert.equal(server.commands('resync').length, 1);
    await connectionSays(page, 'Live');
  });

  it('a frame that is nonsense ends the connection', async (t) => {
    await largeFor(t, { width: 64, height: 64 });
    const page = await visits.openLive(server.url);
    server.viewers.forEach((viewer) => viewer.send(Buffer.from([1, 2, 3])));
    await connectionSays(page, /The server sent something wrong/);
    await connectionSays(page, 'Live', 20_000);
  });

  it('another size is shown whole', async (t) => {
    await largeFor(t);
    const page = await visits.openLive(server.url);
    await zoomInTo(page, 6);
    server.load(32, 16, drawn(['.O', '..O', 'OOO'], 3, 3));
    await until('all of it is shown', async () => await page.locator('#where').innerText() === 'All of it'
      && (await look(page, 32, 16)).cells.replaceAll(/[^1]/g, '').length === 5);
    server.load(SIDE, SIDE, soup(900, 900, 250, 250, 0.4));
    await until('and of the next', async () => await figure(page, 'Size') === '2048 × 2048');
    await zoomInTo(page, 6);
    await showsTheCells(page, server.world);
  });

  it('a frozen view asks for nothing, and then for the present', async (t) => {
    await largeFor(t, { width: 64, height: 64, cells: soup(0, 0, 64, 64, 0.4) });
    const page = await visits.openLive(server.url);
    await showsTheCells(page, server.world);
    const held = (await look(page, 64, 64)).cells;
    await press(page, 'Freeze my view');
    await until('it is paused', () => server.commands('view').at(-1)?.['paused'] === true);
    server.step();
    assert.equal((await look(page, 64, 64)).cells, held);
    await press(page, 'Freeze my view');
    await until('the present is shown', async () => await figure(page, 'Generation') === '1');
    await showsTheCells(page, server.world);
  });

  it('a page that nobody sees asks for nothing either', async (t) => {
    await largeFor(t, { width: 64, height: 64, cells: soup(0, 0, 64, 64, 0.4) });
    const page = await visits.openLive(server.url);
    await showsTheCells(page, server.world);
    /** @param {string} state */
    const become = (state) => page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    await become('hidden');
    await until('it is paused', () => server.commands('view').at(-1)?.['paused'] === true);
    server.step(3);
    await become('visible');
    await until('the present is shown', async () => await figure(page, 'Generation') === '3');
    await showsTheCells(page, server.world);
  });

  it('fewer pictures are asked for under reduced motion', async (t) => {
    await largeFor(t, { width: 64, height: 64 });
    await visits.openLive(server.url, { context: { reducedMotion: 'reduce' } });
    await until('the server is told', () => server.commands('view').at(-1)?.['maxFps'] === 2);
  });
});

describe('without what a browser may lack', () => {
  for (const name of ['Worker', 'OffscreenCanvas', 'ImageBitmapRenderingContext']) {
    it(`the page decodes and paints by itself: no ${name}`, async (t) => {
      await largeFor(t);
      const page = await visits.openLive(server.url, {
        prepare: (visited) => visited.addInitScript((missing) => {
          Reflect.deleteProperty(window, missing);
        }, name),
      });
      await zoomInTo(page, 6);
      await showsTheCells(page, server.world);
      server.step();
      await until('the next generation is shown', async () => await figure(page, 'Generation') === '1');
      await showsTheCells(page, server.world);
    });
  }

  it('a server of before is understood', async (t) => {
    await largeFor(t, { binary: false, width: 64, height: 64, cells: soup(0, 0, 64, 64, 0.4) });
    const page = await visits.openLive(server.url, { allow: SERVER_GONE });
    await showsTheCells(page, server.world);
    server.step();
    await until('the next generation is shown', async () => await figure(page, 'Generation') === '1');
    await zoomInTo(page, 20);
    await showsTheCells(page, server.world);
    assert.equal(server.commands('view').length, 0);
    assert.equal(server.commands('resync').length, 0);
  });
});
