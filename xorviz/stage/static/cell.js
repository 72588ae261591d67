// The stage in a cell of a notebook, where it is a guest on Jupyter's page and may have others beside it.

import { mounting } from "./mounting.js";
import { element } from "./panel.js";
import { unpack } from "./payload.js";
import { Stage } from "./stage.js";

const STAGE = "[data-testid=stage]";
const PATIENCE = 1000; // milliseconds after which a kernel that has not answered is busy, or gone
const KEYS = [" ", "ArrowLeft", "ArrowRight", "Home", "End", "Enter"]; // that a player uses
const IN_FIELDS = ["ArrowUp", "ArrowDown", "PageUp", "PageDown"]; // that its fields use, too
const FIELDS = "input, select, [role=group][tabindex]";

let isStyled = false; // whether the page has our styles

// Shows a widget's run in an element. Returns a function that takes it away again.
/** @type {(model: WidgetModel, place: HTMLElement, markup: string, styles: string) => () => void} */
export function show(model, place, markup, styles) {
  if (!isStyled) document.head.append(element("style", { textContent: styles }));
  isStyled = true;
  const heading = element("p", { className: "heading", textContent: model.get("heading") });
  const page = element("div", { className: "xorviz themed" });
  page.innerHTML = markup;
  page.prepend(heading);
  Object.assign(page.querySelector(STAGE), { tabIndex: 0, role: "region", ariaLabel: heading.textContent }); // for keys
  place.append(page);
  const cell = new Cell(model, page);
  return () => cell.destroy();
}

class Cell {
  /** @type {Stage} */ stage; // once its place is on the page, as is `leave()`
  /** @type {Promise<ExactStates> | undefined} */ states; // around the playhead
  /** @type {number | undefined} */ asked; // the epoch around which the kernel was asked for states
  wanted = 0; // the last epoch around which they were wanted
  leave = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */ waiting;

  /** @param {WidgetModel} model @param {HTMLElement} page */
  constructor(model, page) {
    this.model = model;
    this.page = page;
    page.dataset.connected = ""; // to a kernel, unless it turns out to be busy
    this.mount = mounting((parent) => {
      this.stage = new Stage(parent.querySelector(STAGE), {
        view() {}, window: () => this.states, motion() {}, hands() {}, landscape() {},
      });
      return this.stage;
    });
    model.on("msg:custom", this.take);
    window.addEventListener("keydown", this.claim, { capture: true });
    this.isDark = matchMedia("(prefers-color-scheme: dark)");
    this.isDark.addEventListener("change", this.show);
    this.themes = new MutationObserver(this.show);
    this.themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    this.sizes = new ResizeObserver(([{ contentRect }]) => contentRect.width && this.begin());
    this.sizes.observe(page);
  }

  destroy() {
    this.model.off("msg:custom", this.take);
    window.removeEventListener("keydown", this.claim, { capture: true });
    this.isDark.removeEventListener("change", this.show);
    this.themes.disconnect();
    this.sizes.disconnect();
    clearTimeout(this.waiting);
    this.leave();
    this.page.remove();
  }

  // Jupyter lays a cell out after the widget is made; the charts need its size and theme.
  begin() {
    this.sizes.disconnect();
    this.show();
  }

  // Shows the run, also in the colours of another theme.
  show = () => {
    if (!this.page.isConnected) return;
    const data = bytesOf(this.model.get("run"));
    this.leave = this.mount({ parentElement: this.page, data, setStateValue: (name, value) => this.hear(name, value) });
  };

  // The playhead rests at another epoch, or a step needs the states around it.
  /** @type {(name: string, value: any) => void} */
  hear(name, [, epoch]) {
    if (name === "rest") this.ask(epoch);
  }

  // Asks the kernel for the states around an epoch, one question at a time. While it does not answer, steps go
  // from frame to frame.
  /** @param {number} epoch */
  ask(epoch) {
    this.wanted = epoch;
    if (this.asked !== undefined) return;
    this.asked = epoch;
    this.model.send({ epoch });
    this.waiting = setTimeout(() => delete this.page.dataset.connected, PATIENCE);
  }

  /** @type {(answer: { epoch: number }, buffers: DataView<ArrayBuffer>[]) => void} */
  take = ({ epoch }, [states]) => {
    if (epoch !== this.asked) return; // the answer to another player of the same run
    clearTimeout(this.waiting);
    this.asked = undefined;
    this.page.dataset.connected = "";
    this.states = unpack(bytesOf(states));
    this.stage.beside.takeWindow().catch((error) => this.stage.fail(error));
    if (this.wanted !== epoch) this.ask(this.wanted);
  };

  // JupyterLab takes a key before any element does, unless the pressed element says that it uses it.
  /** @param {KeyboardEvent} event */
  claim = ({ target, key, shiftKey, ctrlKey, metaKey, altKey }) => {
    const part = /** @type {Element} */ (target);
    if (!this.page.contains(part)) return;
    const isOurs = KEYS.includes(key) || (IN_FIELDS.includes(key) && part.closest(FIELDS) !== null);
    const runsCell = ctrlKey || metaKey || altKey || (key === "Enter" && shiftKey);
    part.toggleAttribute("data-lm-suppress-shortcuts", isOurs && !runsCell);
  };
}

/** @param {DataView<ArrayBuffer>} view */
function bytesOf({ buffer, byteOffset, byteLength }) {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
