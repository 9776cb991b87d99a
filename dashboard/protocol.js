/**
 * The text messages of both streams as this page understands them (docs/protocol.md): types, and a parser that trusts
 * nothing.
 *
 * A message the page cannot take at its word ends the connection, since a board that might be wrong must not be
 * shown as live. Types that are new to this page are let pass, so that a newer server may add events.
 */

import { MOST_LEVEL } from './wire.js';

/** The largest universe the JSON stream carries, 256×256. */
const MOST_CELLS = 65_536;
/** The longest side of a universe that a frame can tell of. */
const MOST_SIDE = 65_536;

/**
 * @typedef {{x: number, y: number, alive: boolean}} CellChange
 * @typedef {{tick: number, generation: number}} Time
 * @typedef {Time & {type: 'full_state', width: number, height: number, cells: Uint8Array}} FullState
 * @typedef {Time & {type: 'delta', deltas: CellChange[]}} Delta
 * @typedef {'operator' | 'watcher'} Role
 * @typedef {'operate' | 'watch' | 'pin'} Lan what viewers of the network may do
 * @typedef {{role: Role, lan: Lan}} Access
 * @typedef {{type: 'hello', running: boolean, intervalMs: number, rule: string} & Access} Hello
 * @typedef {{type: 'role'} & Access} RoleEvent
 * @typedef {object} ViewEvent
 * @property {'view'} type
 * @property {number} level
 * @property {number} x
 * @property {number} y
 * @property {number} w
 * @property {number} h
 * @property {number | null} id of the command it answers
 * @typedef {{type: 'state', running: boolean, intervalMs: number, rule: string, cause: string, by: string}} State
 * @typedef {{type: 'stats', viewers: number, attainedPerSecond: number}} Stats
 * @typedef {{type: 'pong', t: number | null}} Pong
 * @typedef {{type: 'ack', id: number}} Ack
 * @typedef {{type: 'error', code: string, message: string, id: number | null, retryAfterSeconds: number}} ErrorMessage
 * @typedef {{type: 'unknown'}} Unknown
 * @typedef {FullState | Delta | Hello | RoleEvent | ViewEvent | State | Stats | Pong | Ack | ErrorMessage
 *   | Unknown} Message
 * @typedef {{message: Message} | {problem: string}} Parsed
 * @typedef {Record<string, unknown>} Fields
 */

/** What is wrong with a message; never leaves this file. */
class Unacceptable extends Error {}

/**
 * @param {Fields} fields
 * @param {string} name
 * @returns {number} a whole number, 0 or more
 */
function count(fields, name) {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Unacceptable(`${name} is not a whole number`);
  }
  return value;
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @returns {number} 0 or more
 */
function quantity(fields, name) {
  const value = fields[name];
  if (typeof value !== 'number' || !(value >= 0)) {
    throw new Unacceptable(`${name} is not a quantity`);
  }
  return value;
}

/**
 * @param {Fields} fields
 * @param {string} name
 */
function flag(fields, name) {
  const value = fields[name];
  if (typeof value !== 'boolean') {
    throw new Unacceptable(`${name} is not true or false`);
  }
  return value;
}

/**
 * @param {Fields} fields
 * @param {string} name
 */
function text(fields, name) {
  const value = fields[name];
  if (typeof value !== 'string') {
    throw new Unacceptable(`${name} is not text`);
  }
  return value;
}

/**
 * The generation is named only where it is another number than the tick.
 *
 * @param {Fields} fields
 * @returns {Time}
 */
function time(fields) {
  const tick = count(fields, 'tick');
  return { tick, generation: fields['generation'] === undefined ? tick : count(fields, 'generation') };
}

/**
 * @param {Fields} fields
 * @returns {FullState}
 */
function fullState(fields) {
  const size = count(fields, 'size');
  const square = fields['width'] === undefined && fields['height'] === undefined;
  const width = square ? size : count(fields, 'width');
  const height = square ? size : count(fields, 'height');
  if (width < 1 || height < 1 || width * height > MOST_CELLS || size !== Math.max(width, height)) {
    throw new Unacceptable(`a universe of ${width}×${height}, size ${size}`);
  }
  const grid = fields['grid'];
  if (!Array.isArray(grid) || grid.length !== height) {
    throw new Unacceptable('grid has the wrong number of rows');
  }
  const cells = new Uint8Array(width * height);
  grid.forEach((/** @type {unknown} */ row, y) => {
    if (!Array.isArray(row) || row.length !== width) {
      throw new Unacceptable(`row ${y} has the wrong number of cells`);
    }
    for (let x = 0; x < width; x += 1) {
      const cell = /** @type {unknown} */ (row[x]);
      if (cell !== 0 && cell !== 1) {
        throw new Unacceptable(`cell ${x}, ${y} is neither 0 nor 1`);
      }
      cells[y * width + x] = cell;
    }
  });
  return { type: 'full_state', ...time(fields), width, height, cells };
}

