/** For every hand, eye and ear: keyboard, small screens, screen readers, colours. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { look } from './eye.js';
import { RawViewer } from './raw-viewer.js';
import { Server } from './server.js';
import { connectionSays, live, SERVER_ENDED, SERVER_GONE, until, Visits } from './visits.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContextOptions} ContextOptions */

const visits = new Visits();
/** For pages that serve several tests. */
const lasting = new Visits();
/** @type {Server} */
let server;
/** @type {string} */
let axe;

before(async () => {
  await visits.begin();
  await lasting.begin();
  server = await Server.start({ interval: 100 });
  axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
});
after(async () => {
  await lasting.close();
  await lasting.end();
  await visits.end();
  await server.end();
});
afterEach(() => visits.close());

describe('by keyboard alone', () => {
  it('the board starts, stops and steps', async (t) => {
    const raw = await RawViewer.joinFor(t, server.stream);
    await raw.command('start');
    const page = await visits.openLive(server.url);
    const onBoard = () => page.evaluate(() => document.activeElement?.id === 'board');
    for (let presses = 0; presses < 5 && !await onBoard(); presses += 1) {
      await page.keyboard.press('Tab');
    }
    assert.ok(await onBoard());
    assert.equal(await page.locator('#board').evaluate((board) => getComputedStyle(board).outlineStyle), 'solid');

    /** @param {string} name a key does nothing while its button cannot be pressed */
    const ready = (name) => until(`${name} can be pressed`, () => page.getByRole('button', { name }).isEnabled());
    await ready('Stop');
    await page.keyboard.press('Space');
    await until('it stops', () => !raw.running);
    const { tick } = raw;
    await ready('Start');
    await page.keyboard.press('.');
    await until('it has gone one step', async () => (await look(page, 8, 8)).generation === tick + 1);
    assert.equal(await page.evaluate(() => scrollY), 0);
    await ready('Start');
    await page.keyboard.press('Space');
    await until('it starts', () => raw.running);
    await page.keyboard.press('Control+Space');
    await page.keyboard.press('x');
    assert.equal(raw.running, true);
  });

  it('every control can be reached, in the order it is read', async () => {
    const page = await visits.openLive(server.url);
    await until('the buttons work', () => page.getByRole('button', { name: 'Reset' }).isEnabled());
    const names = [];
    // Where the browser begins is its own affair; from the last control it passes by the page itself.
    for (let presses = 0; presses < 20 && names.length < 10; presses += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const { activeElement, body } = document;
        return activeElement === body ? undefined
          : activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim();
      });
      if (name !== undefined) {
        names.push(name);
      }
    }
    names.unshift(...names.splice(names.indexOf('Fullscreen')));
    assert.deepEqual(names, [
      'Fullscreen', 'The universe', 'Stop', 'Step', 'Reset', 'Zoom out', 'Zoom in', 'Show all of it',
      'Freeze my view', 'Fewer pictures',
    ]);
  });
});

describe('on every screen', () => {
  /** @type {Page} */
  let page;
  before(async () => { page = await lasting.openLive(server.url); });

  for (const [width, height] of /** @type {[number, number][]} */ ([
    [320, 568], [390, 844], [844, 390], [820, 1180], [1366, 768], [3840, 2160],
  ])) {
    it(`of ${width} by ${height} nothing is cut off or too small to touch`, async () => {
      await page.setViewportSize({ width, height });
      await until('nothing is to be scrolled sideways', () => page.evaluate((across) => (
        innerWidth === across && document.documentElement.scrollWidth === across), width));
      const buttons = await page.locator('button:visible').evaluateAll((all) => all.map((button) => ({
        words: button.textContent?.trim(), box: button.getBoundingClientRect().toJSON(),
        cutOff: button.scrollWidth > button.clientWidth,
      })));
      assert.ok(buttons.length >= 6);
      for (const { words, box, cutOff } of buttons) {
        assert.ok(box.width >= 44 && box.height >= 44, `${words} is ${box.width} by ${box.height}`);
        assert.ok(box.left >= 0 && box.right <= width, `${words} ends at ${box.right}`);
        assert.ok(!cutOff, `${words} is cut off`);
      }
      await until('the whole board is seen at once, and is large', async () => {
        const board = await page.locator('canvas').boundingBox();
        return board !== null && board.y + board.height <= height && board.width >= 0.6 * Math.min(width, height);
      });
    });
  }

  it('of 320 by 568 the trouble fits, too', async (t) => {
    const own = await Server.startFor(t);
    const phone = await visits.openLive(own.url, {
      context: { viewport: { width: 320, height: 568 } }, allow: SERVER_GONE,
    });
    await own.end();
    await connectionSays(phone, SERVER_ENDED);
    const box = await phone.getByRole('button', { name: 'Retry now' }).boundingBox();
    assert.ok(box && box.width >= 44 && box.height >= 44 && box.x + box.width <= 320);
    assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 320);
  });

  for (const deviceScaleFactor of [1.5, 2, 3]) {
    it(`a cell is a whole number of pixels, ${deviceScaleFactor} to a CSS pixel`, async () => {
      const phone = await visits.openLive(server.url, {
        context: { viewport: { width: 375, height: 667 }, deviceScaleFactor },
      });
      const size = await phone.locator('canvas').evaluate((canvas) => {
        const board = /** @type {HTMLCanvasElement} */ (canvas);
        return { width: board.width, shown: board.getBoundingClientRect().width };
      });
      assert.equal(size.width % 8, 0);
      assert.ok(Math.abs(size.shown * deviceScaleFactor - size.width) < 0.1);
      assert.match((await look(phone, 8, 8)).cells, /1/);
    });
  }
});

