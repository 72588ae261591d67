// The server behind the page. While none answers, the stage plays on under a notice, and settings wait.

import { leaveAlone } from "./address.js";
import { hold, isAway, isRunning, keepErrorClosed, watchServer } from "./host.js";

const PATIENCE = 2000; // milliseconds after which the page has been run, though too shortly to be seen

export class Server {
  hasRun = false;
  allowError = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */ waiting;

  // Calls `back()` where a server answers again. It may be another server that does not know the page, so
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
    if (this.isAway) return this.hold(true);
    if (this.notice.hidden) return;
    const runs = isRunning(this.root);
    if (!this.waiting) this.greet();
    else if (this.hasRun && !runs) this.hold(false);
    this.hasRun ||= runs;
  }

  greet() {
    this.hasRun = false;
    this.waiting = setTimeout(() => this.hold(false), PATIENCE);
    this.back();
  }

  // Has settings and the address wait under the notice, or go on without it.
  /** @param {boolean} isHeld */
  hold(isHeld) {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.allowError();
    this.allowError = isHeld ? keepErrorClosed() : () => {};
    this.notice.hidden = !isHeld;
    leaveAlone(isHeld);
    hold(this.root, isHeld);
  }
}
