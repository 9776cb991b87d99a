/**
 * Finds the scene its place: a module worker where the browser has one that can paint, and else this page.
 *
 * A picture and its figures always come together. The worker therefore paints onto a canvas of its own and sends the
 * picture, rather than painting onto the page's canvas at a moment of its choosing.
 */

/** @typedef {import('./scene.js').Picture} Picture */
/** @typedef {import('./scene.js').Port} Port */

/** @typedef {{port: Port, show: (picture: Picture) => void}} Stage */

/** @returns {Promise<Port | null>} null where there is no such worker */
async function startWorker() {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined'
    || typeof ImageBitmapRenderingContext === 'undefined' || !new OffscreenCanvas(1, 1).getContext('2d')) {
    return null;
  }
  try {
    const worker = new Worker(new URL('./decoder-worker.js', import.meta.url), { type: 'module' });
    return await new Promise((resolve) => {
      // Browsers that know workers but no modules in them say so only here.
      worker.onerror = () => resolve(null);
      worker.onmessage = () => {
        worker.onerror = null;
        resolve(worker);
      };
    });
  } catch {
    return null;
  }
}

/** @param {HTMLCanvasElement} canvas */
async function stageHere(canvas) {
  const { Scene } = await import('./scene.js');
  const { port1, port2 } = new MessageChannel();
  // Painted apart and copied when shown: the page's own canvas must keep the picture that its figures belong to.
  const apart = document.createElement('canvas');
  new Scene(port2, {
    canvas: apart,
    makeCanvas: (width, height) => Object.assign(document.createElement('canvas'), { width, height }),
    take: () => null,
  });
  return {
    port: /** @type {Port} */ (port1),
    show: (/** @type {Picture} */ { sight: { width, height } }) => {
      Object.assign(canvas, { width, height });
      canvas.getContext('2d')?.drawImage(apart, 0, 0);
    },
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Stage>}
 */
export async function openStage(canvas) {
  const port = await startWorker();
  if (!port) {
    return await stageHere(canvas);
  }
  const context = canvas.getContext('bitmaprenderer');
  return {
    port,
    show: ({ bitmap, sight: { width, height } }) => {
      if (canvas.width !== width || canvas.height !== height) {
        Object.assign(canvas, { width, height });
      }
      context?.transferFromImageBitmap(bitmap);
    },
  };
}
