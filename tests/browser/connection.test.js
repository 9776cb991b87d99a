/** The page is honest about its connection: what is not live is never shown as live. */

import assert from 'node:assert/strict';
import { after, afterEach, before, it } from 'node:test';
import { look, opacity } from './eye.js';
import { FakeServer } from './fake-server.js';
import { soup } from './fake-world.js';
import { RawViewer } from './raw-viewer.js';
import { Server } from './server.js';
import { connectionSays, live, SERVER_GONE, until, Visits } from './visits.js';

/** @typedef {import('playwright-core').Page} Page */

const visits = new Visits();

before(() => visits.begin());
after(() => visits.end());
afterEach(() => visits.close());

/**
 * @param {Page} page
 * @returns {Promise<boolean>} whether the buttons that act on the universe are disabled, and say why
 */
async function buttonsRest(page) {
  const resting = await page.locator('.buttons button').evaluateAll((buttons) => buttons.map((button) => (
    /** @type {HTMLButtonElement} */ (button).disabled
      && /** @type {HTMLButtonElement} */ (button).title === 'Waiting for the connection.')));
  assert.equal(resting.length, 3);
  assert.equal(new Set(resting).size, 1, 'all rest, or none');
  return resting[0] === true;
}

/** @param {Page} page */
async function showsNotLive(page) {
  await page.getByText(/^Not live: generation [\d,]+, \d+ s old$/).waitFor();
  assert.ok(await buttonsRest(page));
  await until('the board is dimmed', async () => await opacity(page) < 0.5);
}

/** @param {Page} page */
async function showsLive(page) {
  await live(page);
  await until('the buttons work', async () => !await buttonsRest(page));
  await until('the board is bright', async () => await opacity(page) === 1);
  await until('nothing else is said over the board', async () => await page.getByText('Not live').count() === 0);
}

/** @type {{signal: NodeJS.Signals, words: RegExp, exitCode: number | null}[]} */
const endings = [
  { signal: 'SIGTERM', words: /Server stopped\s+reconnecting/, exitCode: 0 },
  { signal: 'SIGKILL', words: /(Connection lost|Server unreachable)\s+reconnecting/, exitCode: null },
];
for (const { signal, words, exitCode } of endings) {
  it(`tells when the server ends by ${signal}, and comes back with it`, async (t) => {
    const first = await Server.startFor(t, { interval: 100 });
    const page = await visits.openLive(first.url, { allow: SERVER_GONE });
    await showsLive(page);
    await until('it runs', async () => (await look(page, 8, 8)).generation > 2);

    // The page has just been answered: it sends nothing now that could cross the server's goodbye.
    await connectionSays(page, / · \d+ ms/);
    const endedAt = performance.now();
    assert.equal(await first.end(signal), exitCode);
    await connectionSays(page, words);
    assert.ok(performance.now() - endedAt < 5_000, 'within seconds');
    await showsNotLive(page);
    const kept = await look(page, 8, 8);
    assert.ok(kept.generation > 2, 'the last picture stays');

    await Server.startFor(t, { interval: 100, port: first.port });
    await showsLive(page);
  });
}

it('tries again at once when the button is pressed, the network is back, or the page is looked at', async (t) => {
  const first = await Server.startFor(t);
  const page = await visits.openLive(first.url, {
    allow: SERVER_GONE,
    // Each wait as long as it can be.
    prepare: (visited) => visited.addInitScript(() => { Math.random = () => 0.999; }),
  });
  await first.end();
  const retry = page.getByRole('button', { name: 'Retry now' });
  const waitsLong = () => page.getByText(/reconnecting in 1\d s/).isVisible();
  await until('the waits are long', async () => {
    await retry.click();
    await connectionSays(page, /reconnecting in \d+ s/);
    return await waitsLong();
  });

  let attempts = 0;
  // The browser itself logs each attempt that fails.
  page.on('console', (message) => { attempts += SERVER_GONE.test(message.text()) ? 1 : 0; });
  for (const again of [
    () => retry.click(),
    () => page.evaluate(() => { dispatchEvent(new Event('online')); }),
    () => page.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')); }),
  ]) {
    // By itself the page would not try again before we have given up waiting.
    await until('the wait has just begun', waitsLong);
    const earlier = attempts;
    await again();
    await until('the page tries again', () => attempts > earlier);
  }
});

it('notices a server that is there but says nothing, and when it wakes', async (t) => {
  const server = await Server.startFor(t, { interval: 100 });
  const page = await visits.openLive(server.url, { allow: SERVER_GONE });
  await showsLive(page);
  server.sleep();
  await connectionSays(page, /Stale\s+since 2 s/);
  await showsNotLive(page);
  await connectionSays(page, 'Server silent');
  await showsNotLive(page);
  server.wake();
  await showsLive(page);
});

it('waits longer where large messages may be under way', async (t) => {
  const server = await FakeServer.startFor(t, { width: 256, height: 256, cells: soup(0, 0, 256, 256, 0.4) });
  const page = await visits.openLive(server.url);
  await showsLive(page);
  server.deaf.add('ping');
  clearInterval(server.stats);
  await connectionSays(page, /Stale\s+since 5 s/);
  server.step();
  await showsLive(page);
});

it('gives the keyboard its place back after an interruption', async (t) => {
  const first = await Server.startFor(t);
  const page = await visits.openLive(first.url, { allow: SERVER_GONE });
  const reset = page.getByRole('button', { name: 'Reset' });
  await reset.focus();
  await first.end();
  await showsNotLive(page);
  await Server.startFor(t, { port: first.port });
  await showsLive(page);
  assert.ok(await reset.evaluate((button) => button === document.activeElement));
});

it('shows the server\'s reason when a command is refused', async (t) => {
  const server = await Server.startFor(t);
  const page = await visits.open(server.url, {
    prepare: (visited) => visited.routeWebSocket(/ws$/, (page_) => {
      const onward = page_.connectToServer();
      page_.onMessage((message) => {
        onward.send(String(message).replace('"cmd":"reset"', '"cmd":"dance"'));
      });
    }),
  });
  await live(page);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByText(/^Not done: \S+/).waitFor();
});

it('waits longer and longer between attempts, and no two pages alike', async (t) => {
  const server = await Server.startFor(t);
  const page = await visits.openLive(server.url);
  const [longest, shortest, drawn] = await page.evaluate(async () => {
    const { backoffDelay } = await import(new URL('./static/backoff.js', document.baseURI).href);
    const attempts = [0, 1, 2, 3, 4, 5, 6, 100];
    return [
      attempts.map((attempt) => backoffDelay(attempt, () => 1)),
      attempts.map((attempt) => backoffDelay(attempt, () => 0)),
      new Set(attempts.map(() => backoffDelay(5))).size,
    ];
  });
  assert.deepEqual(longest, [500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  assert.deepEqual(shortest, [0, 0, 0, 0, 0, 0, 0, 0]);
  assert.equal(drawn, 8);
});

it('measures the round trip, and tells the speed as attained', async (t) => {
  const server = await Server.startFor(t, { interval: 100 });
  const raw = await RawViewer.joinFor(t, server.stream);
  const page = await visits.openLive(server.url);
  await connectionSays(page, /Live\s+\d+\.\d generations\/s · \d+ ms/);
  await raw.command('stop');
  await connectionSays(page, /Live\s+0\.0 generations\/s/);
});
