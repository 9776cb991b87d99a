/** The scene in a worker of its own, so that no large frame makes the page's buttons wait. */

import { Scene } from './scene.js';

const canvas = new OffscreenCanvas(1, 1);
// The type checker takes a worker's scope for a window, which posts elsewhere.
const port = /** @type {import('./scene.js').Port} */ (/** @type {unknown} */ (self));
new Scene(port, {
  canvas,
  makeCanvas: (width, height) => new OffscreenCanvas(width, height),
  take: () => canvas.transferToImageBitmap(),
});
