// The page around the stage, and Python behind it. A file of its own has no Python.

// Streamlit's element around the page's content.
/** @param {HTMLElement} part */
export function pageAround(part) {
  return /** @type {HTMLElement} */ (part.closest(".stMainBlockContainer"));
}

const ANSWER = 1000; // milliseconds after which Python has begun with what it was told, or is done

export class Page {
  /** @type {Component<unknown>["setStateValue"]} */ setState;
  tellings = 0;

  // Calls `changed()` where Python starts and where it is done.
  /** @param {HTMLElement} root @param {() => void} changed */
  constructor(root, changed) {
    this.root = root;
    this.changed = changed;
    this.script = root.closest("[data-test-script-state]"); // none in a file
    this.observer = new MutationObserver(changed);
    if (this.script) this.observer.observe(this.script, { attributeFilter: ["data-test-script-state"] });
  }

  destroy() {
    this.observer.disconnect();
    clearTimeout(this.answering);
  }

  get hasPython() {
    return this.script !== null;
  }

  get isBusy() {
    return this.script?.getAttribute("data-test-script-state") === "running";
  }

  // Tells Python in one message, as a second one would interrupt Python before it has taken in the first.
  // It is counted, so that the same again is news. A run of Python's may be too short to be seen.
  /** @type {(what: string, ...news: unknown[]) => void} */
  tell(what, ...news) {
    this.stir();
    this.setState(what, [...news, ++this.tellings]);
    clearTimeout(this.answering);
    this.answering = setTimeout(this.changed, ANSWER);
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
