/** One universe for everybody: what one page does, every page shows. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { figure, look } from './eye.js';
import { RawViewer } from './raw-viewer.js';
import { Server } from './server.js';
import { pointAt, press, zoomInTo } from './telescope.js';
import { until, Visits } from './visits.js';

const visits = new Visits();
/** @type {Server} */
let server;
/** @type {RawViewer} */
let raw;

before(() => visits.begin());
after(() => visits.end());
afterEach(() => visits.close());

/**
 * A soup that is the same in every run.
 *
 * @param {number} width
 * @param {number} height
 */
function soup(width, height) {
  let seed = 12345;
  return Array.from({ length: height }, () => Array.from({ length: width }, () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed > 1288490188 ? 'O' : '.';
  }).join(''));
}

for (const [width, height] of /** @type {[number, number][]} */ ([[24, 24], [40, 12], [9, 30]])) {
  describe(`a universe of ${width} by ${height}`, () => {
    before(async () => {
      server = await Server.start({ size: `${width}x${height}`, interval: 50, stopped: true });
      raw = await RawViewer.join(server.stream);
    });
    after(async () => {
      await raw.leave();
      assert.equal(await server.end(), 0);
    });

    it('is the same in pages that came at different times and in an independent viewer', async () => {
      await raw.draw(soup(width, height));
      const early = await visits.openLive(server.url);
      await raw.command('start');
      await until('ten generations have passed', () => raw.tick >= 10);
      const late = await visits.openLive(server.url);

      for (const page of [early, late]) {
        let seen = await look(page, width, height);
        await until('the page shows ten more', async () => {
          seen = await look(page, width, height);
          return seen.generation >= 20;
        });
        assert.equal(seen.cells, raw.history.get(seen.generation));
        assert.equal(seen.population, seen.cells.replaceAll(/[^1]/g, '').length);
      }

      const box = await early.locator('canvas').evaluate((canvas) => {
        const { width: across, height: down } = /** @type {HTMLCanvasElement} */ (canvas);
        const shown = canvas.getBoundingClientRect();
        return { across, down, shownAcross: shown.width, shownDown: shown.height };
      });
      assert.equal(box.across / width, box.down / height, 'cells are square');
      assert.equal(box.across % width, 0, 'of whole pixels');
      assert.equal(box.shownAcross, box.across);
      assert.equal(box.shownDown, box.down);
    });
  });
}

it('a universe that JSON could not carry is the same in two pages, from near and from far', async (t) => {
  server = await Server.startFor(t, { size: '400x300', interval: 100, stopped: true });
  const one = await visits.openLive(server.url);
  const other = await visits.openLive(server.url);
  for (let generation = 1; generation <= 5; generation += 1) {
    await one.getByRole('button', { name: 'Step' }).click();
    for (const page of [one, other]) {
      await until('both go on', async () => (await look(page, 400, 300)).generation === generation);
    }
    const seen = await look(one, 400, 300);
    assert.equal(seen.cells.replaceAll(/[^1]/g, '').length, seen.population);
    assert.deepEqual(await look(other, 400, 300), seen);
  }
  await zoomInTo(other, 10);
  // The glider begins in the upper left corner.
  await until('it is seen', async () => {
    await press(other, 'Move left');
    await press(other, 'Move up');
    return (await other.locator('#where').innerText()).startsWith('0, 0 to');
  });
  await one.getByRole('button', { name: 'Step' }).click();
  await until('it goes on', async () => await figure(other, 'Generation') === '6');
  await until('so does the first', async () => (await look(one, 400, 300)).generation === 6);
  const living = [...(await look(one, 400, 300)).cells.replaceAll('\n', '')].flatMap((cell, i) => (
    cell === '1' ? [`${i % 400}, ${Math.floor(i / 400)}`] : []));
  const places = Array.from({ length: 90 * 90 }, (_place, i) => (
    /** @type {[number, number]} */ ([(i % 90 + 0.5) / 90, (Math.floor(i / 90) + 0.5) / 90])));
  await until('it shows the same', async () => {
    const seen = (await pointAt(other, places)).filter(({ shows }) => shows === 'alive');
    return [...new Set(seen.map(({ x, y }) => `${x}, ${y}`))].join('; ') === living.join('; ');
  });
});

