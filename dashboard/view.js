/**
 * What one viewer sets for themselves: a frozen view, since Stop would stop everybody's universe (WCAG 2.2.2), and
 * fewer pictures (WCAG 2.3.1), which the system's reduced motion asks for too.
 */

import { element, say } from './page.js';
import { CALM_GAP_MS } from './pace.js';
import { recall, remember } from './preferences.js';

const CALM = 'fewer-pictures';
const SYSTEM_ASKS = 'Your system asks for reduced motion: at most one picture every 0.4 seconds.';

export class View {
  #freeze = element('freeze', HTMLButtonElement);
  #calm = element('calm', HTMLButtonElement);
  #calmNote = element('calm-note', HTMLElement);
  #reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  #chosenCalm = recall(CALM);
  #onChange;
  frozen = false;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#freeze.addEventListener('click', () => {
      this.frozen = !this.frozen;
      this.#show();
    });
    this.#calm.addEventListener('click', () => {
      this.#chosenCalm = !this.#chosenCalm;
      remember(CALM, this.#chosenCalm);
      this.#show();
    });
    this.#reducedMotion.addEventListener('change', () => this.#show());
  }

  /** The least time between two pictures, in milliseconds. */
  get gapMs() {
    return this.#chosenCalm || this.#reducedMotion.matches ? CALM_GAP_MS : 0;
  }

  /** Call once everything that `onChange` touches stands. */
  start() {
    this.#show();
  }

  #show() {
    this.#freeze.setAttribute('aria-pressed', String(this.frozen));
    this.#calm.setAttribute('aria-pressed', String(this.gapMs > 0));
    this.#calm.disabled = this.#reducedMotion.matches;
    this.#calm.title = this.#reducedMotion.matches ? SYSTEM_ASKS : '';
    say(this.#calmNote, this.#reducedMotion.matches ? SYSTEM_ASKS : 'At most one picture every 0.4 seconds.');
    this.#onChange();
  }
}
