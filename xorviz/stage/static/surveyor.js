// Surveyor: how a reader goes over a landscape. The arrow keys go from point to point of its grid and tell the loss
// there; Enter, or a click, chooses a point of a plane of two weights.

import { element, significant } from "./panel.js";
import { gridAt } from "./terrain.js";
import { step } from "./walk.js";

/** @type {Record<string, [up: number, right: number]>} */
const WAYS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
const DIGITS = 4; // of a chosen coordinate

/** @import { Chart } from "./chart.js" */

export class Surveyor {
  /** @type {[row: number, column: number] | undefined} */ cell;
  /** @type {ChartSpec} */ spec;
  /** @type {ChartMoment | undefined} */ moment;
  status = element("p", { className: "unseen", role: "status" }); // for readers who don't see the tip

  // Calls `choose(x, y)` with the coordinates of a chosen point.
  /** @param {Chart} chart @param {(x: string, y: string) => void} choose */
  constructor(chart, choose) {
    this.chart = chart;
    this.choose = choose;
    Object.assign(chart.plot, { role: "application", tabIndex: 0 });
    chart.plot.onkeydown = (event) => this.press(event);
    chart.plot.onblur = () => chart.Plotly.Fx.unhover(chart.plot);
    chart.section.append(this.status);
  }

  /** @param {ChartSpec} spec */
  show(spec) {
    if (!this.spec) this.chart.plot.on("plotly_click", ({ event }) => this.click(event));
    this.spec = spec;
    this.cell = undefined;
  }

  get unit() {
    return /** @type {TerrainSpec} */ (this.spec.terrain).unit;
  }

  // Gives the plot the losses that its tips tell, at the playhead.
  /** @param {ChartMoment} moment */
  settle(moment) {
    const { Plotly, plot } = this.chart;
    this.moment = moment;
    const rows = gridAt(this.spec, moment);
    const losses = rows.map((row) => Float32Array.from(row, (value) => this.unit * 10 ** value));
    Plotly.restyle(plot, { z: [rows], customdata: [losses] }, [0]);
  }

  /** @param {MouseEvent} event */
  click({ clientX, clientY }) {
    const box = this.chart.plot.getBoundingClientRect();
    const { left, top, width, height, x, y } = this.chart.axes;
    const [right, down] = [(clientX - box.left - left) / width, (clientY - box.top - top) / height];
    this.open(x[0] + right * (x[1] - x[0]), y[1] - down * (y[1] - y[0]));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const way = WAYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(way || event.key === "Enter")) return;
    event.preventDefault(); // the stage's playhead stays where it is
    if (way) this.go(way);
    else if (this.cell) this.open(...this.at(this.cell));
  }

  /** @param {[up: number, right: number]} way */
  go([up, right]) {
    if (!this.moment) return;
    const rows = gridAt(this.spec, this.moment);
    this.cell = this.cell ? step(this.cell, up, right, /** @type {any} */ (rows)) : [rows.length >> 1, rows.length >> 1];
    const [xval, yval] = this.at(this.cell);
    const [row, column] = this.cell;
    const { opens } = /** @type {TerrainSpec} */ (this.spec.terrain);
    const told = `${significant(xval)} across, ${significant(yval)} up: loss ${significant(this.unit * 10 ** rows[row][column])}.`;
    this.status.textContent = opens ? `${told} Enter starts a run there.` : told;
    this.chart.Plotly.Fx.hover(this.chart.plot, { xval, yval }, "xy");
  }

  /** @type {(cell: [row: number, column: number]) => [x: number, y: number]} */
  at([row, column]) {
    const [{ x, y }] = this.spec.traces;
    return [x[column], y[row]];
  }

  /** @type {(x: number, y: number) => void} */
  open(x, y) {
    this.choose(String(Number(x.toPrecision(DIGITS))), String(Number(y.toPrecision(DIGITS))));
  }
}
