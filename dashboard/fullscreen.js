/**
 * The fullscreen button. Where the browser has no fullscreen (an iPhone's Safari, a frame), there is no button.
 */

import { element } from './page.js';

/** @param {HTMLElement} board where F is the same as the button */
export function offerFullscreen(board) {
  if (!document.fullscreenEnabled) {
    return;
  }
  const button = element('fullscreen', HTMLButtonElement);
  button.hidden = false;
  element('keys-fullscreen', HTMLElement).hidden = false;
  board.setAttribute('aria-keyshortcuts', 'Space . + - 0 F');

  const toggle = () => {
    const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    // A browser may still say no, for example without a gesture; the page then simply stays as it is.
    done.catch(() => undefined);
  };
  button.addEventListener('click', toggle);
  board.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() === 'f' && !event.altKey && !event.ctrlKey && !event.metaKey && !event.repeat) {
      toggle();
    }
  });
  document.addEventListener('fullscreenchange', () => {
    const label = document.fullscreenElement ? 'Leave fullscreen' : 'Fullscreen';
    button.title = label;
    button.setAttribute('aria-label', label);
  });
}
