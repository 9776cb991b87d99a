/**
 * The universe as this viewer holds it: one byte a cell, row by row, 1 alive.
 *
 * A `full_state` replaces everything, a `delta` must fit exactly onto what is held. Where it does not, something was
 * lost or reordered on the way, and the only honest thing is to ask for everything again.
 */

/** @typedef {import('./protocol.js').FullState} FullState */
/** @typedef {import('./protocol.js').Delta} Delta */

export class Universe {
  width = 0;
  height = 0;
  /** Steps since the last reset that the server has told of. */
  tick = 0;
  /** Life's own count. In turbo a step is many generations. */
  generation = 0;
  population = 0;
  /** @type {Uint8Array} */
  cells = new Uint8Array(0);

  /** False until the first `full_state`. */
  get known() {
    return this.cells.length > 0;
  }

  /** @param {FullState} message */
  replace(message) {
    this.width = message.width;
    this.height = message.height;
    this.tick = message.tick;
    this.generation = message.generation;
    this.cells = message.cells;
    this.population = message.cells.reduce((sum, cell) => sum + cell, 0);
  }

  /**
   * @param {Delta} message
   * @returns {string | null} why the delta does not fit; the cells are then not to be trusted any more
   */
  apply(message) {
    if (!this.known) {
      return 'a delta before the first full state';
    }
    // An edit keeps the tick, a generation takes it further; a server out of breath sends several ticks as one delta.
    if (message.tick < this.tick) {
      return `a delta of tick ${message.tick} after tick ${this.tick}`;
    }
    for (const { x, y, alive } of message.deltas) {
      if (x >= this.width || y >= this.height) {
        return `cell ${x}, ${y} outside of ${this.width}×${this.height}`;
      }
      const at = y * this.width + x;
      const cell = alive ? 1 : 0;
      // Deltas list differences only, so one that changes nothing was made for another board than ours.
      if (this.cells[at] === cell) {
        return `cell ${x}, ${y} was that already`;
      }
      this.cells[at] = cell;
      this.population += alive ? 1 : -1;
    }
    this.tick = message.tick;
    this.generation = message.generation;
    return null;
  }
}
