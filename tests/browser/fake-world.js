/**
 * A universe for the fake server: Life on a plane with edges, few cells however far apart, seen at any level.
 */

import { tileOf } from './frames.js';

const TILE = 128;
/** One number for a place; universes are at most 65536 cells wide. */
const placeOf = (/** @type {number} */ x, /** @type {number} */ y) => y * 65536 + x;

/**
 * The values of the tiles in which something lives, by "tx,ty".
 *
 * @typedef {Map<string, {tx: number, ty: number, values: number[][]}>} Tiles
 *
 * Tiles from left and top up to, but without, right and bottom.
 *
 * @typedef {{level: number, left: number, top: number, right: number, bottom: number}} Area
 */

export class FakeWorld {
  /** @type {Set<number>} */
  #cells;
  generation = 0;

  /**
   * @param {number} width
   * @param {number} height
   * @param {[number, number][]} cells
   */
  constructor(width, height, cells) {
    this.width = width;
    this.height = height;
    this.#cells = new Set(cells.map(([x, y]) => placeOf(x, y)));
  }

  get population() {
    return this.#cells.size;
  }

  /** @param {number} x @param {number} y */
  lives(x, y) {
    return this.#cells.has(placeOf(x, y));
  }

  /** @param {number} x @param {number} y @param {boolean} alive */
  set(x, y, alive) {
    if (alive) {
      this.#cells.add(placeOf(x, y));
    } else {
      this.#cells.delete(placeOf(x, y));
    }
  }

  step() {
    /** @type {Map<number, number>} */
    const neighbours = new Map();
    for (const cell of this.#cells) {
      const [x, y] = [cell % 65536, Math.floor(cell / 65536)];
      for (const [nx, ny] of /** @type {[number, number][]} */ ([
        [x - 1, y - 1], [x, y - 1], [x + 1, y - 1], [x - 1, y], [x + 1, y], [x - 1, y + 1], [x, y + 1], [x + 1, y + 1],
      ])) {
        if (nx >= 0 && ny >= 0 && nx < this.width && ny < this.height) {
          neighbours.set(placeOf(nx, ny), (neighbours.get(placeOf(nx, ny)) ?? 0) + 1);
        }
      }
    }
    this.#cells = new Set([...neighbours].flatMap(([cell, count]) => (
      count === 3 || (count === 2 && this.#cells.has(cell)) ? [cell] : [])));
    this.generation += 1;
  }

  /**
   * @param {Area} area
   * @returns {Tiles}
   */
  tiles({ level, left, top, right, bottom }) {
    /** @type {Map<string, Map<number, number>>} */
    const living = new Map();
    for (const cell of this.#cells) {
      const [x, y] = [cell % 65536 >> level, Math.floor(cell / 65536) >> level];
      const [tx, ty] = [Math.floor(x / TILE), Math.floor(y / TILE)];
      if (tx >= left && tx < right && ty >= top && ty < bottom) {
        const key = `${tx},${ty}`;
        const counts = living.get(key) ?? new Map();
        living.set(key, counts);
        counts.set(placeOf(x, y), (counts.get(placeOf(x, y)) ?? 0) + 1);
      }
    }
    return new Map([...living].map(([key, counts]) => {
      const [tx, ty] = /** @type {[number, number]} */ (key.split(',').map(Number));
      const values = tileOf(this.width, this.height, level, tx, ty, (x, y) => {
        const count = counts.get(placeOf(x, y)) ?? 0;
        return level === 0 ? count : Math.ceil(15 * count / 4 ** level);
      });
      return [key, { tx, ty, values }];
    }));
  }
}

/**
 * Cells as in a picture of '.' and 'O', from (x, y) on.
 *
 * @param {string[]} rows
 * @param {number} x
 * @param {number} y
 * @returns {[number, number][]}
 */
export function drawn(rows, x, y) {
  return rows.flatMap((row, dy) => [...row].flatMap((cell, dx) => (
    cell === 'O' ? [/** @type {[number, number]} */ ([x + dx, y + dy])] : [])));
}

/**
 * Cells at random, the same in every run.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {number} density
 * @returns {[number, number][]}
 */
export function soup(x, y, width, height, density) {
  let seed = 12345;
  /** @type {[number, number][]} */
  const cells = [];
  for (let i = 0; i < width * height; i += 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    if (seed < density * 2 ** 32) {
      cells.push([x + i % width, y + Math.floor(i / width)]);
    }
  }
  return cells;
}
