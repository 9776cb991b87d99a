/**
 * The state of the connection, in words and with an icon; never as a colour alone.
 */

import { element, say, setIcon } from './page.js';

/** @typedef {import('./connection.js').ConnectionState} ConnectionState */
/** @typedef {import('./closing.js').Reason} Reason */

/**
 * `headline` is shown and spoken, `detail` is only shown, since it counts.
 *
 * @typedef {{kind: string, icon: string, headline: string, detail: string}} Description
 */

/** @type {Record<Reason, {icon: string, headline: string}>} */
const reasons = {
  unreachable: { icon: 'waiting', headline: 'Server unreachable' },
  lost: { icon: 'waiting', headline: 'Connection lost' },
  silent: { icon: 'waiting', headline: 'Server silent' },
  ended: { icon: 'ended', headline: 'Server stopped' },
  'too-large': { icon: 'problem', headline: 'This universe is too large for the page' },
  'rate-limited': { icon: 'problem', headline: 'Too many commands from here' },
  refused: { icon: 'problem', headline: 'The server closed the connection' },
  'too-slow': { icon: 'problem', headline: 'This device did not keep up' },
  'not-understood': { icon: 'problem', headline: 'The server sent something wrong. If it stays so, reload the page' },
};

/** @param {Reason} reason */
function trouble(reason) {
  return { kind: reason === 'ended' ? 'ended' : 'waiting', ...reasons[reason] };
}

/**
 * One decimal for what can be watched; in turbo, millions.
 *
 * @param {number} perSecond
 */
function rate(perSecond) {
  return perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en');
}

/**
 * @param {ConnectionState} state
 * @param {number} now
 * @param {number | null} attainedPerSecond
 * @param {boolean} behind whether frames are missing, and a snapshot is on its way
 * @returns {Description}
 */
export function describe(state, now, attainedPerSecond, behind) {
  switch (state.kind) {
    case 'connecting':
      return state.again === null
        ? { kind: 'connecting', icon: 'connecting', headline: 'Connecting…', detail: '' }
        : { ...trouble(state.again), detail: 'reconnecting…' };
    case 'live': {
      if (behind) {
        return { kind: 'stale', icon: 'stale', headline: 'Catching up', detail: '' };
      }
      const details = [];
      if (attainedPerSecond !== null) {
        details.push(`${rate(attainedPerSecond)} generations/s`);
      }
      if (state.roundTripMs !== null) {
        details.push(`${Math.max(1, Math.round(state.roundTripMs))} ms`);
      }
      return { kind: 'live', icon: 'live', headline: 'Live', detail: details.join(' · ') };
    }
    case 'stale':
      return {
        kind: 'stale',
        icon: 'stale',
        headline: 'Stale',
        detail: `since ${Math.floor((now - state.heardAt) / 1000)} s`,
      };
    case 'waiting':
      return {
        ...trouble(state.reason),
        detail: `reconnecting in ${Math.max(1, Math.ceil((state.retryAt - now) / 1000))} s`,
      };
  }
}

export class Status {
  #box = element('connection', HTMLElement);
  #icon = element('connection-icon', SVGUseElement);
  #words = element('connection-words', HTMLElement);
  #detail = element('connection-detail', HTMLElement);
  #retry = element('retry', HTMLButtonElement);

  /** @param {() => void} onRetry */
  constructor(onRetry) {
    this.#retry.addEventListener('click', onRetry);
  }

  /** @param {Description} description */
  show(description) {
    this.#box.dataset['kind'] = description.kind;
    document.documentElement.dataset['connection'] = description.kind;
    setIcon(this.#icon, description.icon);
    say(this.#words, description.headline);
    say(this.#detail, description.detail);
    this.#detail.title = description.kind === 'live' ? 'Speed as attained, and the round trip to the server' : '';
    this.#retry.hidden = description.kind !== 'waiting' && description.kind !== 'ended';
  }
}
