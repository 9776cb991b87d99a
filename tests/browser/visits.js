/**
 * Visits to the page with Chromium, each watched: a console error, a breach of the content security policy, a failed
 * request or one to another host fails the test it happens in.
 */

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/** On a machine that is busy with something else, CONWAY_PATIENCE=5 waits five times as long before it gives up. */
const PATIENCE = Number(process.env['CONWAY_PATIENCE'] ?? 1);
const WITHIN_MS = 8_000 * PATIENCE;
/** The longest wait of the back-off, and then some. */
const RECONNECTS_WITHIN_MS = 20_000 * PATIENCE;

/** What a browser logs by itself when a server it talks to goes away; no page can prevent it. */
export const SERVER_GONE = /^WebSocket (connection to .* failed|is closed before)|ERR_(CONNECTION_|EMPTY_RESPONSE)/;

/**
 * What the page may say when the server has ended. Its goodbye can be lost when the page speaks in the very moment,
 * since TCP then resets the connection; where the words matter, a test waits until nothing is under way.
 */
export const SERVER_ENDED = /Server (stopped|unreachable)|Connection lost/;

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} VisitOptions
 * @property {import('playwright-core').BrowserContextOptions} [context]
 * @property {RegExp} [allow] console messages that belong to the test
 * @property {(page: Page) => Promise<unknown>} [prepare] before the page is loaded
 */

export class Visits {
  /** @type {import('playwright-core').Browser | null} */
  #browser = null;
  /** @type {import('playwright-core').BrowserContext[]} */
  #contexts = [];
  /** @type {string[]} */
  #problems = [];

  async begin() {
    this.#browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
  }

  async end() {
    await this.#browser?.close();
  }

  /**
   * @param {string} url
   * @param {VisitOptions} [options]
   * @returns {Promise<Page>}
   */
  async open(url, { context: settings = {}, allow, prepare } = {}) {
    assert.ok(this.#browser, 'begin() comes first');
    const context = await this.#browser.newContext({ viewport: { width: 1366, height: 768 }, ...settings });
    context.setDefaultTimeout(WITHIN_MS);
    this.#contexts.push(context);
    const page = await context.newPage();
    this.#watch(page, new URL(url).host, allow);
    await prepare?.(page);
    await page.goto(url);
    return page;
  }

  /**
   * @param {string} url
   * @param {VisitOptions} [options]
   */
  async openLive(url, options) {
    const page = await this.open(url, options);
    await live(page);
    return page;
  }

  /** After each test. */
  async close() {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    assert.deepEqual(this.#problems.splice(0), []);
  }

  /**
   * @param {Page} page
   * @param {string} host
   * @param {RegExp} [allow]
   */
  #watch(page, host, allow) {
    /** @param {string} problem */
    const report = (problem) => {
      if (!allow?.test(problem)) {
        this.#problems.push(problem);
      }
    };
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        report(message.text());
      }
    });
    page.on('pageerror', (error) => report(String(error)));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.host !== host) {
        report(`a request to ${url}`);
      }
    });
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== host) {
        report(`a WebSocket to ${socket.url()}`);
      }
    });
    page.on('response', (response) => {
      if (response.status() >= 400) {
        report(`${response.status()} for ${response.url()}`);
      }
    });
  }
}

/** @param {Page} page */
export async function live(page) {
  await connectionSays(page, 'Live', RECONNECTS_WITHIN_MS);
}

/**
 * @param {Page} page
 * @param {string | RegExp} words
 * @param {number} [timeout] milliseconds
 */
export async function connectionSays(page, words, timeout = WITHIN_MS) {
  const region = page.getByRole('region', { name: 'Connection' });
  await region.filter({ hasText: words }).waitFor({ timeout }).catch(async (reason) => {
    throw new Error(`the page says "${await page.locator('#connection').innerText()}"`, { cause: reason });
  });
}

/**
 * Waits for what a person would wait for.
 *
 * @param {string} what for the failure's message
 * @param {() => Promise<boolean> | boolean} condition
 */
export async function until(what, condition) {
  const end = performance.now() + WITHIN_MS;
  while (!await condition()) {
    assert.ok(performance.now() < end, `waited in vain until ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}
