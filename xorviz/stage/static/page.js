// The page around the stage, and Python behind it. A file of its own has no Python.

import { hasPython, isRunning, pageAround, watchScript } from "./host.js";
import { Server } from "./server.js";

const ANSWER = 1000; // milliseconds after which Python has begun with what it was told, or is done

// Whether a count of Python's, SESSION.COUNT, differs from the one in `before`; without `before`, from 0.
// The first count of another session is no news: its server was restarted, and opens what is shown.
/** @type {(now: string, before?: string) => boolean} */
export function hasCountedOn(now, before) {
  const [session, count] = now.split(".");
  const [sessionBefore, countBefore] = before?.split(".") ?? [session, "0"];
  return session === sessionBefore ? count !== countBefore : Number(count) > 1;
}

export class Page {
  /** @type {Component<unknown>["setStateValue"]} */ setState;
  tellings = 0;

  // Calls `changed()` where Python starts and where it is done, and `back()` where a server answers again.
  /** @param {HTMLElement} root @param {() => void} changed @param {() => void} back */
  constructor(root, changed, back) {
    this.root = root;
    this.server = new Server(root, back);
    this.changed = changed;
    this.leave = watchScript(root, changed);
  }

  destroy() {
    this.leave();
    this.server.destroy();
    clearTimeout(this.answering);
  }

  get hasPython() {
    return hasPython(this.root);
  }

  get isBusy() {
    return isRunning(this.root);
  }

  // What is left out of the page leaves its room to the stage.
  /** @param {string[]} names */
  hide(names) {
    pageAround(this.root).dataset.hidden = names.join(" ");
  }

  // Tells Python in one message, as a second one would interrupt Python before it has taken in the first.
  // It is counted, so that the same again is news. A run of Python's may be too short to be seen.
  // While no server answers nothing is told.
  /** @type {(what: string, ...news: unknown[]) => void} */
  tell(what, ...news) {
    if (this.server.isAway) return;
    this.stir();
    this.setState(what, [...news, ++this.tellings]);
    clearTimeout(this.answering);
    this.answering = setTimeout(this.changed, ANSWER);
  }

  // Tells why the charts can't be shown, or no more.
  /** @param {Error} [error] */
  fail(error) {
    const failure = this.root.querySelector(".failure");
    failure.hidden = !error;
    failure.textContent = error ? `The charts can't be shown: ${error.message}.` : "";
  }

  // Once nothing more is to come, an attribute says at which epoch, for whoever waits for that.
  /** @param {number} epoch */
  rest(epoch) {
    this.root.dataset.settled = String(epoch);
  }

  stir() {
    delete this.root.dataset.settled;
  }
}
