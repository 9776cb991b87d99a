/**
 * The life of the stream: opens it, notices when it dies or falls silent, and opens it again.
 *
 * What is shown as live must be live. So a connection counts as live from its first `full_state` on, as stale when the
 * server, which speaks at least once a second, has not been heard for two, and as lost after three. A message is heard
 * when it is whole, so where large ones may come over a slow link the page waits longer than the server, which closes a
 * stream that is behind for ten seconds and says so.
 */

import { backoffDelay } from './backoff.js';
import { reasonForClose } from './closing.js';
import { parseMessage } from './protocol.js';

const STALE_AFTER_MS = 2_000;
const LOST_AFTER_MS = 3_000;
/** The same where messages are large: a snapshot of more characters than this says so. */
const LARGE_SNAPSHOT = 4_096;
const LOST_AFTER_LARGE_MS = 13_000;
/** A host that is switched off does not refuse, it says nothing; the browser alone would wait for minutes. */
const CONNECT_WITHIN_MS = 8_000;
/** From then on it may be worth asking anew, if somebody is in a hurry. */
const HANGS_AFTER_MS = 1_000;
/** A stream that lasted this long was a good one: the next failure starts the back-off afresh. */
const GOOD_STREAM_MS = 10_000;
const PING_EVERY_MS = 4_000;
/** Not at once: while the page is still loading, a ping would measure the page. */
const FIRST_PING_MS = 1_000;
const HEARTBEAT_MS = 250;
/** A heartbeat this late means the page was busy: messages may wait to be read, and silence proves nothing yet. */
const BUSY_MS = 600;
/** A heartbeat this late means the page slept (hidden tab, closed lid) while messages may wait to be read. */
const SLEPT_MS = 2_000;

/**
 * Times are those of `performance.now()`.
 *
 * @typedef {{kind: 'connecting', again: Reason | null}
 *   | {kind: 'live', roundTripMs: number | null}
 *   | {kind: 'stale', heardAt: number}
 *   | {kind: 'waiting', reason: Reason, retryAt: number}} ConnectionState
 *
 * @typedef {import('./closing.js').Reason} Reason
 * @typedef {import('./protocol.js').Message} Message
 *
 * @typedef {object} Listener
 * @property {(message: Message) => string | null} onMessage answers why the message cannot be right, or null
 * @property {(state: ConnectionState) => void} onState on every change, and with every heartbeat
 */

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

export class Connection {
  #address;
  #listener;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {ConnectionState} */
  #state = { kind: 'connecting', again: null };
  #attempt = 0;
  #opened = false;
  #lastError = '';
  #nextId = 0;
  #begunAt = 0;
  #goodSince = 0;
  #heardAt = 0;
  #lostAt = 0;
  #lostAfterMs = LOST_AFTER_MS;
  #beatAt = 0;
  #pingNumber = 0;
  #pingAt = -Infinity;
  /** @type {number | null} */
  #roundTripMs = null;

  /**
   * @param {URL} address
   * @param {Listener} listener
   */
  constructor(address, listener) {
    this.#address = address;
    this.#listener = listener;
  }

