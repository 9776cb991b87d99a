/** Where the server is. */

/**
 * The stream that belongs to a page: beside it, so that a reverse proxy with a base path needs no settings.
 *
 * @param {string} base the page's address
 * @returns {URL}
 */
export function streamAddress(base) {
  const url = new URL('./ws', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}

/**
 * @param {URL} stream
 * @returns {Promise<boolean>} whether a server answers there by plain HTTP, and is well
 */
export function answersBeside(stream) {
  const url = new URL('./healthz', stream);
  url.protocol = stream.protocol === 'wss:' ? 'https:' : 'http:';
  return fetch(url, { cache: 'no-store' }).then(({ ok }) => ok, () => false);
}
