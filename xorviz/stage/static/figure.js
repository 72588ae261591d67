// A figure that stands alone: a chart without frames, which tells Python the cell that was clicked.

import { writeAddress } from "./address.js";
import { Chart } from "./chart.js";
import { plotly } from "./load.js";
import { element, isDark } from "./panel.js";
import { unpack } from "./payload.js";

/** @type {WeakMap<HTMLElement, Figure>} */
const figures = new WeakMap();

// Called by Streamlit on mounting and at every rerun; the returned function on unmounting.
/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export function mountFigure({ parentElement, data, setStateValue }) {
  let figure = figures.get(parentElement);
  if (!figure) {
    figure = new Figure(parentElement.querySelector(".figure"));
    figures.set(parentElement, figure);
  }
  figure.setState = setStateValue;
  figure.show(data).catch((error) => figure.fail(error));
  const mine = ++figure.mounts;
  return () => {
    if (mine !== figure.mounts) return; // of a call that a later one overtook
    figures.delete(parentElement);
    figure.destroy();
  };
}

class Figure {
  /** @type {Chart} */ chart; // once something is shown
  /** @type {Component<unknown>["setStateValue"]} */ setState;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.mounts = 0;
    this.clicks = 0;
    this.turn = 0;
  }

  destroy() {
    this.turn = NaN;
    if (!this.chart) return;
    writeAddress(Object.fromEntries(Object.keys(this.chart.choices).map((name) => [name, undefined])));
    this.chart.destroy();
  }

  /** @param {Error} error */
  fail(error) {
    this.root.textContent = `The chart can't be shown: ${error.message}.`;
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  async show(bytes) {
    const turn = ++this.turn;
    /** @type {[FigureSpec, Plotly]} */
    const [{ id, chart, choices, palettes }, Plotly] = await Promise.all([unpack(bytes), plotly()]);
    if (turn !== this.turn) return; // another came meanwhile, or the figure is gone
    const isFirst = !this.chart;
    if (isFirst) this.lay(Plotly);
    if (isFirst) this.chart.take(chart, choices);
    const palette = palettes[isDark(this.root) ? "dark" : "light"];
    this.chart.show(chart, { epoch: 0, frame: 0, chart }, palette);
    if (isFirst) this.chart.plot.on("plotly_click", (event) => this.choose(event));
    this.root.dataset.shown = id;
    writeAddress(this.chart.choices);
  }

  /** @param {Plotly} Plotly */
  lay(Plotly) {
    const section = element("section");
    this.root.replaceChildren(section); // a failure told before is gone
    this.chart = new Chart(Plotly, section, () => writeAddress(this.chart.choices));
  }

  // Counted, so that the same cell again is news.
  /** @param {PlotClick} event */
  choose({ points: [point] }) {
    if (Array.isArray(point.pointIndex)) this.setState("choice", [...point.pointIndex, ++this.clicks]);
  }
}