  /** Connects, and stays connected for as long as the page lives. */
  start() {
    this.#beatAt = performance.now();
    setInterval(() => this.#heartbeat(), HEARTBEAT_MS);
    addEventListener('online', () => this.retryNow());
    addEventListener('pageshow', () => this.retryNow());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') {
        this.retryNow();
      }
    });
    this.#open();
  }

  /** Ends a wait between two attempts, and an attempt that hangs; harmless at any other time. */
  retryNow() {
    const hangs = this.#state.kind === 'connecting' && performance.now() - this.#begunAt > HANGS_AFTER_MS;
    if (this.#state.kind === 'waiting' || hangs) {
      this.#open();
    }
  }

  /**
   * @param {{cmd: string}} command
   * @returns {number | null} the id an `error` would carry, or null when there is no connection to say it on
   */
  send(command) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return null;
    }
    this.#nextId += 1;
    this.#socket.send(JSON.stringify({ ...command, id: this.#nextId }));
    return this.#nextId;
  }

  #open() {
    /** @type {Reason | null} */
    let again = null;
    if (this.#state.kind === 'waiting') {
      again = this.#state.reason;
    } else if (this.#state.kind === 'connecting') {
      again = this.#state.again;
    }
    const former = this.#socket;
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    former?.close();
    this.#opened = false;
    this.#lastError = '';
    this.#begunAt = performance.now();
    this.#roundTripMs = null;
    // A socket that was given up may still have events under way; only the present one is listened to.
    socket.addEventListener('open', () => socket === this.#socket && this.#onOpen(socket));
    socket.addEventListener('message', ({ data }) => socket === this.#socket && this.#onData(data));
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) {
        this.#lose(reasonForClose(code, this.#lastError, this.#opened));
      }
    });
    this.#become({ kind: 'connecting', again });
  }

  /** @param {WebSocket} socket */
  #onOpen(socket) {
    this.#opened = true;
    this.#lostAfterMs = LOST_AFTER_LARGE_MS; // until it is known how large they are
    this.#hear();
    socket.send(JSON.stringify({ cmd: 'hello' }));
    this.#pingAt = performance.now() - PING_EVERY_MS + FIRST_PING_MS;
  }

  /** @param {unknown} data */
  #onData(data) {
    this.#hear();
    const parsed = parseMessage(data);
    if ('problem' in parsed) {
      this.#lose('not-understood');
      return;
    }
    const { message } = parsed;
    if (message.type === 'full_state' && typeof data === 'string') {
      this.#lostAfterMs = data.length < LARGE_SNAPSHOT ? LOST_AFTER_MS : LOST_AFTER_LARGE_MS;
      this.#hear();
    } else if (message.type === 'error') {
      this.#lastError = message.code;
    } else if (message.type === 'pong' && message.t === this.#pingNumber) {
      this.#roundTripMs = performance.now() - this.#pingAt;
    }
    if (this.#listener.onMessage(message) !== null) {
      this.#lose('not-understood');
    } else if (message.type === 'full_state' && this.#state.kind === 'connecting') {
      this.#goodSince = performance.now();
      this.#becomeLive();
    } else if (this.#state.kind === 'stale') {
      this.#becomeLive();
    }
  }

  #hear() {
    this.#heardAt = performance.now();
    this.#lostAt = this.#heardAt + this.#lostAfterMs;
  }

  /** @param {WebSocket} socket */
  #ping(socket) {
    this.#pingNumber += 1;
    this.#pingAt = performance.now();
    socket.send(JSON.stringify({ cmd: 'ping', t: this.#pingNumber }));
  }

  /** @param {Reason} reason */
  #lose(reason) {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    const wait = backoffDelay(this.#attempt);
    this.#attempt += 1;
    // A server that said goodbye stays "stopped" until it is back: it may still accept an attempt while it ends, and
    // "lost" or "unreachable" would tell less.
    const saidGoodbye = this.#state.kind === 'connecting' && this.#state.again === 'ended';
    const shown = saidGoodbye && (reason === 'unreachable' || reason === 'lost') ? 'ended' : reason;
    this.#become({ kind: 'waiting', reason: shown, retryAt: performance.now() + wait });
  }

  #becomeLive() {
    this.#become({ kind: 'live', roundTripMs: this.#roundTripMs });
  }

  /** @param {ConnectionState} state */
  #become(state) {
    this.#state = state;
    this.#listener.onState(state);
  }

  #heartbeat() {
    const now = performance.now();
    const busy = now - this.#beatAt > BUSY_MS;
    if (now - this.#beatAt > SLEPT_MS) {
      this.#lostAt = Math.max(this.#lostAt, now + this.#lostAfterMs);
    }
    this.#beatAt = now;

    if (this.#state.kind === 'waiting') {
      if (now >= this.#state.retryAt) {
        this.#open();
        return;
      }
    } else if (!this.#opened) {
      if (now - this.#begunAt > CONNECT_WITHIN_MS) {
        this.#lose('unreachable');
        return;
      }
    } else if (now > this.#lostAt) {
      this.#lose('silent');
      return;
    } else {
      this.#keep(now, busy);
    }
    this.#listener.onState(this.#state);
  }

  /**
   * @param {number} now
   * @param {boolean} busy
   */
  #keep(now, busy) {
    if (this.#state.kind !== 'connecting') {
      if (now - this.#goodSince > GOOD_STREAM_MS) {
        this.#attempt = 0;
      }
      if (now - this.#heardAt <= STALE_AFTER_MS) {
        this.#state = { kind: 'live', roundTripMs: this.#roundTripMs };
      } else if (!busy) {
        this.#state = { kind: 'stale', heardAt: this.#heardAt };
      }
    }
    if (now - this.#pingAt > PING_EVERY_MS && this.#socket?.readyState === WebSocket.OPEN) {
      this.#ping(this.#socket);
    }
  }
}
