/**
 * Paints a universe onto a canvas: square cells of a whole number of device pixels, as large as the frame allows,
 * tiles with a gap between them once they are big enough to have one.
 *
 * The board keeps its own copy of what it last showed, so that a resize, a new theme or a frozen view repaints that
 * picture and not a newer one.
 */

/** @typedef {import('./universe.js').Universe} Universe */

/** Below this many CSS pixels a gap would swallow the cell. */
const TILE_FROM_PX = 5;
const ROUND_FROM_PX = 14;
const GAP_PART = 0.06;
const RADIUS_PART = 0.14;

/**
 * The colours come as computed styles of the canvas, so that the style sheet, dark mode and forced colours decide.
 *
 * @typedef {{alive: string, dead: string, gap: string}} Colours
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
function contextOf(canvas, settings) {
  const context = canvas.getContext('2d', settings);
  if (!context) {
    throw new Error('this browser gives no 2D canvas');
  }
  return context;
}

/**
 * @param {string} colour any CSS colour
 * @returns {number} the same as one pixel of an ImageData, in this machine's byte order
 */
function pixelOf(colour) {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = contextOf(canvas, { willReadFrequently: true });
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
}

export class Board {
  #canvas;
  #frame;
  #context;
  /** One pixel a cell; scaled up in a single drawImage. */
  #small = document.createElement('canvas');
  #image = new ImageData(1, 1);
  #cells = new Uint8Array(0);
  #width = 0;
  #height = 0;
  /** @type {Colours} */
  #colours = { alive: '', dead: '', gap: '' };
  #alive = 0;
  #dead = 0;
  /** Device pixels a cell; below 1 for a universe larger than the frame. */
  #cell = 0;
  /** @type {CanvasPattern | null} */
  #tiles = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} frame whose size the layout decides, never the canvas
   */
  constructor(canvas, frame) {
    this.#canvas = canvas;
    this.#frame = frame;
    this.#context = contextOf(canvas);
    new ResizeObserver(() => this.#refit()).observe(frame);
    for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', () => this.#recolour());
    }
    this.#watchDensity();
    this.#recolour();
  }

  /** @param {Universe} universe */
  show(universe) {
    if (universe.width !== this.#width || universe.height !== this.#height) {
      this.#width = universe.width;
      this.#height = universe.height;
      this.#small.width = this.#width;
      this.#small.height = this.#height;
      this.#image = new ImageData(this.#width, this.#height);
      this.#cells = new Uint8Array(universe.cells.length);
      document.documentElement.style.setProperty('--aspect', String(this.#width / this.#height));
      document.documentElement.dataset['picture'] = '';
      this.#fit();
    }
    this.#cells.set(universe.cells);
    this.#paint();
  }

  /** A window dragged to another screen keeps its size in CSS pixels, so no resize tells of it. */
  #watchDensity() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      this.#watchDensity();
      this.#refit();
    }, { once: true });
  }

  #recolour() {
    const style = getComputedStyle(this.#canvas);
    this.#colours = { alive: style.color, dead: style.backgroundColor, gap: style.borderTopColor };
    this.#alive = pixelOf(this.#colours.alive);
    this.#dead = pixelOf(this.#colours.dead);
    this.#refit();
  }

  #refit() {
    if (this.#width > 0) {
      this.#fit();
      this.#paint();
    }
  }

  #fit() {
    const density = devicePixelRatio;
    const box = this.#frame.getBoundingClientRect();
    const room = { width: Math.floor(box.width * density), height: Math.floor(box.height * density) };
    const exact = Math.min(room.width / this.#width, room.height / this.#height);
    this.#cell = exact >= 1 ? Math.floor(exact) : exact;
    const width = Math.max(1, Math.floor(this.#width * this.#cell));
    const height = Math.max(1, Math.floor(this.#height * this.#cell));
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    // On whole device pixels of the screen, or the browser would smear every edge over two of them.
    const left = Math.round(box.left * density + (box.width * density - width) / 2) / density - box.left;
    const top = Math.round(box.top * density + (box.height * density - height) / 2) / density - box.top;
    Object.assign(this.#canvas.style, {
      width: `${width / density}px`,
      height: `${height / density}px`,
      left: `${left}px`,
      top: `${top}px`,
    });
    this.#tiles = this.#cell >= TILE_FROM_PX * density ? this.#tilePattern(density) : null;
  }

  /**
   * The gap around one cell, to be repeated over the whole board.
   *
   * @param {number} density
   */
  #tilePattern(density) {
    const cell = this.#cell;
    const gap = Math.max(1, Math.round(cell * GAP_PART));
    const radius = cell >= ROUND_FROM_PX * density ? cell * RADIUS_PART : 0;
    const tile = document.createElement('canvas');
    tile.width = cell;
    tile.height = cell;
    const context = contextOf(tile);
    context.fillStyle = this.#colours.gap;
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
    return this.#context.createPattern(tile, 'repeat');
  }

  #paint() {
    const pixels = new Uint32Array(this.#image.data.buffer);
    for (let i = 0; i < pixels.length; i += 1) {
      pixels[i] = this.#cells[i] === 1 ? this.#alive : this.#dead;
    }
    contextOf(this.#small).putImageData(this.#image, 0, 0);
    const { width, height } = this.#canvas;
    // Smaller than a pixel a cell, smoothing shows how densely an area lives.
    this.#context.imageSmoothingEnabled = this.#cell < 1;
    this.#context.drawImage(this.#small, 0, 0, width, height);
    if (this.#tiles) {
      this.#context.fillStyle = this.#tiles;
      this.#context.fillRect(0, 0, width, height);
    }
  }
}
