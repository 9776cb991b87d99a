/**
 * Looks at a part of a universe as an eye and a hand do: what the page names under the mouse's arrow, and what its
 * pixel shows.
 */

import assert from 'node:assert/strict';
import { until } from './visits.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{x: number, y: number, shows: 'alive' | 'dead' | 'else'}} Sight */

/**
 * The cells at places of the board, all in one instant.
 *
 * @param {Page} page
 * @param {[number, number][]} places 0 to 1 of the board's width and height
 * @returns {Promise<Sight[]>}
 */
export async function pointAt(page, places) {
  return await page.evaluate((all) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
    const box = canvas.getBoundingClientRect();
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = /** @type {CanvasRenderingContext2D} */ (copy.getContext('2d', { willReadFrequently: true }));
    context.drawImage(canvas, 0, 0);
    const style = getComputedStyle(canvas);
    const cells = all.map(([across, down]) => {
      const clientX = Math.floor(box.left + box.width * across);
      const clientY = Math.floor(box.top + box.height * down);
      canvas.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, pointerType: 'mouse' }));
      const [, x, y] = /^Cell (\d+), (\d+)$/.exec(document.getElementById('where')?.textContent ?? '') ?? [];
      const { data } = context.getImageData(Math.floor((clientX - box.left) * devicePixelRatio),
        Math.floor((clientY - box.top) * devicePixelRatio), 1, 1);
      const colour = `rgb(${data.slice(0, 3).join(', ')})`;
      const shows = colour === style.color ? 'alive' : colour === style.backgroundColor ? 'dead' : 'else';
      return { x: Number(x), y: Number(y), shows: /** @type {Sight['shows']} */ (shows) };
    });
    canvas.dispatchEvent(new PointerEvent('pointerleave'));
    return cells;
  }, places);
}

/**
 * Waits until every cell that is pointed at shows what it is, the living and the dead.
 *
 * @param {Page} page
 * @param {{lives: (x: number, y: number) => boolean}} world
 */
export async function showsTheCells(page, world) {
  const places = Array.from({ length: 60 }, (_place, i) => (
    /** @type {[number, number]} */ ([0.02 + i * 0.016, (0.11 + i * 0.37) % 1])));
  await until('what is shown is what lives', async () => {
    const cells = (await pointAt(page, places)).filter(({ shows }) => shows !== 'else');
    const living = cells.filter(({ shows }) => shows === 'alive').length;
    return living >= 3 && cells.length - living >= 3
      && cells.every(({ x, y, shows }) => world.lives(x, y) === (shows === 'alive'));
  });
}

/**
 * @param {Page} page
 * @returns {Promise<number>} pixels a cell, as the page tells it
 */
export async function zoom(page) {
  const words = await page.locator('#zoom').innerText();
  const value = parseFloat(words);
  return words.endsWith('cells a px') ? 1 / value : value;
}

/** @param {Page} page @param {string} name */
export const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/**
 * @param {Page} page
 * @param {number} scale pixels a cell, or a little more
 */
export async function zoomInTo(page, scale) {
  await until('it is near', async () => {
    if (await zoom(page) >= scale) {
      return true;
    }
    await press(page, 'Zoom in');
    return false;
  });
}

/** @param {Page} page */
export async function middle(page) {
  const box = await page.locator('#board').boundingBox();
  assert.ok(box);
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
}
