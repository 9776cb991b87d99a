/**
 * The page's wiring: messages go into the universe and the session, and at the next picture from there to the eye.
 */

import { Board } from './board.js';
import { Connection, streamAddress } from './connection.js';
import { Controls } from './controls.js';
import { Figures, summarise } from './figures.js';
import { offerFullscreen } from './fullscreen.js';
import { News } from './news.js';
import { Pace } from './pace.js';
import { element, say } from './page.js';
import { Session } from './session.js';
import { describe, Status } from './status.js';
import { Universe } from './universe.js';
import { View } from './view.js';

/** @typedef {import('./connection.js').ConnectionState} ConnectionState */
/** @typedef {import('./protocol.js').Message} Message */

if (new URLSearchParams(location.search).get('kiosk') === '1') {
  document.documentElement.classList.add('kiosk');
}

const number = new Intl.NumberFormat('en');
const canvas = element('board', HTMLCanvasElement);
const note = element('note', HTMLElement);
const universe = new Universe();
const session = new Session();
const board = new Board(canvas, element('frame', HTMLElement));
const figures = new Figures();
const news = new News();
const pace = new Pace(draw);
const connection = new Connection(streamAddress(document.baseURI), { onMessage, onState });
const status = new Status(() => connection.retryNow());
const controls = new Controls(canvas, (cmd) => connection.send({ cmd }));
const view = new View(onViewChange);

/** @type {ConnectionState} */
let connectionState = { kind: 'connecting', again: null };
/** The tick of the picture on show; null before the first. @type {number | null} */
let shownTick = null;
/** Whether the universe has changed since that picture. */
let newer = false;
let heardAt = 0;

function draw() {
  if (view.frozen || !universe.known) {
    return;
  }
  if (newer) {
    newer = false;
    board.show(universe);
    shownTick = universe.tick;
    showNote();
  }
  figures.show(universe, session);
  news.figures(summarise(universe, session), performance.now());
}

/** @param {Message} message */
function onMessage(message) {
  heardAt = performance.now();
  /** @type {string | null} */
  let problem = null;
  if (message.type === 'full_state') {
    universe.replace(message);
    newer = true;
  } else if (message.type === 'delta') {
    problem = universe.apply(message);
    newer = true;
  } else if (message.type === 'error' && message.id !== null) {
    news.refused(message.message);
  } else if (message.type === 'state') {
    news.changed(message);
  }
  session.hear(message);
  if (problem === null) {
    pace.request();
    controls.show(connectionState.kind === 'live' ? session.running : null);
  }
  return problem;
}

/** @param {ConnectionState} state */
function onState(state) {
  connectionState = state;
  if (state.kind === 'connecting' || state.kind === 'waiting') {
    session.forget();
  }
  const description = describe(state, performance.now(), view.frozen ? null : session.attainedPerSecond);
  status.show(description);
  news.connection(description.headline);
  controls.show(state.kind === 'live' ? session.running : null);
  if (!view.frozen) {
    figures.showSession(session);
  }
  showNote();
}

/** Says over the board why it may not be the universe of this moment. */
function showNote() {
  let words = '';
  if (shownTick === null) {
    words = 'Waiting for the universe';
  } else if (view.frozen) {
    words = `Frozen at generation ${number.format(shownTick)}`;
  } else if (connectionState.kind !== 'live') {
    const age = Math.floor((performance.now() - heardAt) / 1000);
    words = `Not live: generation ${number.format(shownTick)}, ${age} s old`;
  }
  note.hidden = words === '';
  say(note, words);
}

function onViewChange() {
  document.documentElement.classList.toggle('frozen', view.frozen);
  pace.gapMs = view.gapMs;
  pace.request();
  showNote();
}

offerFullscreen(canvas);
view.start();
connection.start();