describe('to a screen reader', () => {
  it('the board is a picture with a name and a summary', async (t) => {
    const raw = await RawViewer.joinFor(t, server.stream);
    await raw.command('stop');
    const page = await visits.openLive(server.url);
    await page.getByRole('img', { name: 'The universe' }).waitFor();
    const id = await page.locator('canvas').getAttribute('aria-describedby');
    const summary = `8 by 8 cells, stopped, generation ${raw.tick.toLocaleString('en')}, population ${raw.population}.`;
    await until('the summary is right', async () => await page.locator(`#${id}`).textContent() === summary);
    await raw.command('start');
  });

  it('changes are said politely and at once, figures at most every ten seconds', async (t) => {
    const raw = await RawViewer.joinFor(t, server.stream);
    await raw.command('start');
    const page = await visits.open(server.url, { prepare: (visited) => visited.clock.install() });
    await live(page);
    const line = page.getByRole('status');
    assert.equal(await line.getAttribute('aria-live'), 'polite');
    await line.filter({ hasText: 'Live' }).waitFor();
    const figures = page.locator('#spoken-figures');
    await until('the figures are said', async () => await figures.textContent() !== '');
    const said = String(await figures.textContent());
    assert.match(said, /^8 by 8 cells, .*generation \d+, population \d+\.$/);

    const { tick } = raw;
    await until('many generations have passed', () => raw.tick > tick + 15);
    assert.equal(await figures.textContent(), said);
    await raw.command('stop');
    await line.filter({ hasText: 'Stopped by 127.0.0.1' }).waitFor();
    assert.equal(await figures.textContent(), said);
    await raw.command('start');
    await line.filter({ hasText: 'Started by 127.0.0.1' }).waitFor();
    await page.clock.fastForward(10_000);
    await until('the figures are said again', async () => await figures.textContent() !== said);
  });
});

/** @param {Page} page */
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => /** @type {any} */ (window).axe.run());
  assert.ok(found.passes.length > 20, 'axe has looked at the page');
  return found.violations.map((/** @type {any} */ { id, nodes }) => (
    `${id}: ${nodes.map((/** @type {any} */ node) => `${node.html} ${node.failureSummary}`).join('\n')}`));
}

describe('axe finds nothing wrong', () => {
  /** @type {Page} */
  let page;
  before(async () => {
    // Reduced motion, so that no colour is caught on its way to another.
    page = await lasting.openLive(server.url, { context: { bypassCSP: true, reducedMotion: 'reduce' } });
  });

  for (const [name, media, viewport = { width: 1366, height: 768 }, path = ''] of /** @type {[string,
    Parameters<Page['emulateMedia']>[0], {width: number, height: number}?, string?][]} */ ([
    ['in the light', { colorScheme: 'light', forcedColors: 'none' }],
    ['in the dark', { colorScheme: 'dark', forcedColors: 'none' }],
    ['in forced colours', { colorScheme: 'light', forcedColors: 'active' }],
    ['in forced colours in the dark', { colorScheme: 'dark', forcedColors: 'active' }],
    ['on a phone', { colorScheme: 'light', forcedColors: 'none' }, { width: 320, height: 568 }],
    ['in a kiosk', { colorScheme: 'light', forcedColors: 'none' }, { width: 1366, height: 768 }, '?kiosk=1'],
  ])) {
    it(name, async () => {
      await page.emulateMedia(media);
      await page.setViewportSize(viewport);
      await page.goto(server.url + path);
      await page.locator('html[data-connection="live"]').waitFor();
      assert.deepEqual(await violations(page), []);
    });
  }

  for (const colorScheme of /** @type {('light' | 'dark')[]} */ (['light', 'dark'])) {
    it(`with a frozen view of a server that is gone, ${colorScheme}`, async (t) => {
      const own = await Server.startFor(t);
      const left = await visits.openLive(own.url, { context: { colorScheme, bypassCSP: true }, allow: SERVER_GONE });
      await left.getByRole('button', { name: 'Freeze my view' }).click();
      await own.end();
      await connectionSays(left, SERVER_ENDED);
      assert.deepEqual(await violations(left), []);
    });
  }
});
