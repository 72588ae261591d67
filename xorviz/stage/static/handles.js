// Handles: a slider and a field for each weight, by unit, each with the arrow of gradient descent's next update.

import { element, significant, write } from "./panel.js";

const KEYS_REST = 500; // milliseconds after which a slider that keys have moved is at rest
const OPEN = 4; // units whose handles are all open at first; of more only the first unit's

/**
 * Called with the index of a handle: `hold` with its value as it moves, `release` with the value as text once it
 * rests, and `point` with its name where the reader points at it.
 * @typedef {{ hold(index: number, value: number): void, release(index: number, text: string): void,
 *   point(name?: string): void }} Acts
 *
 * The elements of a handle, its value, and whether the reader is typing another one.
 * @typedef {{ row: HTMLElement, slider: HTMLInputElement, field: HTMLInputElement, update: HTMLElement,
 *   value: number, isTyped: boolean, rest?: ReturnType<typeof setTimeout> }} Handle
 */

export class Handles {
  /** @type {Handle[]} */ handles = [];
  /** @type {string | undefined} */ shape;
  decimals = 0;

  /** @param {HTMLElement} root @param {Acts} act */
  constructor(root, act) {
    this.root = root;
    this.act = act;
  }

  destroy() {
    this.handles.forEach(({ rest }) => clearTimeout(rest));
  }

  // Shows the handles of a state. Those of the same weights stay the same elements.
  /** @param {HandlesSpec} spec */
  show({ names, groups, values, updates, reach, decimals, magnified }) {
    const shape = JSON.stringify(groups);
    if (shape !== this.shape) this.lay(names, groups);
    this.shape = shape;
    this.decimals = decimals;
    this.handles.forEach((handle, index) => {
      Object.assign(handle.slider, { min: String(-reach), max: String(reach) });
      this.write(index, values[index]);
      pointOn(handle, updates[index], magnified);
    });
    this.summarise(groups, updates);
  }

  /** @type {(names: string[], groups: HandlesSpec["groups"]) => void} */
  lay(names, groups) {
    this.handles = names.map((name, index) => this.layHandle(name, index));
    const boxes = groups.map(([unit, indices], number) => {
      const title = element("summary", {}, element("b", { textContent: unit }), element("span"));
      const open = groups.length <= OPEN + 1 || number === 0;
      return element("details", { open }, title, ...indices.map((index) => this.handles[index].row));
    });
    this.root.replaceChildren(...boxes);
  }

  /** @type {(name: string, index: number) => Handle} */
  layHandle(name, index) {
    const id = `update-${index}`;
    const slider = input({ type: "range", step: "any", ariaLabel: name });
    const field = input({ type: "text", className: "field", ariaLabel: `${name}: exact value`, autocomplete: "off" });
    const update = element("span", { className: "update", id });
    for (const each of [slider, field]) each.setAttribute("aria-describedby", id);
    const [bar, arrow] = ["bar", "arrow"].map((className) => element("i", { className }));
    const track = element("span", { className: "track" }, bar, slider, arrow);
    const row = element("div", { className: "handle" }, element("span", { className: "name", textContent: name }), track, field, update);
    row.dataset.name = name;
    /** @type {Handle} */
    const handle = { row, slider, field, update, value: NaN, isTyped: false };
    this.listenToSlider(handle, index);
    listenToField(handle, (text) => this.act.release(index, text));
    for (const event of ["pointerenter", "focusin"]) row.addEventListener(event, () => this.act.point(name));
    for (const event of ["pointerleave", "focusout"]) row.addEventListener(event, () => this.act.point());
    return handle;
  }

  // A slider that the mouse moved rests where it is let go; one that keys moved, when no key comes for a while.
  /** @type {(handle: Handle, index: number) => void} */
  listenToSlider(handle, index) {
    const { slider } = handle;
    let isPointed = false;
    let before = 0; // the value when it was pressed
    const release = () => {
      clearTimeout(handle.rest);
      handle.rest = undefined;
      this.act.release(index, String(handle.value));
    };
    slider.addEventListener("pointerdown", () => {
      isPointed = true;
      before = handle.value;
    });
    slider.addEventListener("pointercancel", () => {
      this.write(index, before); // the finger's swipe scrolls the page
      release();
    });
    slider.addEventListener("keydown", () => (isPointed = false));
    slider.oninput = () => {
      const value = Number(slider.valueAsNumber.toFixed(this.decimals));
      this.act.hold(index, value);
      this.write(index, value);
    };
    slider.onchange = () => {
      clearTimeout(handle.rest);
      if (isPointed) release();
      else handle.rest = setTimeout(release, KEYS_REST);
    };
    slider.onblur = () => handle.rest && release();
  }

  // Writes the value of a handle. What the reader is typing stays.
  /** @type {(index: number, value: number) => void} */
  write(index, value) {
    const handle = this.handles[index];
    handle.value = value;
    const { row, slider, field, isTyped } = handle;
    const text = significant(value);
    const at = Number.isFinite(value) ? value : 0;
    if (slider.valueAsNumber !== at) slider.value = String(at);
    row.style.setProperty("--at", String(slider.valueAsNumber / (2 * Number(slider.max))));
    row.dataset.sign = value < 0 ? "negative" : "positive";
    if (slider.ariaValueText !== text) slider.ariaValueText = text;
    field.title = String(value);
    if (!isTyped && field.value !== text) field.value = text;
  }

  // Says in each unit's line how large the largest update of its weights is.
  /** @type {(groups: HandlesSpec["groups"], updates: ArrayLike<number>) => void} */
  summarise(groups, updates) {
    const lines = this.root.querySelectorAll("summary span");
    groups.forEach(([, indices], number) => {
      const largest = indices.reduce((best, index) => (Math.abs(updates[index]) > Math.abs(updates[best]) ? index : best), indices[0]);
      write(lines[number], `largest update ${signed(updates[largest])}`);
    });
  }

  /** @param {number} index */
  focus(index) {
    const { row, slider } = this.handles[index];
    const box = row.closest("details");
    if (box) box.open = true;
    slider.focus();
  }
}

/** @type {(looks: Record<string, string>) => HTMLInputElement} */
function input(looks) {
  return Object.assign(document.createElement("input"), looks);
}

// A field takes what is typed when the reader leaves it or presses Enter. Meanwhile it has all digits.
/** @type {(handle: Handle, release: (text: string) => void) => void} */
function listenToField(handle, release) {
  const { field } = handle;
  field.onfocus = () => {
    if (Number.isFinite(handle.value)) field.value = String(handle.value).replace("-", "−");
    field.select();
  };
  field.oninput = () => (handle.isTyped = true);
  field.onblur = () => {
    if (!handle.isTyped) field.value = significant(handle.value);
  };
  field.onchange = () => {
    handle.isTyped = false;
    release(field.value);
  };
}

// Draws a handle's arrow from its value to the next one, and writes the update.
/** @type {(handle: Handle, by: number, magnified: number) => void} */
function pointOn({ row, slider, update }, by, magnified) {
  const reach = Number(slider.max);
  const room = reach - Math.sign(by) * slider.valueAsNumber;
  const length = Number.isFinite(by) ? Math.min(Math.abs(by) * magnified, room) : 0;
  row.style.setProperty("--by", String(length / (2 * reach)));
  row.dataset.way = length > 0 ? (by < 0 ? "left" : "right") : "none";
  write(update, signed(by));
  update.title = `The next update of gradient descent adds ${by}.`;
}

/** @param {number} value */
function signed(value) {
  return `${value > 0 ? "+" : ""}${significant(value, 3)}`;
}