/**
 * @param {Fields} fields
 * @returns {Delta}
 */
function delta(fields) {
  const list = fields['deltas'];
  if (!Array.isArray(list)) {
    throw new Unacceptable('deltas is not a list');
  }
  const deltas = list.map((/** @type {unknown} */ item) => {
    if (typeof item !== 'object' || item === null) {
      throw new Unacceptable('a delta is not an object');
    }
    const change = /** @type {Fields} */ (item);
    return { x: count(change, 'x'), y: count(change, 'y'), alive: flag(change, 'alive') };
  });
  return { type: 'delta', ...time(fields), deltas };
}

/**
 * A server from before there were roles names none but the operator's, and no lan.
 *
 * @param {Fields} fields
 * @returns {Access}
 */
function access(fields) {
  const { role, lan = 'operate' } = fields;
  if ((role !== 'operator' && role !== 'watcher') || (lan !== 'operate' && lan !== 'watch' && lan !== 'pin')) {
    throw new Unacceptable('a role that is not known');
  }
  return { role, lan };
}

/**
 * @param {Fields} fields
 * @param {number} version
 * @returns {Hello}
 */
function hello(fields, version) {
  if (fields['protocol'] !== version) {
    throw new Unacceptable('the server speaks another protocol than this page');
  }
  return {
    type: 'hello',
    ...access(fields),
    running: flag(fields, 'running'),
    intervalMs: quantity(fields, 'intervalMs'),
    rule: text(fields, 'rule'),
  };
}

/**
 * @param {Fields} fields
 * @returns {number | null}
 */
function optionalId(fields) {
  return fields['id'] === undefined ? null : count(fields, 'id');
}

/**
 * @param {Fields} fields
 * @returns {ViewEvent}
 */
function view(fields) {
  const level = count(fields, 'level');
  const [x, y, w, h] = /** @type {[number, number, number, number]} */ (
    ['x', 'y', 'w', 'h'].map((name) => count(fields, name)));
  if (level > MOST_LEVEL || w < 1 || h < 1 || x + w > MOST_SIDE || y + h > MOST_SIDE) {
    throw new Unacceptable(`a view of ${w}×${h} at ${x}, ${y}, level ${level}`);
  }
  return { type: 'view', level, x, y, w, h, id: optionalId(fields) };
}

/**
 * @param {Fields} fields
 * @returns {State}
 */
function state(fields) {
  return {
    type: 'state',
    running: flag(fields, 'running'),
    intervalMs: quantity(fields, 'intervalMs'),
    rule: text(fields, 'rule'),
    cause: text(fields, 'cause'),
    by: text(fields, 'by'),
  };
}

/**
 * @param {Fields} fields
 * @returns {Stats}
 */
function stats(fields) {
  return {
    type: 'stats',
    viewers: count(fields, 'viewers'),
    attainedPerSecond: quantity(fields, 'attainedPerSecond'),
  };
}

/**
 * @param {Fields} fields
 * @returns {ErrorMessage}
 */
function error(fields) {
  return {
    type: 'error',
    code: text(fields, 'code'),
    message: text(fields, 'message'),
    id: optionalId(fields),
    retryAfterSeconds: fields['retryAfterSeconds'] === undefined ? 0 : quantity(fields, 'retryAfterSeconds'),
  };
}

/**
 * @param {Fields} fields
 * @returns {Pong}
 */
function pong(fields) {
  return { type: 'pong', t: fields['t'] === undefined ? null : quantity(fields, 't') };
}

/** @type {Map<unknown, (fields: Fields, version: number) => Message>} */
const readers = new Map(
  /** @type {[string, (fields: Fields, version: number) => Message][]} */ ([
    ['full_state', fullState],
    ['delta', delta],
    ['hello', hello],
    ['role', (fields) => ({ type: 'role', ...access(fields) })],
    ['view', view],
    ['ack', (fields) => ({ type: 'ack', id: count(fields, 'id') })],
    ['state', state],
    ['stats', stats],
    ['pong', pong],
    ['error', error],
  ]),
);

/**
 * @param {string} data what a WebSocket message carried
 * @param {1 | 2} version of the protocol that was agreed on
 * @returns {Parsed}
 */
export function parseMessage(data, version) {
  try {
    const fields = /** @type {unknown} */ (JSON.parse(data));
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      return { problem: 'not a JSON object' };
    }
    const read = readers.get(/** @type {Fields} */ (fields)['type']);
    return { message: read ? read(/** @type {Fields} */ (fields), version) : { type: 'unknown' } };
  } catch (reason) {
    if (reason instanceof Unacceptable || reason instanceof SyntaxError) {
      return { problem: reason.message };
    }
    throw reason;
  }
}
