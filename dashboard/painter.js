/**
 * Paints what is seen of a universe onto a canvas: first a small picture of one pixel a value, then that one scaled,
 * and over it the gaps between the cells once they are big enough to have one.
 *
 * Never the whole board, which may be 65536 cells wide: what is painted is what the canvas shows.
 */

import { TILE, valuesOf } from './wire.js';

/** @typedef {import('./universe.js').Universe} Universe */
/** @typedef {import('./camera.js').Sight} Sight */
/** @typedef {OffscreenCanvas | HTMLCanvasElement} Canvas */

/** Below this many CSS pixels a gap would swallow the cell. */
const TILE_FROM_PX = 5;
const ROUND_FROM_PX = 14;
const GAP_PART = 0.06;
const RADIUS_PART = 0.14;

/** The small picture's sides are multiples of this, so that it is not made anew with every step of a pan. */
const GRAIN = 128;

/**
 * Pixels are as ImageData has them, in this machine's byte order. `density` is device pixels a CSS pixel.
 *
 * @typedef {object} Palette
 * @property {number[]} shades 16, from no life to nothing but life
 * @property {number} unknown
 * @property {string} gap a CSS colour
 * @property {number} density
 */

/**
 * @param {Canvas} canvas
 * @returns {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D}
 */
function contextOf(canvas) {
  const context = /** @type {CanvasRenderingContext2D | null} */ (canvas.getContext('2d'));
  if (!context) {
    throw new Error('this browser gives no 2D canvas');
  }
  return context;
}

export class Painter {
  #makeCanvas;
  #small;
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(1);
  /** @type {Palette | null} */
  #palette = null;
  /** The gap around one cell, and the scale it was made for. @type {{scale: number, canvas: Canvas} | null} */
  #gap = null;

  /** @param {(width: number, height: number) => Canvas} makeCanvas */
  constructor(makeCanvas) {
    this.#makeCanvas = makeCanvas;
    this.#small = makeCanvas(1, 1);
  }

  /** @param {Palette} palette */
  use(palette) {
    this.#palette = palette;
    this.#gap = null;
  }

  /**
   * @param {Canvas} canvas takes the sight's size
   * @param {Universe} universe
   * @param {Sight} sight
   */
  paint(canvas, universe, sight) {
    const { x, y, scale, width, height } = sight;
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
    }
    if (!this.#palette) {
      return;
    }
    // Values, and pixels a value.
    const side = 2 ** universe.level;
    const pitch = scale * side;
    const left = Math.floor(x / side);
    const top = Math.floor(y / side);
    const right = Math.min(valuesOf(universe.width, universe.level), Math.ceil((x + width / scale) / side));
    const bottom = Math.min(valuesOf(universe.height, universe.level), Math.ceil((y + height / scale) / side));
    if (right <= left || bottom <= top) {
      return;
    }
    this.#resizeSmall(right - left, bottom - top);
    this.#fill(universe, this.#palette, { left, top, right, bottom });
    contextOf(this.#small).putImageData(this.#image, 0, 0);

    const context = contextOf(canvas);
    // Smaller than a pixel, smoothing shows how densely an area lives; larger, it would make lonely life fainter.
    context.imageSmoothingEnabled = pitch < 1;
    context.drawImage(this.#small, 0, 0, right - left, bottom - top,
      (left * side - x) * scale, (top * side - y) * scale, (right - left) * pitch, (bottom - top) * pitch);
    if (universe.level === 0 && scale >= TILE_FROM_PX * this.#palette.density) {
      this.#paintGaps(context, sight, this.#palette);
    }
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  #resizeSmall(width, height) {
    const across = Math.ceil(width / GRAIN) * GRAIN;
    const down = Math.ceil(height / GRAIN) * GRAIN;
    if (this.#small.width !== across || this.#small.height !== down) {
      this.#small = this.#makeCanvas(across, down);
      this.#image = new ImageData(across, down);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
    }
  }

