// The server behind the page. While none answers, the stage plays on under a notice.

const STATE = "data-test-connection-state"; // of Streamlit's own page
const CONNECTED = "CONNECTED";
const ERROR = "Connection error"; // heading of the dialog that Streamlit opens over the page

export class Server {
  // Calls `back()` where a server answers again, which may be another one that knows nothing of the page.
  /** @param {HTMLElement} root @param {() => void} back */
  constructor(root, back) {
    this.notice = root.querySelector(".away");
    this.page = root.closest(`[${STATE}]`); // none in a file
    this.back = back;
    this.observer = new MutationObserver(() => this.follow());
    if (this.page) this.observer.observe(this.page, { attributeFilter: [STATE] });
    this.errors = new MutationObserver(() => this.closeError());
  }

  destroy() {
    this.observer.disconnect();
    this.errors.disconnect();
  }

  get isAway() {
    return this.page !== null && this.page.getAttribute(STATE) !== CONNECTED;
  }

  follow() {
    const { isAway } = this;
    if (this.notice.hidden === !isAway) return;
    this.notice.hidden = !isAway;
    if (isAway) return this.errors.observe(document.body, { childList: true });
    this.errors.disconnect();
    this.back();
  }

  // The dialog stays closed until a server has answered.
  closeError() {
    for (const dialog of document.querySelectorAll("[role=dialog]")) {
      if (dialog.querySelector("h2")?.textContent !== ERROR) continue;
      /** @type {HTMLElement | null} */ (dialog.querySelector("[aria-label=Close]"))?.click();
    }
  }
}