describe('what one page does', () => {
  it('is seen by the others: stop, step, reset, start', async (t) => {
    server = await Server.startFor(t, { interval: 100 });
    raw = await RawViewer.joinFor(t, server.stream);
    await raw.command('reset');
    const initial = String(raw.history.get(0));
    const one = await visits.openLive(server.url);
    const other = await visits.openLive(server.url);

    await one.getByRole('button', { name: 'Stop' }).click();
    await other.getByRole('button', { name: 'Start' }).waitFor();
    await one.getByRole('button', { name: 'Start' }).waitFor();
    await other.getByText('Stopped by 127.0.0.1').waitFor();
    assert.equal(raw.running, false);
    const stoppedAt = raw.tick;
    await until('both show the last generation', async () => (await look(one, 8, 8)).generation === stoppedAt
      && (await look(other, 8, 8)).generation === stoppedAt);

    await one.getByRole('button', { name: 'Step' }).click();
    await until('both show one more', async () => (await look(one, 8, 8)).generation === stoppedAt + 1
      && (await look(other, 8, 8)).generation === stoppedAt + 1);
    assert.equal((await look(other, 8, 8)).cells, raw.cells);

    await other.getByRole('button', { name: 'Reset' }).click();
    await one.getByText('Reset by 127.0.0.1').waitFor();
    for (const page of [one, other]) {
      await until('the page is back at the beginning', async () => (await look(page, 8, 8)).generation === 0);
      assert.equal((await look(page, 8, 8)).cells, initial);
    }
    await other.getByRole('button', { name: 'Start' }).waitFor();

    await other.getByRole('button', { name: 'Start' }).click();
    await one.getByRole('button', { name: 'Stop' }).waitFor();
    await one.getByText('Started by 127.0.0.1').waitFor();
    await until('it lives again', async () => (await look(one, 8, 8)).generation > 1);
  });

  it('keeps the right generation in turbo', async (t) => {
    server = await Server.startFor(t, { interval: 100 });
    raw = await RawViewer.joinFor(t, server.stream);
    const one = await visits.openLive(server.url);
    await raw.command('speed', { intervalMs: 0 });
    await until('the page says so', async () => await figure(one, 'Speed') === 'As fast as it goes');
    const tick = raw.tick;
    await until('some pictures have come', () => raw.tick > tick + 3);
    await raw.command('stop');
    await until('page and viewer show the same', async () => (await look(one, 8, 8)).cells === raw.cells);
    const generation = (await look(one, 8, 8)).generation;
    assert.ok(generation > raw.tick, `generation ${generation} in tick ${raw.tick}`);
    // A glider: its place on the torus comes again every 32 generations, its shape every 4.
    const again = await RawViewer.joinFor(t, server.stream);
    assert.equal(again.cells, raw.cells);
  });

  it('comes with the right figures', async (t) => {
    server = await Server.startFor(t, { interval: 100 });
    raw = await RawViewer.joinFor(t, server.stream);
    await raw.command('stop');
    await raw.draw(['.OO', '.OO', '', '...OOO']);
    const one = await visits.openLive(server.url);
    await until('the first picture is shown', async () => await figure(one, 'Generation') === String(raw.tick));
    assert.equal(await figure(one, 'Population'), '7');
    assert.equal(await figure(one, 'Rule'), 'B3/S23');
    assert.equal(await figure(one, 'Size'), '8 × 8');
    assert.equal(await figure(one, 'Speed'), '10 per second');
    await until('two viewers are told', async () => await figure(one, 'Viewers') === '2');

    const other = await visits.openLive(server.url);
    await until('three viewers are told', async () => await figure(one, 'Viewers') === '3');
    await other.close();
    await until('two viewers are told again', async () => await figure(one, 'Viewers') === '2');

    await raw.command('speed', { intervalMs: 2500 });
    await one.getByText('Speed changed by 127.0.0.1').waitFor();
    await until('the new speed is told', async () => await figure(one, 'Speed') === 'every 2.5 s');
    await raw.draw([]);
    await one.getByText('Cells changed by 127.0.0.1').waitFor();
    await until('nothing lives', async () => await figure(one, 'Population') === '0');
    assert.equal((await look(one, 8, 8)).cells, raw.cells);
  });
});
