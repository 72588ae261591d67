// The server behind the page. While none answers, the stage plays on under a notice, and settings wait.

import { hold, isAway, isRunning, keepErrorClosed, watchServer } from "./host.js";

const PATIENCE = 2000; // milliseconds after which the page was run, though too shortly to be seen

export class Server {
  hasRun = false;
  allowError = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */ waiting;

  // Calls `back()` where a server answers again. It may be another one that knows nothing of the page:
  // settings wait until it has run the page once.
  /** @param {HTMLElement} root @param {() => void} back */
  constructor(root, back) {
    this.root = root;
    this.notice = root.querySelector(".away");
    this.back = back;
    this.leave = watchServer(root, () => this.follow());
  }

  destroy() {
    this.leave();
    this.allowError();
    clearTimeout(this.waiting);
  }

  get isAway() {
    return isAway(this.root);
  }

  follow() {
    if (this.isAway) return this.lose();
    if (this.notice.hidden) return;
    const runs = isRunning(this.root);
    if (!this.waiting) this.greet();
    else if (this.hasRun && !runs) this.goOn();
    this.hasRun ||= runs;
  }

  lose() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (!this.notice.hidden) return;
    this.allowError = keepErrorClosed(); // until a server has answered
    this.hold(true);
  }

  greet() {
    this.allowError();
    this.hasRun = false;
    this.waiting = setTimeout(() => this.goOn(), PATIENCE);
    this.back();
  }

  goOn() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.hold(false);
  }

  /** @param {boolean} isHeld */
  hold(isHeld) {
    this.notice.hidden = !isHeld;
    hold(this.root, isHeld);
  }
}
