// Multiples: small drawings of the same for each weight or unit, in place of a panel's plot. A cell tells its
// numbers to those who point at it, tap it or walk there by the arrow keys.

import { layOut, neighbour, WAYS } from "./grid.js";
import { HiddenSpace, tellHiddenSpace } from "./hiddenspace.js";
import { element, typeScale } from "./panel.js";
import { Pulls, tellPulls } from "./pulls.js";
import { Sigmoids, tellSigmoids } from "./sigmoids.js";
import { group, node, text } from "./svg.js";
import { asCells, drawnIn, sentenceIn } from "./views.js";

/** @import { Grid } from "./grid.js" */

const PAUSE = 100; // milliseconds between two writings of the numbers while the playhead moves
const SIZE = 10.5; // of the type of headings
const GAP = 4; // pixels between a cell and its tip
const KINDS = {
  pulls: { Drawing: Pulls, tell: tellPulls },
  sigmoids: { Drawing: Sigmoids, tell: tellSigmoids },
  hidden_space: { Drawing: HiddenSpace, tell: tellHiddenSpace },
};

export class Multiples {
  /** @type {MultiplesSpec | undefined} */ view; // of the run, or of exact states of it; undefined while a plot is shown
  /** @type {Palette} */ palette;
  /** @type {Pulls | Sigmoids | HiddenSpace | undefined} */ drawing;
  /** @type {SVGElement[]} */ cells = [];
  /** @type {number | undefined} */ pointed; // the cell whose numbers are told
  look = ""; // of the cells that are made
  room = { width: 0, height: 0, scale: 1 };
  frame = 0;
  sentence = () => ""; // about the frame
  writtenAt = 0;
  walked = 0; // the cell to which keys come
  canvas = node("svg");
  tip = element("div", { className: "tip", hidden: true });
  element = element("div", { className: "multiples" }, this.canvas, this.tip);

