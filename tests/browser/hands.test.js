/** Every kind of hand moves the board: mouse, keys, fingers, and buttons for all that they can. */

import assert from 'node:assert/strict';
import { after, afterEach, before, it } from 'node:test';
import { figure } from './eye.js';
import { FakeServer } from './fake-server.js';
import { soup } from './fake-world.js';
import { middle, pointAt, press, showsTheCells, zoom, zoomInTo } from './telescope.js';
import { until, Visits } from './visits.js';

const SIDE = 2048;

const visits = new Visits();
/** @type {FakeServer} */
let server;

before(async () => {
  await visits.begin();
});
after(() => visits.end());
afterEach(() => visits.close());

/** @param {import('node:test').TestContext} t */
async function largeFor(t) {
  server = await FakeServer.startFor(t, { width: SIDE, height: SIDE, cells: soup(900, 900, 250, 250, 0.4) });
  return server;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {number} across
 * @param {number} down
 */
async function at(page, across, down) {
  const [seen] = await pointAt(page, [[across, down]]);
  assert.ok(seen);
  return seen;
}

it('a mouse zooms at its arrow, and drags', async (t) => {
  await largeFor(t);
  const page = await visits.openLive(server.url);
  await until('it shows all of it', async () => await zoom(page) < 0.4);
  const there = await at(page, 0.49, 0.48);
  const box = await page.locator('#board').boundingBox();
  assert.ok(box);
  await page.mouse.move(Math.floor(box.x + box.width * 0.49), Math.floor(box.y + box.height * 0.48));
  await until('it is near', async () => {
    await page.mouse.wheel(0, -120);
    return await zoom(page) >= 6;
  });
  const here = await at(page, 0.49, 0.48);
  assert.ok(Math.abs(here.x - there.x) <= 4 && Math.abs(here.y - there.y) <= 4,
    `${there.x}, ${there.y} became ${here.x}, ${here.y}`);
  await showsTheCells(page, server.world);

  const from = await middle(page);
  const held = await at(page, 0.5, 0.5);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 40, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(from.x + 60, from.y + 40);
  const cell = `Cell ${held.x}, ${held.y}`;
  await until('the cell has followed the hand', async () => await page.locator('#where').innerText() === cell);
  await showsTheCells(page, server.world);

  const view = server.commands('view').at(-1);
  assert.ok(view && view['level'] === 0 && view['w'] < SIDE / 2, JSON.stringify(view));
  server.step();
  await until('the next generation is shown', async () => await figure(page, 'Generation') === '1');
  await showsTheCells(page, server.world);

  await page.mouse.dblclick(from.x, from.y);
  await until('a double click zooms', async () => await zoom(page) >= 10);
  await until('the wheel leads back', async () => {
    await page.mouse.wheel(0, 480);
    return await page.locator('#move').isHidden();
  });
  assert.ok(await zoom(page) < 0.4);
});

it('keys zoom and move, and 0 shows all of it', async (t) => {
  await largeFor(t);
  const page = await visits.openLive(server.url);
  await page.locator('#board').focus();
  const fitted = await zoom(page);
  await until('it is near', async () => {
    await page.keyboard.press('+');
    return await zoom(page) >= 8;
  });
  const where = () => page.locator('#where').innerText();
  const start = await where();
  for (const [key, back] of /** @type {[string, string][]} */ ([
    ['ArrowRight', 'ArrowLeft'], ['ArrowUp', 'ArrowDown'],
  ])) {
    await page.keyboard.press(key);
    await until(`${key} moves`, async () => await where() !== start);
    await page.keyboard.press(back);
    await until(`${back} moves back`, async () => await where() === start);
  }
  const near = await zoom(page);
  await page.keyboard.press('-');
  await until('− zooms out', async () => await zoom(page) < near);
  await page.keyboard.press('0');
  await until('0 shows all of it', async () => await where() === 'All of it' && await zoom(page) === fitted);
  assert.equal(await page.evaluate(() => scrollY), 0);
});

it('every gesture has a button', async (t) => {
  await largeFor(t);
  const page = await visits.openLive(server.url);
  assert.ok(!await page.getByRole('button', { name: 'Move left' }).isVisible(), 'there is nowhere to go');
  assert.equal(await page.getByRole('button', { name: 'Zoom out' }).getAttribute('aria-disabled'), 'true');
  await zoomInTo(page, 6);
  const where = () => page.locator('#where').innerText();
  for (const name of ['Move left', 'Move up', 'Move right', 'Move down']) {
    const before_ = await where();
    await press(page, name);
    await until(`${name} does`, async () => await where() !== before_);
  }
  await showsTheCells(page, server.world);
  await zoomInTo(page, 64);
  const nearer = page.getByRole('button', { name: 'Zoom in' });
  await until('it is as near as it gets', async () => await nearer.getAttribute('aria-disabled') === 'true');
  await press(page, 'Show all of it');
  await until('it shows all of it', async () => await where() === 'All of it');
});

it('fingers drag, pinch and tap twice', async (t) => {
  await largeFor(t);
  const page = await visits.openLive(server.url, {
    context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  });
  const session = await page.context().newCDPSession(page);
  const { x, y } = await middle(page);
  /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {...[number, number]} places */
  const touch = (type, ...places) => session.send('Input.dispatchTouchEvent', {
    type, touchPoints: places.map(([px, py], id) => ({ x: px, y: py, id })),
  });
  const fitted = await zoom(page);
  await touch('touchStart', [x - 20, y], [x + 20, y]);
  for (let apart = 30; apart <= 150; apart += 15) {
    await touch('touchMove', [x - apart, y], [x + apart, y]);
  }
  await touch('touchEnd');
  await until('it is nearer', async () => await zoom(page) > 4 * fitted);
  assert.ok(await zoom(page) < 12 * fitted, 'as far as the fingers went');

  const where = () => page.locator('#where').innerText();
  const before_ = await where();
  await touch('touchStart', [x, y]);
  await touch('touchMove', [x + 40, y + 30]);
  await touch('touchMove', [x + 80, y + 60]);
  await touch('touchEnd');
  await until('it has moved', async () => await where() !== before_);
  const near = await zoom(page);
  for (let tap = 0; tap < 2; tap += 1) {
    await touch('touchStart', [x, y]);
    await touch('touchEnd');
  }
  await until('two taps zoom', async () => await zoom(page) > 1.5 * near);
  assert.equal(await page.evaluate(() => visualViewport?.scale), 1, 'the page itself is not zoomed');
  assert.equal(await page.evaluate(() => scrollY), 0, 'nor scrolled');
});
