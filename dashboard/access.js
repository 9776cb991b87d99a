/**
 * What this viewer may do, in words, and the dialog for the PIN that lets them do more.
 *
 * The PIN is kept for as long as the page lives, so that a reconnect need not ask for it again, and nowhere else.
 */

import { element, say } from './page.js';

/** @typedef {import('./protocol.js').Access} Access */
/** @typedef {import('./protocol.js').Message} Message */

/** @type {Record<import('./protocol.js').Lan, string>} */
const WATCHING = {
  operate: 'The host lets you watch.',
  watch: 'The host lets you watch.',
  pin: 'The host lets you watch. With the PIN you can steer, too.',
};
const NO_ANSWER = 'Not connected just now. Try again in a moment.';

/**
 * @param {Access | null} access
 * @returns {string} why this viewer may not act on the universe, or nothing if they may
 */
export function whyNot(access) {
  return access?.role === 'watcher' ? WATCHING[access.lan] : '';
}

export class PinDialog {
  #button = element('enter-pin', HTMLButtonElement);
  #dialog = element('pin-dialog', HTMLDialogElement);
  #input = element('pin', HTMLInputElement);
  #unlock = element('pin-unlock', HTMLButtonElement);
  #problem = element('pin-problem', HTMLElement);
  #wait = element('pin-wait', HTMLElement);
  #send;
  /** The PIN that was right. */
  #pin = '';
  /** The PIN under way, and the id its answer will carry. @type {{pin: string, id: number} | null} */
  #tried = null;
  /** @type {number | undefined} */
  #countdown;

  /** @param {(pin: string) => number | null} send answers the id, or null without a connection */
  constructor(send) {
    this.#send = send;
    this.#button.addEventListener('click', () => this.#open());
    element('pin-cancel', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
    element('pin-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** @param {Access | null} access null while it is not known */
  show(access) {
    const wanted = access?.role === 'watcher' && access.lan === 'pin';
    if (access && !wanted && this.#dialog.open) {
      this.#dialog.close();
    }
    // Without a connection the button stays for whoever has the dialog open, or is about to.
    if (access) {
      this.#button.hidden = !wanted;
    }
  }

  /** A new connection: a PIN that was right before is said again. @param {Access} access */
  greet({ role, lan }) {
    this.#tried = null;
    if (role === 'watcher' && lan === 'pin' && this.#pin !== '') {
      this.#try(this.#pin);
    }
  }

  /**
   * @param {Message} message
   * @returns {boolean} whether it is the answer to a PIN
   */
  hear(message) {
    if ((message.type !== 'ack' && message.type !== 'error') || this.#tried === null || message.id !== this.#tried.id) {
      return false;
    }
    const { pin } = this.#tried;
    this.#tried = null;
    this.#pin = '';
    if (message.type === 'ack') {
      this.#pin = pin;
      this.#dialog.close();
    } else if (message.code === 'no_pin_wanted') {
      this.#dialog.close();
    } else if (message.retryAfterSeconds > 0) {
      // Told with the last wrong PIN, and with every one while it lasts.
      this.#pause(message.retryAfterSeconds);
    } else {
      // The server's own sentence: it knows how many tries are left.
      say(this.#problem, message.message);
      this.#input.select();
    }
    return true;
  }

  #open() {
    this.#input.value = '';
    if (this.#countdown === undefined) {
      say(this.#problem, '');
    }
    this.#dialog.showModal();
    this.#input.focus();
  }

  #submit() {
    const pin = this.#input.value.trim();
    if (this.#countdown !== undefined || this.#tried !== null) {
      return;
    }
    if (pin === '') {
      say(this.#problem, 'Enter the PIN first.');
      this.#input.focus();
      return;
    }
    say(this.#problem, '');
    this.#try(pin);
  }

  /** @param {string} pin */
  #try(pin) {
    const id = this.#send(pin);
    if (id === null) {
      say(this.#problem, NO_ANSWER);
    } else {
      this.#tried = { pin, id };
    }
  }

  /** @param {number} seconds */
  #pause(seconds) {
    const end = performance.now() + seconds * 1000;
    clearInterval(this.#countdown);
    // Spoken once; the seconds beside it are for the eye.
    say(this.#problem, 'Too many wrong PINs.');
    this.#unlock.setAttribute('aria-disabled', 'true');
    const tick = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      if (left > 0) {
        say(this.#wait, `Try again in ${left < 100 ? `${left} s` : `${Math.ceil(left / 60)} min`}.`);
        return;
      }
      clearInterval(this.#countdown);
      this.#countdown = undefined;
      say(this.#wait, '');
      say(this.#problem, '');
      this.#unlock.setAttribute('aria-disabled', 'false');
    };
    this.#countdown = setInterval(tick, 250);
    tick();
  }
}
