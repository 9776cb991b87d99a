/** What a viewer sets for themselves alone. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { look, opacity } from './eye.js';
import { Proxy } from './proxy.js';
import { RawViewer } from './raw-viewer.js';
import { Server } from './server.js';
import { connectionSays, live, SERVER_ENDED, SERVER_GONE, until, Visits } from './visits.js';

/** @typedef {import('playwright-core').Page} Page */

const FAST_MS = 50;
const CALM_MS = 400;

const visits = new Visits();
/** @type {Server} */
let server;

before(async () => {
  await visits.begin();
  server = await Server.start({ interval: FAST_MS });
});
after(async () => {
  await visits.end();
  await server.end();
});
afterEach(() => visits.close());

it('freezes the view of one page, and nobody else\'s', async (t) => {
  const raw = await RawViewer.joinFor(t, server.stream);
  const frozen = await visits.openLive(server.url);
  const other = await visits.openLive(server.url);
  const freeze = frozen.getByRole('button', { name: 'Freeze my view' });
  await freeze.click();
  const held = await look(frozen, 8, 8);
  await frozen.getByText(`Frozen at generation ${held.generation}`).waitFor();
  assert.equal(await freeze.getAttribute('aria-pressed'), 'true');

  await until('the universe goes on', async () => (await look(other, 8, 8)).generation > held.generation + 10);
  assert.equal(raw.running, true);
  assert.deepEqual(await look(frozen, 8, 8), held);
  await frozen.setViewportSize({ width: 500, height: 700 });
  await until('the page has another shape', async () => {
    const box = await frozen.locator('canvas').boundingBox();
    return box !== null && box.width < 500;
  });
  assert.deepEqual(await look(frozen, 8, 8), held, 'a resize shows the same picture');
  await connectionSays(frozen, /Live/);

  await freeze.click();
  await until('the page has caught up', async () => (await look(frozen, 8, 8)).generation > held.generation + 10);
  assert.equal(await frozen.getByText('Frozen at').count(), 0);
});

/**
 * Notes when the page shows a picture that its worker has painted.
 *
 * @param {Page} page
 */
async function notePictures(page) {
  await page.addInitScript(() => {
    const show = ImageBitmapRenderingContext.prototype.transferFromImageBitmap;
    /** @type {number[]} */
    const times = [];
    Object.assign(window, { pictureTimes: times });
    ImageBitmapRenderingContext.prototype.transferFromImageBitmap = function noted(/** @type {any} */ bitmap) {
      // The time of the display's frame, as a script's own time within it varies.
      times.push(Number(document.timeline.currentTime));
      Reflect.apply(show, this, [bitmap]);
    };
  });
}

/**
 * @param {Page} page
 * @param {number} pictures
 * @returns {Promise<number[]>} milliseconds between so many pictures from now on
 */
async function gaps(page, pictures) {
  const handle = await page.evaluateHandle((count) => {
    const times = /** @type {{pictureTimes: number[]}} */ (/** @type {unknown} */ (window)).pictureTimes;
    const from = times.length;
    return new Promise((resolve) => {
      const wait = () => (times.length < from + count ? requestAnimationFrame(wait) : resolve(times.slice(from)));
      wait();
    });
  }, pictures);
  const times = /** @type {number[]} */ (await handle.jsonValue());
  return times.slice(1).map((time, i) => time - Number(times[i]));
}

describe('fewer pictures', () => {
  it('are not drawn unless wished for', async () => {
    const page = await visits.openLive(server.url, { prepare: notePictures });
    assert.ok(Math.min(...await gaps(page, 10)) < CALM_MS / 2);
  });

  it('are drawn when the system asks for reduced motion, one in 400 ms at most', async () => {
    const page = await visits.openLive(server.url, {
      context: { reducedMotion: 'reduce' }, prepare: notePictures,
    });
    const button = page.getByRole('button', { name: 'Fewer pictures' });
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    assert.ok(await button.isDisabled());
    assert.match(String(await button.getAttribute('title')), /reduced motion/);
    const seen = await gaps(page, 6);
    assert.ok(Math.min(...seen) >= CALM_MS - 1, `gaps of ${seen}`);
    assert.ok(Math.max(...seen) < 4 * CALM_MS, `gaps of ${seen}`);
  });

  it('are drawn when the viewer asks, and the browser remembers', async () => {
    const page = await visits.openLive(server.url, { prepare: notePictures });
    const button = page.getByRole('button', { name: 'Fewer pictures' });
    await button.click();
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await page.reload();
    await live(page);
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    const seen = await gaps(page, 4);
    assert.ok(Math.min(...seen) >= CALM_MS - 1, `gaps of ${seen}`);
    await button.click();
    await page.reload();
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
  });

  it('are forgotten without harm where nothing may be stored', async () => {
    const page = await visits.openLive(server.url, {
      prepare: (visited) => visited.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
      }),
    });
    const button = page.getByRole('button', { name: 'Fewer pictures' });
    await button.click();
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
  });
});

describe('a kiosk', () => {
  it('shows the board and nothing else', async () => {
    const page = await visits.open(`${server.url}?kiosk=1`);
    await page.locator('html[data-connection="live"]').waitFor();
    assert.equal(await page.locator('button:visible, h2:visible, dl:visible').count(), 0);
    assert.ok(!await page.getByRole('region', { name: 'Connection' }).isVisible());
    const title = await page.locator('.brand').boundingBox();
    assert.ok(title && title.width <= 1 && title.height <= 1, 'the title is for screen readers alone');
    const box = await page.locator('canvas').boundingBox();
    assert.deepEqual(box, { x: (1366 - 768) / 2, y: 0, width: 768, height: 768 });
    await until('it runs', async () => (await look(page, 8, 8)).generation > 2);
  });

  it('tells of trouble', async (t) => {
    const own = await Server.startFor(t);
    const page = await visits.open(`${own.url}?kiosk=1`, { allow: SERVER_GONE });
    await page.locator('html[data-connection="live"]').waitFor();
    await own.end();
    await connectionSays(page, SERVER_ENDED);
    await page.getByText('Not live').waitFor();
    await page.getByRole('button', { name: 'Retry now' }).waitFor();
    await until('the board is dimmed', async () => await opacity(page) < 0.5);
  });
});

describe('fullscreen', () => {
  it('is entered and left with one button, and with F on the board', async () => {
    const page = await visits.openLive(server.url);
    const full = () => page.evaluate(() => document.fullscreenElement !== null);
    await page.getByRole('button', { name: 'Fullscreen' }).click();
    await until('it is fullscreen', full);
    await page.getByRole('button', { name: 'Leave fullscreen' }).click();
    await until('it is no longer', async () => !await full());
    await page.locator('canvas').focus();
    await page.keyboard.press('f');
    await until('it is fullscreen again', full);
  });

  it('is not offered where the browser has none', async () => {
    const page = await visits.openLive(server.url, {
      prepare: (visited) => visited.addInitScript(() => {
        Object.defineProperty(document, 'fullscreenEnabled', { get: () => false });
      }),
    });
    assert.equal(await page.getByRole('button', { name: /fullscreen/i }).count(), 0);
    assert.ok(!await page.getByText('fullscreen').isVisible());
  });
});

it('works behind a reverse proxy with a base path', async (t) => {
  const proxy = await Proxy.startFor(t, '/life/');
  const hidden = await Server.startFor(t, { interval: FAST_MS, allowOrigin: proxy.origin });
  proxy.target = hidden.port;
  const page = await visits.openLive(`${proxy.origin}/life/?from=elsewhere#here`);
  await until('it runs', async () => (await look(page, 8, 8)).generation > 2);
});