  /** @param {HTMLElement} plot */
  constructor(plot) {
    this.plot = plot;
    this.canvas.onkeydown = (event) => this.press(event);
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.element);
  }

  destroy() {
    this.observer.disconnect();
  }

  get isShown() {
    return this.view !== undefined;
  }

  // Takes the place of the plot with a run's cells, or gives it back.
  /** @type {(view: MultiplesSpec | undefined, palette: Palette) => void} */
  show(view, palette) {
    const look = view ? JSON.stringify([view.names, view.look, palette]) : "";
    const isNew = look !== this.look;
    Object.assign(this, { view, palette, look });
    if (!view) this.element.remove();
    else if (!this.element.isConnected) this.plot.after(this.element);
    if (view && isNew) this.fit();
  }

  // Takes the room there is.
  fit() {
    const { clientWidth: width, clientHeight: height } = this.element;
    this.room = { width, height, scale: typeScale() };
    this.lay();
  }

  // Makes the cells.
  lay() {
    const { view, palette, room: { width, height, scale } } = this;
    if (!view || !width || !height) return; // hidden
    this.grid = layOut(view, width, height, scale);
    this.drawing = new KINDS[view.kind].Drawing(view, this.grid, palette, scale);
    this.cells = this.grid.boxes.map((box, cell) => this.target(box, cell));
    this.walked = Math.min(this.walked, this.cells.length - 1);
    this.cells[this.walked].setAttribute("tabindex", "0");
    this.element.classList.toggle("single", this.cells.length === 1);
    this.canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.canvas.replaceChildren(drawHeadings(view, this.grid, scale), this.drawing.root, ...this.cells);
    this.point();
    this.settle();
  }

  // What a cell is pointed at by, and named for readers who don't see it.
  /** @type {(box: import("./grid.js").Box, cell: number) => SVGElement} */
  target(box, cell) {
    const target = node("rect", { ...box, rx: 3, role: "img", tabindex: -1 });
    target.onpointerenter = () => this.point(cell);
    target.onpointermove = (event) => this.pointAt(cell, event);
    target.onpointerleave = () => this.point();
    target.onfocus = () => this.reach(cell);
    target.onblur = () => this.point();
    return target;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const way = WAYS[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey || !this.grid) return;
    event.preventDefault(); // the stage's playhead stays where it is
    this.cells[neighbour(this.grid.boxes, this.walked, way)].focus();
  }

  /** @param {number} cell */
  reach(cell) {
    this.cells[this.walked].setAttribute("tabindex", "-1");
    this.cells[cell].setAttribute("tabindex", "0");
    this.walked = cell;
    this.point(cell);
  }

  // Moves on to a frame of the run, or of exact states of it; these may not be here yet.
  /** @type {(moment: Moment<any>, name?: string) => void} */
  follow(moment, name) {
    const { frame } = moment;
    const view = asCells(drawnIn(moment.views, name));
    if (!view) return;
    Object.assign(this, { view, frame, sentence: () => sentenceIn(moment, name) });
    this.drawing?.follow(view, frame);
    const now = performance.now();
    if (now - this.writtenAt < PAUSE) return;
    this.writtenAt = now;
    this.write();
  }

  write() {
    if (this.view) this.drawing?.write(this.view, this.frame, this.sentence());
    if (this.pointed !== undefined) this.tip.textContent = this.tell(this.pointed).join("\n");
  }

  // At rest all is written.
  settle() {
    if (this.view) this.drawing?.follow(this.view, this.frame);
    this.write();
    this.cells.forEach((target, cell) => {
      const [name, ...numbers] = this.tell(cell);
      target.setAttribute("aria-label", `${name}: ${numbers.join("; ")}`);
    });
  }

  /** @param {number} cell */
  tell(cell) {
    return this.view ? KINDS[this.view.kind].tell(this.view, this.frame, cell) : [];
  }

  // Tells a cell's numbers, below it where there is more room, or none.
  /** @param {number} [cell] */
  point(cell) {
    this.pointed = cell;
    this.tip.hidden = cell === undefined;
    if (cell === undefined || !this.grid) return;
    this.write();
    this.putTip(this.grid.boxes[cell]);
  }

  // Tells what lies in a large cell under the pointer.
  /** @type {(cell: number, event: PointerEvent) => void} */
  pointAt(cell, { offsetX, offsetY }) {
    if (!this.view || !(this.drawing instanceof HiddenSpace)) return;
    const lines = this.drawing.tellAt(this.view, this.frame, offsetX, offsetY);
    this.pointed = undefined;
    this.tip.hidden = !lines;
    if (!lines) return;
    this.tip.textContent = lines.join("\n");
    this.putTip({ x: offsetX, y: offsetY, width: 0, height: 0 });
  }

  /** @param {import("./grid.js").Box} box */
  putTip({ x, y, width, height }) {
    const { offsetWidth, offsetHeight } = this.tip;
    const isHigh = y + height / 2 < this.room.height / 2;
    const top = isHigh ? y + height + GAP : y - offsetHeight - GAP;
    this.tip.style.left = `${within(x + (width - offsetWidth) / 2, this.room.width - offsetWidth)}px`;
    this.tip.style.top = `${within(top, this.room.height - offsetHeight)}px`;
  }
}

// Draws the cells for a picture.
/** @type {(view: MultiplesSpec, frame: number, palette: Palette, sentence: string, width: number, height: number) => SVGElement} */
export function drawCells(view, frame, palette, sentence, width, height) {
  const grid = layOut(view, width, height);
  const drawing = new KINDS[view.kind].Drawing(view, grid, palette, 1);
  drawing.follow(view, frame);
  drawing.write(view, frame, sentence);
  return group(0, 0, drawHeadings(view, grid, 1), drawing.root);
}

/** @type {(value: number, most: number) => number} */
function within(value, most) {
  return Math.max(Math.min(value, most), 0);
}

// The headings of rows and columns.
/** @type {(view: MultiplesSpec, grid: Grid, scale: number) => SVGElement} */
function drawHeadings(view, { rows, columns }, scale) {
  const size = SIZE * scale;
  const narrow = columns.length && columns[0].width < 2.2 * size ? { size: 0.8 * size } : { size };
  return node(
    "g",
    { "font-weight": 600 },
    ...columns.map(({ x, y, width, height }, column) =>
      text(view.columns[column], x + width / 2, y + height / 2, { ...narrow, "text-anchor": "middle" })),
    ...rows.map(({ x, y, width, height }, row) => text(view.rows[row], x + width, y + height / 2 - size * 0.6, { size, "text-anchor": "end" })),
  );
}
