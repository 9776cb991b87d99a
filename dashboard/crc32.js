/** The CRC-32 of zlib and Ethernet (polynomial 0xEDB88320 reflected), four bytes at a time. */

const SLICES = 4;

const after0 = new Int32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    sum = sum & 1 ? sum >>> 1 ^ 0xedb88320 : sum >>> 1;
  }
  after0[byte] = sum;
}
// `afterN[b]` is what the byte b does to the sum N bytes later.
const next = (/** @type {number} */ sum) => sum >>> 8 ^ /** @type {number} */ (after0[sum & 0xff]);
const after1 = after0.map(next);
const after2 = after1.map(next);
const after3 = after2.map(next);

/**
 * @param {Uint8Array} bytes
 * @returns {number} 0 to 2³²−1
 */
export function crc32(bytes) {
  let sum = -1;
  let at = 0;
  // The indices are all within a table, which the type checker cannot see.
  const wide = bytes.length - bytes.length % SLICES;
  for (; at < wide; at += SLICES) {
    sum ^= /** @type {number} */ (bytes[at]) | /** @type {number} */ (bytes[at + 1]) << 8
      | /** @type {number} */ (bytes[at + 2]) << 16 | /** @type {number} */ (bytes[at + 3]) << 24;
    sum = /** @type {number} */ (after3[sum & 0xff]) ^ /** @type {number} */ (after2[sum >>> 8 & 0xff])
      ^ /** @type {number} */ (after1[sum >>> 16 & 0xff]) ^ /** @type {number} */ (after0[sum >>> 24]);
  }
  for (; at < bytes.length; at += 1) {
    sum = sum >>> 8 ^ /** @type {number} */ (after0[(sum ^ /** @type {number} */ (bytes[at])) & 0xff]);
  }
  return ~sum >>> 0;
}
