/** Who may steer, and who watches: told in words, changed at once, and opened with a PIN. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FakeServer } from './fake-server.js';
import { drawn } from './fake-world.js';
import { press, zoomInTo } from './telescope.js';
import { live, SERVER_GONE, until, Visits } from './visits.js';

/** @typedef {import('playwright-core').Page} Page */

const visits = new Visits();
/** @type {string} */
let axe;

before(async () => {
  await visits.begin();
  axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
});
after(() => visits.end());
afterEach(() => visits.close());

const small = { width: 8, height: 8, cells: drawn(['.O', '..O', 'OOO'], 1, 1) };

/** @param {Page} page @param {boolean} may */
async function steers(page, may) {
  await until(may ? 'the buttons work' : 'the buttons rest', async () => (
    await page.locator('.buttons button:disabled').count() === (may ? 0 : 3)));
}

/** @param {Page} page @param {string} digits */
async function enter(page, digits) {
  await page.getByRole('textbox', { name: 'PIN' }).fill(digits);
  await page.keyboard.press('Enter');
}

it('a watcher is told why nothing can be pressed, and when that changes', async (t) => {
  const server = await FakeServer.startFor(t, { ...small, lan: 'watch' });
  const page = await visits.openLive(server.url);
  await page.getByText('The host lets you watch.', { exact: true }).waitFor();
  await steers(page, false);
  const stop = page.getByRole('button', { name: 'Stop' });
  assert.equal(await stop.getAttribute('title'), 'The host lets you watch.');
  assert.ok(!await page.getByRole('button', { name: 'Enter PIN' }).isVisible());
  await page.locator('#board').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('.');
  await press(page, 'Zoom in');

  server.change('operate');
  await steers(page, true);
  assert.equal(await page.getByText('The host lets you watch').count(), 0);
  assert.deepEqual(server.heard.filter(({ cmd }) => cmd === 'stop' || cmd === 'step'), []);
  await stop.click();
  await page.getByText('Stopped by').waitFor();

  server.change('pin');
  await page.getByRole('button', { name: 'Enter PIN' }).waitFor();
  await steers(page, false);
});

it('a PIN makes an operator, also after the server was gone', async (t) => {
  const server = await FakeServer.startFor(t, { ...small, lan: 'pin' });
  const page = await visits.openLive(server.url, { allow: SERVER_GONE });
  await steers(page, false);
  await press(page, 'Enter PIN');
  const field = page.getByRole('textbox', { name: 'PIN' });
  assert.equal(await field.getAttribute('inputmode'), 'numeric');
  assert.equal(await field.getAttribute('autocomplete'), 'off');
  assert.ok(await field.evaluate((input) => input === document.activeElement));
  await enter(page, '');
  await page.getByText('Enter the PIN first.').waitFor();
  await enter(page, '654321');
  await page.getByText('That is not the PIN.').waitFor();
  await steers(page, false);
  await enter(page, '123456');
  await steers(page, true);
  assert.ok(!await page.getByRole('dialog').isVisible());
  assert.ok(!await page.getByRole('button', { name: 'Enter PIN' }).isVisible());

  await server.end();
  await until('it is noticed', async () => await page.locator('html').getAttribute('data-connection') !== 'live');
  const again = await FakeServer.startFor(t, { ...small, lan: 'pin', port: server.port });
  await live(page);
  await steers(page, true);
  assert.deepEqual(again.commands('pin').map(({ pin }) => pin), ['123456']);
  assert.equal(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])), '[{},{}]');
});

it('a PIN that has changed is asked for anew', async (t) => {
  const server = await FakeServer.startFor(t, { ...small, lan: 'pin' });
  const page = await visits.openLive(server.url, { allow: SERVER_GONE });
  await press(page, 'Enter PIN');
  await enter(page, '123456');
  await steers(page, true);
  await server.end();
  await until('it is noticed', async () => await page.locator('html').getAttribute('data-connection') !== 'live');
  const again = await FakeServer.startFor(t, { ...small, lan: 'pin', port: server.port });
  again.pin = '777777';
  await live(page);
  await until('it was tried', () => again.commands('pin').length === 1);
  await steers(page, false);
  await press(page, 'Enter PIN');
  await enter(page, '777777');
  await steers(page, true);
});

it('after too many wrong ones the page counts down', async (t) => {
  const server = await FakeServer.startFor(t, { ...small, lan: 'pin' });
  const page = await visits.openLive(server.url);
  server.pinPause = 3;
  await press(page, 'Enter PIN');
  await enter(page, '111111');
  await page.getByText(/Too many wrong PINs\. Try again in [123] s\./).waitFor();
  server.pinPause = 0;
  await page.keyboard.press('Enter');
  assert.equal(server.commands('pin').length, 1, 'nothing is sent while it waits');
  await page.getByText('Too many wrong PINs.').waitFor({ state: 'hidden' });
  await enter(page, '123456');
  await steers(page, true);
});

it('the dialog closes by itself when no PIN is wanted any more', async (t) => {
  const server = await FakeServer.startFor(t, { ...small, lan: 'pin' });
  const page = await visits.openLive(server.url);
  await press(page, 'Enter PIN');
  await page.getByRole('dialog').waitFor();
  server.change('operate');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await steers(page, true);
});

describe('axe finds nothing wrong, and nothing is cut off', () => {
  for (const [width, height] of /** @type {[number, number][]} */ ([[320, 568], [1366, 768], [3840, 2160]])) {
    for (const colorScheme of /** @type {('light' | 'dark')[]} */ (['light', 'dark'])) {
      it(`with a watcher near to a large universe, ${width} by ${height}, ${colorScheme}`, async (t) => {
        const server = await FakeServer.startFor(t, { ...small, width: 3000, height: 2000, lan: 'pin' });
        const page = await visits.openLive(server.url, {
          context: { viewport: { width, height }, colorScheme, bypassCSP: true, reducedMotion: 'reduce' },
        });
        await zoomInTo(page, 6);
        await page.evaluate(axe);
        for (const dialog of [false, true]) {
          if (dialog) {
            await press(page, 'Enter PIN');
            await enter(page, '1');
            await page.getByText('That is not the PIN.').waitFor();
          }
          const found = await page.evaluate(() => /** @type {any} */ (window).axe.run());
          assert.deepEqual(found.violations.map((/** @type {any} */ { id, nodes }) => (
            `${id}: ${nodes.map((/** @type {any} */ node) => node.html).join('\n')}`)), []);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
          const buttons = await page.locator('button:visible').evaluateAll((all) => all.map((button) => ({
            words: button.getAttribute('aria-label') ?? button.textContent?.trim(),
            width: button.getBoundingClientRect().width, height: button.getBoundingClientRect().height,
            cutOff: button.scrollWidth > button.clientWidth,
          })));
          assert.ok(buttons.length >= 13);
          assert.deepEqual(buttons.filter((box) => box.width < 44 || box.height < 44 || box.cutOff), []);
        }
      });
    }
  }
});
