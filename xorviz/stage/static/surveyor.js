// Surveyor: how a reader goes over a landscape at rest. The arrow keys go from point to point of its grid and tell the
// loss there; Enter, or a click, chooses a point of a plane of two weights. A finger's tap tells the loss of the point
// that is nearest, and a button then chooses it.

import { heightsAt, lossesOf } from "./heights.js";
import { element, significant } from "./panel.js";
import { step } from "./walk.js";

/** @type {Record<string, [up: number, right: number]>} */
const WAYS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
const DIGITS = 4; // of a clicked coordinate
const EXACT = 7; // of one of the grid's, which is a decimal number in single precision
const TIP = { hoverinfo: "text", hovertemplate: "%{text}<extra></extra>" };

/** @import { Chart } from "./chart.js" */
/** @typedef {[row: number, column: number]} Cell */

export class Surveyor {
  /** @type {Cell | undefined} */ cell;
  /** @type {ChartSpec} */ spec;
  /** @type {Rows | undefined} */ losses; // at the points of the grid, while the playhead rests
  isTapped = false; // whether a finger touched the chart last
  status = element("p", { className: "unseen", role: "status" }); // for readers who don't see the tip
  offer = element("button", { type: "button", className: "offer", textContent: "Start a run here", hidden: true });

  // Calls `choose(x, y)` with the coordinates of a chosen point.
  /** @param {Chart} chart @param {(x: string, y: string) => void} choose */
  constructor(chart, choose) {
    this.chart = chart;
    this.choose = choose;
    Object.assign(chart.plot, { role: "application", tabIndex: 0 });
    chart.plot.onkeydown = (event) => this.press(event);
    chart.plot.onblur = () => this.hideTip();
    chart.plot.addEventListener("pointerdown", ({ pointerType }) => (this.isTapped = pointerType === "touch"), { capture: true });
    this.offer.onclick = () => this.open();
    chart.plot.after(this.offer);
    chart.section.append(this.status);
  }

  /** @param {ChartSpec} spec */
  show(spec) {
    if (!this.spec) this.chart.plot.on("plotly_click", ({ event }) => this.click(event));
    this.spec = spec;
    this.forget();
  }

  // Where the playhead rests, gives the plot the losses that its tips tell.
  /** @param {LandscapeMoment} moment */
  settle(moment) {
    const { traces: [{ x }], terrain } = this.spec;
    this.losses = lossesOf(heightsAt(this.spec, moment), x.length, /** @type {TerrainSpec} */ (terrain).unit);
    const text = this.losses.map((row, at) => Array.from(row, (_, column) => this.tip([at, column])));
    this.chart.Plotly.restyle(this.chart.plot, { z: [this.losses], text: [text], ...TIP }, [0]);
  }

  // While the playhead moves, tips would tell old losses.
  rouse() {
    if (!this.losses) return;
    this.forget();
    this.chart.Plotly.restyle(this.chart.plot, { hoverinfo: "none", hovertemplate: "" }, [0]);
  }

  forget() {
    this.losses = undefined;
    this.cell = undefined;
    this.hideTip();
  }

  // As if the pointer had left: Plotly would show a tip for where it is again, at any change.
  hideTip() {
    const { plot, Plotly } = this.chart;
    this.offer.hidden = true;
    plot.querySelector(".nsewdrag")?.dispatchEvent(new MouseEvent("mouseout"));
    Plotly.Fx.unhover(plot);
  }

  /** @param {MouseEvent} event */
  click({ clientX, clientY }) {
    const box = this.chart.plot.getBoundingClientRect();
    const { left, top, width, height, x, y } = this.chart.axes;
    const [right, down] = [(clientX - box.left - left) / width, (clientY - box.top - top) / height];
    const [across, up] = [x[0] + right * (x[1] - x[0]), y[1] - down * (y[1] - y[0])];
    if (this.isTapped) this.tap(across, up);
    else this.start(written(across, DIGITS), written(up, DIGITS));
  }

  /** @type {(across: number, up: number) => void} */
  tap(across, up) {
    const [{ x, y }] = this.spec.traces;
    this.look([nearest(y, up), nearest(x, across)]);
    this.offer.hidden = !this.opens;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const way = WAYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(way || event.key === "Enter")) return;
    event.preventDefault(); // the stage's playhead stays where it is
    if (way) this.go(way);
    else this.open();
  }

  /** @param {[up: number, right: number]} way */
  go([up, right]) {
    if (!this.losses) return;
    const middle = this.losses.length >> 1;
    this.look(this.cell ? step(this.cell, up, right, /** @type {any} */ (this.losses)) : [middle, middle]);
  }

  // Tells the loss of a point of the grid.
  /** @param {Cell} cell */
  look(cell) {
    if (!this.losses) return;
    this.cell = cell;
    const [x, y, loss] = this.numbers(cell);
    const sentence = `${x} across, ${y} up: loss ${loss}.`;
    this.status.textContent = this.opens ? `${sentence} Enter starts a run there.` : sentence;
    const [xval, yval] = this.at(cell);
    this.chart.Plotly.Fx.hover(this.chart.plot, [{ curveNumber: 0, xval, yval }], "xy"); // and of no path nearby
  }

  get opens() {
    return /** @type {TerrainSpec} */ (this.spec.terrain).opens;
  }

  /** @type {(cell: Cell) => [x: number, y: number]} */
  at([row, column]) {
    const [{ x, y }] = this.spec.traces;
    return [x[column], y[row]];
  }

  // A point's coordinates and loss, as the reader reads them: the coordinates whole, as a run starts from there.
  /** @type {(cell: Cell) => string[]} */
  numbers(cell) {
    const [row, column] = cell;
    return [...this.at(cell).map(whole), significant(/** @type {Rows} */ (this.losses)[row][column])];
  }

  /** @param {Cell} cell */
  tip(cell) {
    const { xaxis, yaxis } = this.spec.layout;
    const [x, y, loss] = this.numbers(cell);
    return `${xaxis.title.text} ${x}<br>${yaxis.title.text} ${y}<br>loss ${loss}`;
  }

  // Chooses the point that the reader looks at.
  open() {
    if (!this.cell) return;
    const [x, y] = this.at(this.cell);
    this.start(written(x, EXACT), written(y, EXACT));
  }

  /** @type {(x: string, y: string) => void} */
  start(x, y) {
    this.choose(x, y);
    if (this.opens) this.hideTip(); // the chart gets other axes below it
  }
}

/** @type {(value: number, digits: number) => string} */
function written(value, digits) {
  return String(Number(value.toPrecision(digits)));
}

// Four significant digits, or as many as there are.
/** @param {number} value */
function whole(value) {
  const exact = Number(value.toPrecision(EXACT));
  return Number(exact.toPrecision(DIGITS)) === exact ? significant(exact) : String(exact).replace("-", "−");
}

/** @type {(values: ArrayLike<number>, value: number) => number} */
function nearest(values, value) {
  const share = (value - values[0]) / (values[1] - values[0]);
  return Math.min(Math.max(Math.round(share), 0), values.length - 1);
}
