/**
 * The life of the stream: opens it, notices when it dies or falls silent, and opens it again.
 *
 * What is shown as live must be live. So a connection counts as live from its first snapshot on, as stale when the
 * server, which speaks at least once a second, has not been heard for two, and as lost after three. A message is heard
 * when it is whole, so where large ones may come over a slow link the page waits longer than the server, which closes a
 * stream that is behind for ten seconds and says so.
 */

import { answersBeside } from './address.js';
import { backoffDelay } from './backoff.js';
import { reasonForClose } from './closing.js';
import { parseMessage } from './protocol.js';
import { RoundTrip } from './roundtrip.js';
import { isSnapshot, SUBPROTOCOL } from './wire.js';

const STALE_AFTER_MS = 2_000;
const LOST_AFTER_MS = 3_000;
/** The same where messages are large: a snapshot of more bytes or characters than this says so. */
const LARGE_SNAPSHOT = 4_096;
const LOST_AFTER_LARGE_MS = 13_000;
/** A host that is switched off does not refuse, it says nothing; the browser alone would wait for minutes. */
const CONNECT_WITHIN_MS = 8_000;
/** From then on it may be worth asking anew, if somebody is in a hurry. */
const HANGS_AFTER_MS = 1_000;
/** A stream that lasted this long was a good one: the next failure starts the back-off afresh. */
const GOOD_STREAM_MS = 10_000;
const HEARTBEAT_MS = 250;
/** A heartbeat this late means that the page was busy: silence proves nothing yet. */
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
 * @property {(binary: boolean) => void} onOpen a new stream, of conway.v2 or of JSON
 * @property {(message: Message) => void} onMessage
 * @property {(buffer: ArrayBuffer) => void} onFrame
 * @property {(state: ConnectionState) => void} onState on every change, and with every heartbeat
 */

export class Connection {
  #address;
  #listener;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {ConnectionState} */
  #state = { kind: 'connecting', again: null };
  #attempt = 0;
  #opened = false;
  /** Whether the next attempt is for the JSON stream alone. */
  #plain = false;
  #lastError = '';
  #nextId = 0;
  #begunAt = 0;
  #goodSince = 0;
  #heardAt = 0;
  #lostAt = 0;
  #lostAfterMs = LOST_AFTER_MS;
  #beatAt = 0;
  #roundTrip = new RoundTrip();

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
   * @param {{cmd: string} & Record<string, unknown>} command
   * @returns {number | null} the id its answer will carry, or null when there is no connection to say it on
   */
  send(command) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return null;
    }
    this.#nextId += 1;
    this.#socket.send(JSON.stringify({ ...command, id: this.#nextId }));
    return this.#nextId;
  }

  /** The server has shown the universe. */
  established() {
    if (this.#state.kind === 'connecting' && this.#opened) {
      this.#goodSince = performance.now();
      this.#become({ kind: 'live', roundTripMs: this.#roundTrip.ms });
    }
  }

  /** The server has said what cannot be right. */
  distrust() {
    if (this.#socket) {
      this.#lose('not-understood');
    }
  }

  #open() {
    const state = this.#state;
    const again = state.kind === 'waiting' ? state.reason : state.kind === 'connecting' ? state.again : null;
    const former = this.#socket;
    const plain = this.#plain;
    const socket = plain ? new WebSocket(this.#address) : new WebSocket(this.#address, SUBPROTOCOL);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#plain = false;
    former?.close();
    this.#opened = false;
    this.#lastError = '';
    this.#begunAt = performance.now();
    // A socket that was given up may still have events under way; only the present one is listened to.
    socket.addEventListener('open', () => socket === this.#socket && this.#onOpen(socket));
    socket.addEventListener('message', ({ data }) => socket === this.#socket && this.#onData(data));
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) {
        this.#lose(reasonForClose(code, this.#lastError, this.#opened));
        if (!this.#opened && !plain) {
          void this.#tryPlain();
        }
      }
    });
    this.#become({ kind: 'connecting', again });
  }

  /**
   * Where a server does not know the subprotocol, or a proxy does not hand it on, a browser has no connection, and no
   * word about why. So if the server is there all the same, the JSON stream is worth an attempt.
   */
  async #tryPlain() {
    if (await answersBeside(this.#address) && this.#state.kind === 'waiting') {
      this.#plain = true;
      this.#open();
    }
  }

  /** @param {WebSocket} socket */
  #onOpen(socket) {
    this.#opened = true;
    this.#lostAfterMs = LOST_AFTER_LARGE_MS; // until it is known how large they are
    this.#hear();
    this.#listener.onOpen(this.#binary);
    if (!this.#binary) {
      socket.send(JSON.stringify({ cmd: 'hello' }));
    }
    this.#roundTrip.begin(performance.now());
  }

  get #binary() {
    return this.#socket?.protocol === SUBPROTOCOL;
  }

  /** @param {unknown} data a text, or an ArrayBuffer */
  #onData(data) {
    this.#hear();
    if (typeof data === 'string') {
      this.#onText(data);
    } else if (this.#binary && data instanceof ArrayBuffer) {
      if (isSnapshot(data)) {
        this.#measure(data.byteLength);
      }
      this.#listener.onFrame(data);
    } else {
      this.distrust();
    }
    if (this.#state.kind === 'stale') {
      this.#become({ kind: 'live', roundTripMs: this.#roundTrip.ms });
    }
  }

  /** @param {string} data */
  #onText(data) {
    const parsed = parseMessage(data, this.#binary ? 2 : 1);
    if ('problem' in parsed) {
      this.distrust();
      return;
    }
    const { message } = parsed;
    if (message.type === 'full_state') {
      this.#measure(data.length);
    } else if (message.type === 'error') {
      this.#lastError = message.code;
    } else if (message.type === 'pong') {
      this.#roundTrip.pong(message.t, performance.now());
    }
    this.#listener.onMessage(message);
  }

  /** @param {number} length of a snapshot, in bytes or characters */
  #measure(length) {
    this.#lostAfterMs = length < LARGE_SNAPSHOT ? LOST_AFTER_MS : LOST_AFTER_LARGE_MS;
    this.#hear();
  }

  #hear() {
    this.#heardAt = performance.now();
    this.#lostAt = this.#heardAt + this.#lostAfterMs;
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
        this.#state = { kind: 'live', roundTripMs: this.#roundTrip.ms };
      } else if (!busy) {
        this.#state = { kind: 'stale', heardAt: this.#heardAt };
      }
    }
    if (this.#socket?.readyState === WebSocket.OPEN) {
      const ping = this.#roundTrip.ping(now);
      ping && this.#socket.send(JSON.stringify(ping));
    }
  }
}
