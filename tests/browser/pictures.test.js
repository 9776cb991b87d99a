/** What the page looks like, and what it weighs; the pictures go to the folder CONWAY_PICTURES, if one is named. */

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { look } from './eye.js';
import { Server } from './server.js';
import { until, Visits } from './visits.js';

const MOST_BYTES = 60 * 1024;

const visits = new Visits();
/** @type {Server} */
let server;

before(async () => {
  await visits.begin();
  server = await Server.start({ interval: 250 });
});
after(async () => {
  await visits.end();
  await server.end();
});
afterEach(() => visits.close());

/** @type {{name: string, context: import('playwright-core').BrowserContextOptions, size: [number, number]}[]} */
const pictures = [
  { name: 'page-light', context: { colorScheme: 'light' }, size: [1366, 768] },
  { name: 'page-dark', context: { colorScheme: 'dark' }, size: [1366, 768] },
  {
    name: 'page-phone',
    context: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    size: [780, 1688],
  },
];

for (const { name, context, size } of pictures) {
  it(`a running glider: ${name}`, async () => {
    const page = await visits.openLive(server.url, { context });
    const { generation } = await look(page, 8, 8);
    await until('the glider has moved and is all there', async () => {
      const seen = await look(page, 8, 8);
      return seen.generation > generation && seen.population === 5;
    });
    await page.getByText(/\d generations\/s · \d+ ms/).waitFor();
    const picture = await page.screenshot({ animations: 'disabled' });
    assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], size);
    const folder = process.env['CONWAY_PICTURES'];
    if (folder) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.png`), picture);
    }
  });
}

it('the page weighs little', async () => {
  /** @type {Promise<number>[]} */
  const weights = [];
  await visits.openLive(server.url, {
    prepare: async (page) => {
      page.on('response', (response) => {
        weights.push(response.body().then((body) => gzipSync(body).length));
      });
    },
  });
  const sizes = await Promise.all(weights);
  assert.ok(sizes.length > 10, 'all of the page has been weighed');
  const sum = sizes.reduce((total, size) => total + size, 0);
  assert.ok(sum < MOST_BYTES, `${sum} bytes`);
});
