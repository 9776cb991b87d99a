/**
 * Reads the page as an eye does: the board from the canvas's pixels, figures from their text.
 */

import assert from 'node:assert/strict';

/**
 * The board and the generation beside it, taken in one instant.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} width cells
 * @param {number} height cells
 * @returns {Promise<{generation: number, population: number, cells: string}>} cells as rows of 0 and 1
 */
export async function look(page, width, height) {
  // Before the first picture, and while a board that is not live fades, a pixel is neither living nor dead.
  for (let pictures = 0; ; pictures += 1) {
    const seen = await glance(page, width, height);
    if (!seen.cells.includes('?')) {
      return seen;
    }
    assert.ok(pictures < 300, `pixels that are neither living nor dead:\n${seen.cells}`);
    await page.evaluate(() => new Promise((next) => { requestAnimationFrame(next); }));
  }
}

/**
 * The same, as it is at this moment; '?' is a pixel that is neither living nor dead.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} width cells
 * @param {number} height cells
 * @returns {Promise<{generation: number, population: number, cells: string}>}
 */
async function glance(page, width, height) {
  return await page.evaluate(([columns, rows]) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
    // From a copy: reading the page's own canvas again and again would make the browser complain about the page.
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d', {
      willReadFrequently: true,
    }));
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const style = getComputedStyle(canvas);
    const lines = [];
    for (let y = 0; y < rows; y += 1) {
      let line = '';
      for (let x = 0; x < columns; x += 1) {
        const px = Math.floor((x + 0.5) * canvas.width / columns);
        const py = Math.floor((y + 0.5) * canvas.height / rows);
        const colour = `rgb(${data.slice((py * canvas.width + px) * 4, (py * canvas.width + px) * 4 + 3).join(', ')})`;
        line += colour === style.color ? '1' : colour === style.backgroundColor ? '0' : '?';
      }
      lines.push(line);
    }
    const number = (/** @type {string} */ id) => Number(document.getElementById(id)?.textContent?.replaceAll(',', ''));
    return { generation: number('generation'), population: number('population'), cells: lines.join('\n') };
  }, /** @type {[number, number]} */ ([width, height]));
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} term as written on the page
 * @returns {Promise<string>}
 */
export async function figure(page, term) {
  return await page.locator('dl > div').filter({ hasText: term }).locator('dd').innerText();
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<number>} how much of the board's brightness is left, 0 to 1
 */
export async function opacity(page) {
  return Number(await page.locator('canvas').evaluate((canvas) => getComputedStyle(canvas).opacity));
}
