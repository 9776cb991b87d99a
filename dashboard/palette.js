/**
 * The board's colours, as computed styles of its canvas, so that the style sheet, dark mode and forced colours decide.
 */

/** @typedef {import('./painter.js').Palette} Palette */

const SHADES = 16;
/** How far the shade of the sparsest life stands from no life: a single cell in a whole square must be seen. */
const FAINTEST = 0.55;
/** Below 1: most of Life is sparse, so most of the shades are for what is. */
const BEND = 0.6;

/**
 * @param {string[]} colours any CSS colours
 * @returns {Uint8ClampedArray[]} red, green, blue and alpha of each
 */
function bytesOf(colours) {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new Error('this browser gives no 2D canvas');
  }
  return colours.map((colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data;
  });
}

/** @param {ArrayLike<number>} bytes */
function pixelOf(bytes) {
  return new Uint32Array(new Uint8ClampedArray(bytes).buffer)[0] ?? 0;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Palette}
 */
export function paletteOf(canvas) {
  const style = getComputedStyle(canvas);
  const gap = style.borderTopColor;
  const [alive, dead, unknown] = /** @type {[Uint8ClampedArray, Uint8ClampedArray, Uint8ClampedArray]} */ (
    bytesOf([style.color, style.backgroundColor, style.borderBottomColor]));
  const shades = Array.from({ length: SHADES }, (_shade, value) => {
    const part = value === 0 ? 0 : FAINTEST + (1 - FAINTEST) * ((value - 1) / (SHADES - 2)) ** BEND;
    return pixelOf(dead.map((from, i) => Math.round(from + (Number(alive[i]) - from) * part)));
  });
  return { shades, unknown: pixelOf(unknown), gap, density: devicePixelRatio };
}
