// The tug of war at the chosen row of a table: the parts of its gradient, each of which pulls the other way, their
// sum, and the change that comes of it.

import { element, significant, typeScale, write } from "./panel.js";
import { calmScale } from "./scale.js";
import { node } from "./svg.js";
import { TugBars } from "./tugbars.js";

const VEILED = "?"; // in place of a number that is to be predicted

/** @typedef {(cell: number) => number} Read */

export class Tug {
  /** @type {TableSpec | undefined} */ spec; // of the table that is shown
  /** @type {TugBars | undefined} */ bars; // where there is room
  /** @type {number | undefined} */ scale; // the pull whose bar is longest
  chosen = "";
  canvas = node("svg", { role: "img" });
  title = element("h3");
  hint = element("p", { className: "hint" });

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    root.replaceChildren(this.title, this.hint, this.canvas);
    this.observer = new ResizeObserver(() => this.lay());
    this.observer.observe(this.canvas);
  }

  destroy() {
    this.observer.disconnect();
  }

  // Shows another table, or without one nothing.
  /** @param {TableSpec} [spec] */
  show(spec) {
    this.spec = spec;
    this.choose(this.chosen);
  }

  // Shows the row of this name, if there is one.
  /** @param {string} name */
  choose(name) {
    if (name !== this.chosen) this.scale = undefined;
    this.chosen = name;
    this.root.hidden = this.row < 0;
    this.root.parentElement?.classList.toggle("tugs", !this.root.hidden);
    if (this.root.hidden) return;
    write(this.title, `Tug of war at ${name}`);
    write(this.hint, this.tug.hint);
    this.settle();
  }

  get tug() {
    return /** @type {TugSpec} */ (this.spec?.tug);
  }

  get row() {
    return this.spec?.tug ? this.spec.names.indexOf(this.chosen) : -1;
  }

  // Makes the bars, in the room there is.
  lay() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (this.row < 0 || !width) return; // hidden
    this.bars = new TugBars(this.tug.names, this.tug.colours, width, height, typeScale());
    this.canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.canvas.replaceChildren(this.bars.root);
    this.settle();
  }

  // Shows the table's own numbers.
  settle() {
    const { spec } = this;
    if (!spec || this.row < 0) return;
    /** @param {number} cell */
    const read = (cell) => spec.values[cell];
    this.draw(read);
    this.bars?.write(this.texts(read, this.bars.digits));
    const texts = this.texts(read, 4);
    const told = this.tug.names.map((name, index) => `${name} ${texts[index]}`);
    this.canvas.setAttribute("aria-label", `Pulls at ${this.chosen}: ${told.join("; ")}`);
  }

  // Draws the bars, where `read(cell)` is the number of a cell, counted row by row.
  /** @param {Read} read */
  draw(read) {
    if (this.row < 0) return;
    const { pulls, change } = this.pulls(read);
    this.scale = calmScale(pulls, this.scale);
    this.bars?.draw([...pulls, change ?? NaN], this.scale);
  }

  // Writes the numbers of such cells, briefly.
  /** @param {Read} read */
  write(read) {
    if (this.row >= 0) this.bars?.write(this.texts(read, 3));
  }

  /** @type {(read: Read, digits: number) => string[]} */
  texts(read, digits) {
    const { pulls, change } = this.pulls(read);
    const written = pulls.map((pull) => significant(pull, digits));
    return [...written, change === undefined ? VEILED : significant(change, digits)];
  }

  // The pull of each part and of their sum, and the change, unless that is veiled.
  /** @param {Read} read */
  pulls(read) {
    const { columns, values, veiled } = /** @type {TableSpec} */ (this.spec);
    const { parts, total, change } = this.tug;
    const first = this.row * columns.length;
    const isVeiled = veiled && Number.isNaN(values[first + change]);
    const pulls = [...parts, total].map((column) => -read(first + column));
    return { pulls, change: isVeiled ? undefined : read(first + change) };
  }
}
