// The server behind the page. While none answers, the stage plays on under a notice, and settings wait.

const CONNECTION = "data-test-connection-state"; // of Streamlit's own page, as all these
const SCRIPT = "data-test-script-state";
const WIDGETS = "[data-testid=stSidebar], [data-testid=stElementContainer]";
const ERROR = "Connection error"; // heading of the dialog that Streamlit opens over the page
const PATIENCE = 2000; // milliseconds after which the page was run, though too shortly to be seen

export class Server {
  hasRun = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ waiting;

  // Calls `back()` where a server answers again. It may be another one that knows nothing of the page:
  // settings wait until it has run the page once.
  /** @param {HTMLElement} root @param {() => void} back */
  constructor(root, back) {
    this.root = root;
    this.notice = root.querySelector(".away");
    this.page = root.closest(`[${CONNECTION}]`); // none in a file
    this.back = back;
    this.observer = new MutationObserver(() => this.follow());
    if (this.page) this.observer.observe(this.page, { attributeFilter: [CONNECTION, SCRIPT] });
    this.errors = new MutationObserver(() => this.closeError());
  }

  destroy() {
    this.observer.disconnect();
    this.errors.disconnect();
    clearTimeout(this.waiting);
  }

  get isAway() {
    return this.page !== null && this.page.getAttribute(CONNECTION) !== "CONNECTED";
  }

  follow() {
    if (this.isAway) return this.lose();
    if (this.notice.hidden) return;
    const isRunning = this.page?.getAttribute(SCRIPT) === "running";
    if (!this.waiting) this.greet();
    else if (this.hasRun && !isRunning) this.goOn();
    this.hasRun ||= isRunning;
  }

  lose() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (!this.notice.hidden) return;
    this.errors.observe(document.body, { childList: true });
    this.hold(true);
  }

  greet() {
    this.errors.disconnect();
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
    for (const part of document.querySelectorAll(WIDGETS)) {
      if (part instanceof HTMLElement && !part.contains(this.root)) part.inert = isHeld;
    }
  }

  // The dialog stays closed until a server has answered.
  closeError() {
    for (const dialog of document.querySelectorAll("[role=dialog]")) {
      if (dialog.querySelector("h2")?.textContent !== ERROR) continue;
      /** @type {HTMLElement | null} */ (dialog.querySelector("[aria-label=Close]"))?.click();
    }
  }
}
