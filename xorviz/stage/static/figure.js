// A figure: a chart without frames. It tells Python which cell was clicked.

import { writeAddress } from "./address.js";
import { Chart } from "./chart.js";
import { plotly } from "./load.js";
import { mounting } from "./mounting.js";
import { element, isDark } from "./panel.js";
import { unpack } from "./payload.js";
import { Walk } from "./walk.js";

/** @type {Figure | undefined} */
let figure; // the one on the page
/** @type {Uint8Array<ArrayBuffer> | undefined} */
let early; // what came to fill it in before it was there itself

export const mountFigure = mounting((parent) => (figure = new Figure(parent.querySelector(".figure"))));

// Mounts what fills in the figure while its run of the page goes on.
/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export function mountFilling({ data }) {
  early = figure ? undefined : data;
  figure?.show(data).catch((error) => figure?.fail(error));
  return () => {
    if (early === data) early = undefined;
  };
}

class Figure {
  /** @type {Chart} */ chart; // once something is shown, as is the walk
  /** @type {Walk} */ walk;
  /** @type {Component<unknown>["setStateValue"]} */ setState;
  mounts = 0;
  clicks = 0;
  turn = 0; // counts what is to be shown

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  destroy() {
    if (figure === this) figure = undefined;
    this.turn = NaN;
    if (!this.chart) return;
    writeAddress(Object.fromEntries(Object.keys(this.chart.switchboard.choices).map((name) => [name, undefined])));
    this.chart.destroy();
  }

  /** @param {Error} error */
  fail(error) {
    this.root.textContent = `The chart can't be shown: ${error.message}.`;
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  async show(bytes) {
    const turn = ++this.turn;
    const latest = early ?? bytes;
    early = undefined;
    /** @type {[FigureSpec, Plotly]} */
    const [{ id, chart, choices, palettes, sentence }, Plotly] = await Promise.all([unpack(latest), plotly()]);
    if (turn !== this.turn) return; // another came meanwhile, or the figure is gone
    const isFirst = !this.chart;
    if (isFirst) this.lay(Plotly, chart, choices);
    this.chart.show(chart, { epoch: 0, frame: 0, chart }, palettes[isDark(this.root) ? "dark" : "light"]);
    if (isFirst) this.chart.plot.on("plotly_click", ({ points: [{ pointIndex }] }) => this.choose(pointIndex));
    this.walk.show(chart);
    this.chart.describe(sentence);
    this.root.dataset.shown = id;
    writeAddress(this.chart.switchboard.choices);
  }

  /** @type {(Plotly: Plotly, spec: ChartSpec, choices: Choices) => void} */
  lay(Plotly, spec, choices) {
    this.root.dataset.figure = spec.name; // before the chart takes its size
    const section = element("section");
    this.root.replaceChildren(section); // in place of the sentence about a failure
    this.chart = new Chart(Plotly, section, () => writeAddress(this.chart.switchboard.choices));
    this.chart.switchboard.take(spec.switches, choices);
    this.walk = new Walk(this.chart, (cell) => this.choose(cell));
  }

  // Clicks are counted, so that the same cell again is news.
  /** @param {PlotClick["points"][0]["pointIndex"]} cell */
  choose(cell) {
    if (Array.isArray(cell)) this.setState("choice", [...cell, ++this.clicks]);
  }
}
