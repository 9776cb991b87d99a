/**
 * How long to wait before the next attempt to connect.
 *
 * Full jitter: when a server with a hundred viewers restarts, they must not all come back in the same instant,
 * so each draws its own waiting time from the whole range.
 */

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * @param {number} attempt failed attempts so far, from 0
 * @param {() => number} [random] a number in [0, 1)
 * @returns {number} milliseconds in [0, min(15 s, 0.5 s · 2^attempt))
 */
export function backoffDelay(attempt, random = Math.random) {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}
