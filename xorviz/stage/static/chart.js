// A chart: its switches, its Plotly figure, and the parts of it that follow the playhead. It shows a moment:
// { epoch, chart, frame }, where the chart's channels hold the values of that frame.

import { boundary } from "./boundary.js";
import { Cells } from "./cells.js";
import { listedLines, swatch, ValueList } from "./lists.js";
import { element, Panel, typeScale } from "./panel.js";
import { rowsAt, valueAt } from "./payload.js";
import { colourTable, Painter } from "./picture.js";
import { assignAll, curveUntil, figureAt } from "./spec.js";
import { Zoom } from "./zoom.js";

// Plotly's bar and tips would cover the data; zoom.js has a button instead.
const CONFIG = { displayModeBar: false, showTips: false, plotlyServerURL: "" };

export class Chart extends Panel {
  /** @type {ChartSpec} */ spec;
  /** @type {ChartMoment} */ moment;
  /** @type {Palette} */ palette;
  /** @type {Colour[]} */ colours;
  /** @type {{ width: number, height: number }} */ size;
  /** @type {ChartMoment | undefined} */ settled; // that the traces are of
  /** @type {string | undefined} */ figure;
  /** @type {string | undefined} */ labels;
  /** @type {Record<string, string | undefined>} */
  chosen = {}; // switch label -> option label, kept from run to run
  legend = element("ul", { className: "legend" });
  painter = new Painter();
  cells = new Cells();
  scale = 1; // of the page's type
  hovered = false;
  hidesFuture = false; // whether curves end at the playhead

  // Calls `switched` when the reader has used a switch.
  /** @param {Plotly} Plotly @param {HTMLElement} section @param {() => void} switched */
  constructor(Plotly, section, switched = () => {}) {
    const [plot, list] = [element("div", { className: "plot" }), element("dl")];
    super(section, plot, list);
    plot.role = "img";
    this.Plotly = Plotly;
    this.switched = switched;
    this.plot = /** @type {Plot & typeof plot} */ (plot);
    this.values = new ValueList(list, (trace) => this.emphasise(trace));
    this.hint.after(this.legend);
    plot.before(this.cells.canvas);
    this.zoom = new Zoom(Plotly, this.plot);
    this.switches.after(this.zoom.button);
    plot.addEventListener("pointerenter", () => (this.hovered = true));
    plot.addEventListener("pointerleave", () => (this.hovered = false));
    plot.addEventListener("pointerdown", () => this.settle()); // a finger leaves before its tip comes
  }

  destroy() {
    super.destroy();
    this.values.destroy();
    this.Plotly.purge(this.plot);
  }

  // Shows another run in the same figure. The figure is drawn anew only where more than the values of its
  // channels is new; zoom then stays as long as the layout's uirevision.
  /** @type {(spec: ChartSpec, moment: ChartMoment, palette: Palette) => void} */
  show(spec, moment, palette) {
    const figure = JSON.stringify([spec.traces, spec.layout, palette]);
    const redraw = figure !== this.figure;
    Object.assign(this, { spec, figure, palette, settled: undefined });
    if (redraw) this.draw(moment);
    this.follow(moment);
  }

  /** @param {ChartMoment} moment */
  draw(moment) {
    this.surround();
    this.size ??= this.room();
    const { traces, layout } = figureAt(this.spec, moment, this.options(), this.lastShown(moment));
    assignAll(layout, { ...this.palette, ...this.size, ...this.type() });
    this.Plotly.react(this.plot, traces, layout, CONFIG);
    this.zoom.show(this.spec);
    this.measure();
    this.settled = moment;
  }

  // Makes what is around the plot, where another run has it otherwise.
  surround() {
    const { title, hint, switches, values, legend } = this.spec;
    const lines = listedLines(this.spec).map(({ name, line }) => [name, line]);
    const scale = this.spec.picture ? this.palette["coloraxis.colorscale"] : undefined;
    const labels = JSON.stringify([title, hint, switches, values, lines, legend, scale]);
    if (labels === this.labels) return;
    this.labels = labels;
    this.label(this.spec, scale);
    if (scale) this.colours = colourTable(scale);
    this.switches.replaceChildren(...switches.map((s) => this.switchBox(s)));
    const pins = legend.map(([name, colour]) => element("li", { title: name }, swatch(colour), name));
    this.legend.replaceChildren(...pins);
    this.values.show(this.spec);
  }

  fit() {
    const { width, height } = this.room();
    if (!this.size || (width === this.size.width && height === this.size.height)) return;
    this.size = { width, height };
    if (!width || !height) return; // hidden
    this.Plotly.relayout(this.plot, { ...this.size, ...this.type() });
    this.measure();
    this.follow(this.moment);
  }

  // The attributes of the layout that go by the size of the page's type.
  type() {
    const { font, margin } = this.spec.layout;
    this.scale = typeScale();
    const sides = Object.entries(margin).map(([side, width]) => [`margin.${side}`, width * this.scale]);
    return { "font.size": font.size * this.scale, ...Object.fromEntries(sides) };
  }

  room() {
    return { width: this.plot.clientWidth, height: this.plot.clientHeight };
  }