  /**
   * @param {Universe} universe
   * @param {Palette} palette
   * @param {{left: number, top: number, right: number, bottom: number}} seen values
   */
  #fill(universe, { shades, unknown }, { left, top, right, bottom }) {
    const pixels = this.#pixels;
    const across = this.#small.width;
    const { area, level } = universe;
    pixels.fill(unknown);
    const txEnd = Math.min(area.right, Math.ceil(right / TILE));
    const tyEnd = Math.min(area.bottom, Math.ceil(bottom / TILE));
    for (let ty = Math.max(area.top, Math.floor(top / TILE)); ty < tyEnd; ty += 1) {
      const y0 = Math.max(top, ty * TILE);
      const y1 = Math.min(bottom, (ty + 1) * TILE);
      for (let tx = Math.max(area.left, Math.floor(left / TILE)); tx < txEnd; tx += 1) {
        const x0 = Math.max(left, tx * TILE);
        const x1 = Math.min(right, (tx + 1) * TILE);
        const raw = universe.tile(tx, ty);
        const stride = raw ? raw.length / Math.min(TILE, valuesOf(universe.height, level) - ty * TILE) : 0;
        for (let y = y0; y < y1; y += 1) {
          const to = (y - top) * across - left;
          pixels.fill(shades[0] ?? 0, to + x0, to + x1);
          if (raw) {
            const row = (y - ty * TILE) * stride;
            (level === 0 ? fillCells : fillDensities)(pixels, to, raw, row, x0, x1, shades);
          }
        }
      }
    }
  }

  /**
   * @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context
   * @param {Sight} sight
   * @param {Palette} palette
   */
  #paintGaps(context, { x, y, scale, width, height }, palette) {
    if (this.#gap?.scale !== scale) {
      this.#gap = { scale, canvas: this.#makeGap(scale, palette) };
    }
    const pattern = context.createPattern(this.#gap.canvas, 'repeat');
    if (pattern) {
      const dx = Math.round(x * scale) % scale;
      const dy = Math.round(y * scale) % scale;
      context.save();
      context.translate(-dx, -dy);
      context.fillStyle = pattern;
      context.fillRect(dx, dy, width, height);
      context.restore();
    }
  }

  /**
   * The gap around one cell, to be repeated over the whole picture.
   *
   * @param {number} cell pixels
   * @param {Palette} palette
   */
  #makeGap(cell, { gap: colour, density }) {
    const gap = Math.max(1, Math.round(cell * GAP_PART));
    const radius = cell >= ROUND_FROM_PX * density ? cell * RADIUS_PART : 0;
    const canvas = this.#makeCanvas(cell, cell);
    const context = contextOf(canvas);
    context.fillStyle = colour;
    context.fillRect(0, 0, cell, cell);
    context.globalCompositeOperation = 'destination-out';
    const at = Math.floor(gap / 2);
    context.beginPath();
    if (radius > 0 && 'roundRect' in context) {
      context.roundRect(at, at, cell - gap, cell - gap, radius);
    } else {
      context.rect(at, at, cell - gap, cell - gap);
    }
    context.fill();
    return canvas;
  }
}

/**
 * @param {Uint32Array} pixels
 * @param {number} to where the value 0 of this row would be
 * @param {Uint8Array} raw
 * @param {number} row the byte it begins with
 * @param {number} x0
 * @param {number} x1
 * @param {number[]} shades
 */
function fillCells(pixels, to, raw, row, x0, x1, shades) {
  const alive = /** @type {number} */ (shades[15]);
  for (let x = x0; x < x1; x += 1) {
    const byte = /** @type {number} */ (raw[row + (x % TILE >> 3)]);
    if (byte === 0) {
      x |= 7;
    } else if (byte >> (x & 7) & 1) {
      pixels[to + x] = alive;
    }
  }
}

/**
 * The same for values of four bits.
 *
 * @param {Uint32Array} pixels
 * @param {number} to
 * @param {Uint8Array} raw
 * @param {number} row
 * @param {number} x0
 * @param {number} x1
 * @param {number[]} shades
 */
function fillDensities(pixels, to, raw, row, x0, x1, shades) {
  for (let x = x0; x < x1; x += 1) {
    const byte = /** @type {number} */ (raw[row + (x % TILE >> 1)]);
    if (byte === 0) {
      x |= 1;
    } else {
      pixels[to + x] = /** @type {number} */ (shades[byte >> ((x & 1) << 2) & 15]);
    }
  }
}
