/**
 * What a viewer chose for this browser. Storage may be missing or forbidden (private windows, a full disk, policy);
 * the page then works the same and merely forgets.
 */

const PREFIX = 'conway.';

/**
 * @param {string} name
 * @returns {boolean}
 */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name) === 'on';
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {boolean} on
 */
export function remember(name, on) {
  try {
    localStorage.setItem(PREFIX + name, on ? 'on' : 'off');
  } catch {
    // Forgetting is all that happens.
  }
}
