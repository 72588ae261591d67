// The page around the stage, and Python behind it. In a file of its own the stage has neither.

import { hasPython, nameSettings, nameSlidersOnce, pageAround, watchScript } from "./host.js";
import { Server } from "./server.js";

const ANSWER = 1000; // milliseconds after which Python has begun with a message, or is done with it

// Whether a count of Python's, SESSION.COUNT, has gone on from the one before; without `before`, from 0.
// The first count of another session is no news: its server was restarted, and opens what is shown.
/** @type {(now: string, before?: string) => boolean} */
export function hasCountedOn(now, before) {
  const [session, count] = now.split(".");
  const [sessionBefore, countBefore] = before?.split(".") ?? [session, "0"];
  return session === sessionBefore ? count !== countBefore : Number(count) > 1;
}

export class Page {
  /** @type {Component<unknown>["setStateValue"]} */ setState;
  messages = 0;

  // Calls `changed()` where Python starts and where it is done, and `back()` where a server answers again.
  /** @param {HTMLElement} root @param {() => void} changed @param {() => void} back */
  constructor(root, changed, back) {
    this.root = root;
    this.server = new Server(root, back);
    this.changed = changed;
    this.leaves = [watchScript(root, changed), nameSettings(), nameSlidersOnce(root)];
  }

  destroy() {
    for (const leave of this.leaves) leave();
    this.server.destroy();
    clearTimeout(this.answering);
  }

  // Leaves parts out of the page; the stage takes their room.
  /** @param {string[]} names */
  hide(names) {
    pageAround(this.root).dataset.hidden = names.join(" ");
  }

  // Makes the page for a room, or for a reader.
  /** @param {boolean} presents */
  present(presents) {
    document.documentElement.toggleAttribute("data-presents", presents);
  }

  // Reports an event to Python, and returns whether a Python is there to hear of it. All its details go in
  // one message, as a second one would interrupt Python before it has taken in the first. Messages are
  // counted, so that the same again is news. `changed()` is called even where Python runs too shortly to
  // be seen.
  /** @type {(event: string, ...details: unknown[]) => boolean} */
  report(event, ...details) {
    return this.send(this.setState, event, details);
  }

  // The same, for another component of the page.
  /** @type {(setState: Page["setState"], event: string, details: unknown[]) => boolean} */
  send(setState, event, details) {
    if (!hasPython(this.root)) return false;
    this.stir();
    setState(event, [...details, ++this.messages]);
    clearTimeout(this.answering);
    this.answering = setTimeout(this.changed, ANSWER);
    return true;
  }

  // Once nothing more is to come, an attribute holds the epoch, for programs that wait for that.
  /** @param {number} epoch */
  rest(epoch) {
    this.root.dataset.settled = String(epoch);
  }

  stir() {
    delete this.root.dataset.settled;
  }
}