  // Places a table between the axes. It keeps its size, as asking makes the browser lay the page out; for the
  // same reason Plotly is given its size and never asks for it.
  measure() {
    const { canvas } = this.cells;
    canvas.hidden = this.spec.picture?.boundary !== null;
    if (canvas.hidden) return;
    const { left, top, width, height } = this.plot.querySelector(".nsewdrag").getBoundingClientRect();
    const around = /** @type {Element} */ (this.plot.parentElement).getBoundingClientRect();
    this.cells.arrange({ left: left - around.left, top: top - around.top, width, height });
  }

  // Draws what changes in every frame, by calls that redraw no trace.
  /** @param {ChartMoment} moment */
  follow(moment) {
    this.moment = moment;
    if (!this.size.width) return; // hidden
    if (this.lastShown(moment) < Infinity) this.cutCurves();
    if (this.spec.cursor) this.Plotly.relayout(this.plot, this.cursor(moment));
    if (!this.cells.canvas.hidden) this.tabulate(moment);
    else if (this.spec.picture) this.Plotly.relayout(this.plot, this.picture(moment));
    this.values.write(moment);
    if (this.hovered) this.settle();
  }

  // Brings the traces themselves up to date, which hover reads.
  settle() {
    const { frame, chart } = this.moment;
    const channels = chart.channels.filter((channel) => channel.trace !== null);
    if (this.settled === this.moment || !channels.length || !this.size.width) return;
    /** @type {Spec} */
    const update = {};
    channels.forEach((channel, index) => {
      update[channel.attribute] ??= Array(channels.length).fill(undefined);
      update[channel.attribute][index] = valueAt(channel, frame);
    });
    this.Plotly.restyle(this.plot, update, channels.map((channel) => channel.trace));
    this.settled = this.moment;
  }

  // The last epoch up to which curves are drawn.
  /** @param {ChartMoment} moment */
  lastShown({ epoch }) {
    return this.hidesFuture && this.spec.cursor ? epoch : Infinity;
  }

  // Has the curves end at the playhead, and the axis hold what is left of them.
  cutCurves() {
    const curves = this.spec.traces.map((trace) => curveUntil(trace, this.moment.epoch));
    /** @type {(name: string) => unknown[]} */
    const all = (name) => curves.map((curve) => curve[name]);
    this.Plotly.restyle(this.plot, { x: all("x"), y: all("y"), customdata: all("customdata") });
  }

  /** @param {ChartMoment} moment */
  cursor({ epoch }) {
    const [cursor, ...marks] = this.spec.layout.shapes;
    return { shapes: [{ ...cursor, x0: epoch, x1: epoch }, ...marks] };
  }

  /** @param {ChartMoment} moment */
  tabulate({ frame, chart: { channels, picture } }) {
    const { decimals, ...shown } = /** @type {PictureSpec} */ (picture);
    this.cells.show(rowsAt(channels, shown, frame), this.colours, decimals ?? 0, this.scale);
  }

  // The update of the layout that shows a surface, its line and its points.
  /** @param {ChartMoment} moment */
  picture({ frame, chart: { channels, picture } }) {
    const { trace, boundary: line, marks } = /** @type {PictureSpec} */ (picture);
    const rows = rowsAt(channels, { trace }, frame);
    const { images, shapes } = this.spec.layout;
    const path = line && boundary(line, frame, this.spec.traces[trace].x);
    const drawn = path ? [{ ...shapes[0], path, line: { ...shapes[0].line, color: this.palette["font.color"] } }] : [];
    const points = marks === null ? [] : valueAt(channels[marks], frame);
    const source = this.painter.surface(rows, this.colours);
    return { images: [{ ...images[0], source }], shapes: [...drawn, ...points] };
  }

  // The positions of the switches that links hold, by name; undefined for a first position.
  /** @returns {Choices} */
  get choices() {
    const chosen = this.options();
    const positions = this.spec.switches.map(({ name, options }, index) =>
      [name, chosen[index] === options[0] ? undefined : chosen[index].key]);
    return Object.fromEntries(positions.filter(([name]) => name));
  }

  // Takes such positions over for the next run that is shown. Every other switch goes to its first.
  /** @type {(spec: ChartSpec, choices: Choices) => void} */
  take(spec, choices) {
    for (const { label, name, options } of spec.switches) {
      this.chosen[label] = options.find(({ key }) => name && key === choices[name])?.label;
    }
    this.figure = this.labels = undefined;
  }

  options() {
    return this.spec.switches.map(
      ({ label, options }) => options.find((option) => option.label === this.chosen[label]) ?? options[0],
    );
  }

  /** @param {SwitchSpec} spec */
  switchBox({ label, options }) {
    const chosen = this.chosen[label] ?? options[0].label;
    const buttons = options.map(({ label: textContent, traces, layout }) => {
      const button = element("button", { type: "button", textContent, ariaPressed: String(textContent === chosen) });
      button.onclick = () => {
        this.chosen[label] = textContent;
        buttons.forEach((other) => (other.ariaPressed = String(other === button)));
        this.Plotly.update(this.plot, { ...traces }, { ...layout });
        this.switched();
      };
      return button;
    });
    return element("div", { role: "group", ariaLabel: label }, ...buttons);
  }

  emphasiseEdge() {}

  // Lets one line stand out, or none.
  /** @param {number} [chosen] */
  emphasise(chosen) {
    /** @type {(index: number) => number} */
    const fade = (index) => (chosen === undefined || chosen === index ? 1 : 0.15);
    const opacity = this.spec.traces.map((trace, index) => (trace.opacity ?? 1) * fade(index));
    this.Plotly.restyle(this.plot, { opacity });
  }
}
