/**
 * The page's wiring: messages go into the scene and the session, and at the next picture from there to the eye.
 */

import { PinDialog, whyNot } from './access.js';
import { streamAddress } from './address.js';
import { Board } from './board.js';
import { Connection } from './connection.js';
import { Controls, NOT_CONNECTED } from './controls.js';
import { Feed } from './feed.js';
import { Figures, summarise } from './figures.js';
import { offerFullscreen } from './fullscreen.js';
import { Hands } from './hands.js';
import { News } from './news.js';
import { Outlook } from './outlook.js';
import { Pace } from './pace.js';
import { element, say } from './page.js';
import { Session } from './session.js';
import { openStage } from './stage.js';
import { describe, Status } from './status.js';
import { View } from './view.js';

/** @typedef {import('./connection.js').ConnectionState} ConnectionState */
/** @typedef {import('./protocol.js').Message} Message */
/** @typedef {import('./scene.js').Order} Order */
/** @typedef {import('./scene.js').Picture} Picture */
/** @typedef {import('./scene.js').Report} Report */
/** @typedef {import('./scene.js').Size} Size */

/** A hand that moves the board moves it on; the server is asked now and then. */
const CONSIDER_EVERY_MS = 120;
/** Of the frames a second that a server sends under reduced motion. */
const CALM_FPS = 2;

if (new URLSearchParams(location.search).get('kiosk') === '1') {
  document.documentElement.classList.add('kiosk');
}

const number = new Intl.NumberFormat('en');
const canvas = element('board', HTMLCanvasElement);
const note = element('note', HTMLElement);
const stage = await openStage(canvas);
const session = new Session();
const figures = new Figures();
const news = new News();
const pace = new Pace(draw);
const connection = new Connection(streamAddress(document.baseURI), { onOpen, onMessage, onFrame, onState });
const feed = new Feed(stage.port, { onGap, onTaken, onBroken: () => connection.distrust() });
const outlook = new Outlook((wish) => connection.send({ cmd: 'view', ...wish }));
const board = new Board(canvas, element('frame', HTMLElement), stage, {
  onSight,
  onPalette: (palette) => order({ kind: 'palette', palette }),
});
const hands = new Hands(canvas, board);
const status = new Status(() => connection.retryNow());
const controls = new Controls(canvas, (cmd) => connection.send({ cmd }));
const pin = new PinDialog((digits) => connection.send({ cmd: 'pin', pin: digits }));
const view = new View(onViewChange);

/** @type {ConnectionState} */
let connectionState = { kind: 'connecting', again: null };
/** The universe of this moment, which a frozen view does not look at. @type {Size} */
let universe = { width: 0, height: 0 };
/** The picture on show. @type {Picture | null} */
let shown = null;
/** A picture is being painted. */
let painting = false;
/** The picture being painted came too late for a view that was frozen meanwhile. */
let unseen = false;
let frozen = false;
/** Frames are missing, and a snapshot has been asked for. */
let behind = false;
let heardAt = 0;
let considering = false;

/** @param {Order} message */
function order(message) {
  stage.port.postMessage(message, []);
}

function draw() {
  painting = board.universe.width > 0;
  if (painting) {
    order({ kind: 'draw', sight: board.sight, of: board.universe });
  }
  return painting;
}

/** @param {Picture | null} picture */
function onPicture(picture) {
  painting = false;
  if (unseen) {
    unseen = false;
    pace.hurry();
    pace.painted(false);
    return;
  }
  if (picture) {
    shown = picture;
    board.present(picture);
    figures.show(picture, session);
    news.figures(summarise(picture, session), performance.now());
    hands.show();
    showNote();
  }
  pace.painted(picture !== null);
}

/** @param {MessageEvent} event */
stage.port.onmessage = (event) => {
  const report = /** @type {Report} */ (event.data);
  if (report.kind === 'heard') {
    feed.heard(report);
  } else if (report.kind === 'picture') {
    onPicture(report.picture);
  }
};

/** @param {Size} size */
function onTaken(size) {
  universe = size;
  behind = false;
  connection.established();
  if (!view.frozen) {
    board.look(size);
    pace.request();
  }
}

function onGap() {
  behind = true;
  connection.send({ cmd: 'resync' });
}

function onOpen() {
  behind = false;
  feed.begin();
  outlook.forget();
}

/** @param {ArrayBuffer} buffer */
function onFrame(buffer) {
  heardAt = performance.now();
  feed.frame(buffer);
}

/** @param {Message} message */
function onMessage(message) {
  heardAt = performance.now();
  session.hear(message);
  if (message.type === 'full_state' || message.type === 'delta') {
    feed.cells(message);
  } else if (message.type === 'view') {
    feed.view(message);
    outlook.told(message);
    consider();
  } else if (message.type === 'hello') {
    pin.greet(message);
  } else if (message.type === 'state') {
    news.changed(message);
  } else if (!pin.hear(message) && message.type === 'error' && message.id !== null && !outlook.refused(message.id)) {
    news.refused(message.message);
  }
  showSession();
}

function showSession() {
  const known = connectionState.kind === 'live' ? session.running : null;
  controls.show(known, known === null ? NOT_CONNECTED : whyNot(session.access));
  pin.show(session.access);
  if (!view.frozen) {
    figures.showSession(session);
  }
}

/** @param {ConnectionState} state */
function onState(state) {
  connectionState = state;
  if (state.kind === 'waiting') {
    session.forget();
  }
  const attained = view.frozen ? null : session.attainedPerSecond;
  const description = describe(state, performance.now(), attained, behind);
  status.show(description);
  news.connection(description.headline);
  showSession();
  showNote();
}

/** Says over the board why it may not be the universe of this moment. */
function showNote() {
  let words = '';
  if (shown === null) {
    words = 'Waiting for the universe';
  } else if (view.frozen) {
    words = `Frozen at generation ${number.format(shown.generation)}`;
  } else if (connectionState.kind !== 'live') {
    const age = Math.floor((performance.now() - heardAt) / 1000);
    words = `Not live: generation ${number.format(shown.generation)}, ${age} s old`;
  }
  note.hidden = words === '';
  say(note, words);
}

function onSight() {
  hands.show();
  pace.hurry();
  consider();
}

/** Asks the server for another view if it is time for one. */
function consider() {
  if (!considering) {
    considering = true;
    setTimeout(considerNow, CONSIDER_EVERY_MS);
  }
}

function considerNow() {
  considering = false;
  outlook.consider(board.sight, board.universe, {
    maxFps: view.gapMs > 0 ? CALM_FPS : 0,
    paused: view.frozen || document.visibilityState === 'hidden',
  });
}

function onViewChange() {
  document.documentElement.classList.toggle('frozen', view.frozen);
  if (view.frozen !== frozen) {
    frozen = view.frozen;
    unseen = frozen && painting;
    order(frozen ? { kind: 'freeze', unseen } : { kind: 'thaw' });
    const size = frozen && shown ? shown : universe;
    if (size.width > 0) {
      board.look({ width: size.width, height: size.height });
    }
  }
  pace.gapMs = view.gapMs;
  pace.request();
  considerNow();
  showNote();
}

offerFullscreen(canvas);
document.addEventListener('visibilitychange', considerNow);
view.start();
board.start();
connection.start();
