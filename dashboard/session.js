/**
 * What the server told about itself beside the cells: whether the universe runs, how fast, by which rule, for whom,
 * and what this viewer may do.
 */

/** @typedef {import('./protocol.js').Access} Access */
/** @typedef {import('./protocol.js').Message} Message */

export class Session {
  /** Null until the server said hello on this connection. @type {boolean | null} */
  running = null;
  /** Null until then, too. @type {Access | null} */
  access = null;
  /** @type {number | null} */
  intervalMs = null;
  /** @type {string | null} */
  rule = null;
  /** @type {number | null} */
  viewers = null;
  /** @type {number | null} */
  attainedPerSecond = null;

  /**
   * Whoever is cut off cannot know whether the universe still runs. Rule and speed stay on show with the last picture.
   */
  forget() {
    this.running = null;
    this.access = null;
    this.viewers = null;
    this.attainedPerSecond = null;
  }

  /** @param {Message} message */
  hear(message) {
    if (message.type === 'hello' || message.type === 'state') {
      this.running = message.running;
      this.intervalMs = message.intervalMs;
      this.rule = message.rule;
    }
    if (message.type === 'hello' || message.type === 'role') {
      this.access = { role: message.role, lan: message.lan };
    }
    if (message.type === 'stats') {
      this.viewers = message.viewers;
      this.attainedPerSecond = message.attainedPerSecond;
    }
  }
}
