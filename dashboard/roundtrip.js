/**
 * How long a word to the server and its answer take.
 */

const PING_EVERY_MS = 4_000;
/** Not at once: while the page is still loading, a ping would measure the page. */
const FIRST_PING_MS = 1_000;

/** Times are those of `performance.now()`. */
export class RoundTrip {
  #number = 0;
  #sentAt = -Infinity;
  /** Of the last ping that was answered; null before the first. @type {number | null} */
  ms = null;

  /**
   * A new connection.
   *
   * @param {number} now
   */
  begin(now) {
    this.ms = null;
    this.#sentAt = now - PING_EVERY_MS + FIRST_PING_MS;
  }

  /**
   * @param {number} now
   * @returns {{cmd: 'ping', t: number} | null} the ping to be sent now, if it is time for one
   */
  ping(now) {
    if (now - this.#sentAt <= PING_EVERY_MS) {
      return null;
    }
    this.#number += 1;
    this.#sentAt = now;
    return { cmd: 'ping', t: this.#number };
  }

  /**
   * @param {number | null} t of a pong; those that answer no ping of ours, or a former one, say nothing
   * @param {number} now
   */
  pong(t, now) {
    if (t === this.#number) {
      this.ms = now - this.#sentAt;
    }
  }
}
