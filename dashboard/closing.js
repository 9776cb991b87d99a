/** What the end of a stream means. */

const CLOSE_GOING_AWAY = 1001;
const CLOSE_POLICY = 1008;
const CLOSE_TRY_AGAIN_LATER = 1013;

/**
 * Why there is no connection.
 *
 * @typedef {'unreachable' | 'lost' | 'silent' | 'ended' | 'too-large' | 'rate-limited' | 'refused' | 'too-slow'
 *   | 'not-understood'} Reason
 */

/**
 * @param {number} code of the close frame, or 1006 without one
 * @param {string} lastError the `code` of the last error message on this connection
 * @param {boolean} opened whether the connection ever stood
 * @returns {Reason}
 */
export function reasonForClose(code, lastError, opened) {
  switch (code) {
    case CLOSE_GOING_AWAY:
      return 'ended';
    case CLOSE_TRY_AGAIN_LATER:
      return 'too-slow';
    case CLOSE_POLICY:
      if (lastError === 'too_large_for_json') {
        return 'too-large';
      }
      return lastError === 'rate_limited' ? 'rate-limited' : 'refused';
    default:
      return opened ? 'lost' : 'unreachable';
  }
}
