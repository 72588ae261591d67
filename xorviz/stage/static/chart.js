// A chart: its switches, its Plotly figure, and the parts of it that follow the playhead. It shows a moment:
// { epoch, chart, frame }, where the chart's channels hold the values of that frame.

import { axesOf, layerOf } from "./layer.js";
import { listedLines, swatch, ValueList } from "./lists.js";
import { Pair } from "./pair.js";
import { element, isDark, Panel, typeScale } from "./panel.js";
import { valueAt } from "./payload.js";
import { colourTable } from "./picture.js";
import { assignAll, curveUntil, figureAt } from "./spec.js";
import { StandIn } from "./standin.js";
import { Switches } from "./switches.js";
import { asChart, drawnIn, panelOf } from "./views.js";
import { Zoom } from "./zoom.js";

/** @import { Option } from "./switches.js" */

// Plotly's bar and tips would cover the data; zoom.js has a button instead.
const CONFIG = { displayModeBar: false, showTips: false, plotlyServerURL: "" };

export class Chart extends Panel {
  /** @type {ChartSpec} */ own; // beside its views
  /** @type {Views | undefined} */ views;
  /** @type {string | undefined} */ view; // name of the view that is shown
  /** @type {ChartSpec} */ spec;
  /** @type {ChartMoment} */ moment;
  /** @type {Palette} */ palette;
  /** @type {Colour[]} */ colours;
  /** @type {{ width: number, height: number } | undefined} */ size; // of the plot
  /** @type {ChartMoment | undefined} */ settled; // that the traces are of
  /** @type {string | undefined} */ figure;
  /** @type {string | undefined} */ labels;
  legend = element("ul", { className: "legend" });
  /** @type {Axes} */ axes;
  /** @type {ReturnType<typeof layerOf>} */ layer;
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
    this.switchboard = new Switches(this.switches, (option, before) => this.turn(option, before));
    this.plot = /** @type {Plot & typeof plot} */ (plot);
    this.values = new ValueList(list, (trace) => this.emphasise(trace));
    this.hint.after(this.legend);
    this.standIn = new StandIn(plot);
    this.zoom = new Zoom(Plotly, this.plot, () => this.refocus());
    this.pair = new Pair((pair) => {
      this.switchboard.details.pair = pair;
      switched();
    });
    this.switches.before(this.pair.element);
    this.switches.after(this.zoom.button);
    plot.addEventListener("pointerenter", () => (this.hovered = true));
    plot.addEventListener("pointerleave", () => (this.hovered = false));
    plot.addEventListener("pointerdown", () => this.settle()); // a finger leaves before its tip comes
  }

  destroy() {
    super.destroy();
    this.values.destroy();
    this.standIn.destroy();
    this.Plotly.purge(this.plot);
  }

  // Shows another run, or another view of it, in the same figure; or cells in its place. The figure is drawn anew
  // only where more than the values of its channels is new; zoom then stays as long as the layout's uirevision.
  /** @type {(own: ChartSpec, moment: ChartMoment, palette: Palette, views?: Views) => void} */
  show(own, moment, palette, views) {
    this.switchboard.show(own.switches, views);
    const view = this.switchboard.viewIn(views);
    const drawn = drawnIn(views, view);
    const isReplaced = drawn !== undefined && "kind" in drawn;
    const spec = isReplaced ? panelOf(own, drawn) : (asChart(drawn) ?? own);
    Object.assign(this, { own, views, view, spec, palette, settled: undefined });
    this.switchboard.tell(this.section, view);
    this.standIn.show(drawn, palette);
    this.pair.show(drawn);
    const figure = isReplaced ? undefined : JSON.stringify([spec.traces, spec.layout, this.switchboard.positions, palette]);
    if (isReplaced) this.surround();
    else if (figure !== this.figure) this.draw(this.inView(moment) ?? { ...moment, chart: spec });
    this.figure = figure;
    this.follow(moment);
  }

  /** @param {ChartMoment} moment */
  draw(moment) {
    this.surround();
    this.layer ??= layerOf(this.spec, this.plot);
    if (!this.size?.width) this.size = this.room();
    const { traces, layout } = figureAt(this.spec, moment, this.switchboard.options, this.lastShown(moment));
    assignAll(layout, { ...this.palette, ...this.size, ...this.type() });
    if (this.spec.cursor) layout.shapes.shift();
    layout.images = [];
    this.Plotly.react(this.plot, traces, layout, CONFIG);
    this.zoom.show(this.spec);
    this.measure();
    this.settled = moment;
  }

  // Makes what is around the plot, where another run has it otherwise.
  surround() {
    const { title, hint, values, legend } = this.spec;
    const lines = listedLines(this.spec).map(({ name, line }) => [name, line]);
    const { picture, terrain } = this.spec;
    const own = terrain?.scales[isDark(this.section) ? "dark" : "light"];
    const scale = own ?? (picture ? this.palette["coloraxis.colorscale"] : undefined);
    const labels = JSON.stringify([title, hint, values, lines, legend, scale, terrain?.heights?.ends[0]]);
    if (labels === this.labels) return;
    this.labels = labels;
    this.label(this.spec, scale, terrain?.heights?.ends[0]);
    if (scale) this.colours = colourTable(scale);
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

  // Plotly is given its size and never asks for it, as asking makes the browser lay the page out.
  room() {
    return { width: this.plot.clientWidth, height: this.plot.clientHeight };
  }

  // Arranges the layer by the axes.
  measure() {
    if (!this.layer) return;
    this.axes = axesOf(this.plot);
    this.layer.arrange(this.axes);
  }

  refocus() {
    this.measure();
    const shown = this.inView(this.moment);
    if (shown) this.layer?.show(shown, this);
  }

  // Draws what changes in every frame, by calls that redraw no trace.
  /** @param {ChartMoment} moment */
  follow(moment) {
    this.moment = moment;
    const shown = this.inView(moment);
    if (this.standIn.shown) return this.standIn.shown.follow(moment, this.view);
    if (!this.size?.width || !shown) return; // hidden, or not here yet
    if (this.lastShown(moment) < Infinity) this.cutCurves();
    this.layer?.show(shown, this);
    this.mark(shown);
    this.values.write(shown, this.values.sight);
    if (this.hovered) this.settle();
  }

  // Brings all up to date: values that are scrolled away, and the traces themselves, which hover reads.
  settle() {
    if (this.standIn.shown) return this.standIn.shown.settle();
    const shown = this.inView(this.moment) ?? { ...this.moment, chart: this.spec };
    this.values.write(shown);
    const { frame, chart } = shown;
    const channels = chart.channels.filter((channel) => channel.trace !== null);
    if (this.settled === this.moment || !channels.length || !this.size?.width) return;
    /** @type {Spec} */
    const update = {};
    channels.forEach((channel, index) => {
      update[channel.attribute] ??= Array(channels.length).fill(undefined);
      update[channel.attribute][index] = valueAt(channel, frame);
    });
    this.Plotly.restyle(this.plot, update, channels.map((channel) => channel.trace));
    this.settled = this.moment;
  }

  // A moment of the view that is shown, once its data are here.
  /** @type {(moment: ChartMoment) => ChartMoment | undefined} */
  inView(moment) {
    const chart = this.view ? asChart(drawnIn(moment.views, this.view)) : moment.chart;
    return chart && { ...moment, chart };
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

  // Draws the points of a surface anew where one is right or wrong otherwise than before.
  /** @param {ChartMoment} moment */
  mark({ frame, chart: { channels, picture } }) {
    if (!picture || picture.marks === null) return;
    /** @type {Spec[]} */
    const shapes = valueAt(channels[picture.marks], frame);
    const before = this.plot.layout.shapes;
    if (shapes.some((shape, index) => shape !== before[index])) this.Plotly.relayout(this.plot, { shapes });
  }

  // Shows what a switch's option asks for: a view once its data are here, or other traces and another layout.
  /** @type {(option: Option, before: Option) => void} */
  turn(option, before) {
    this.switched();
    if (option.is_view && !this.switchboard.viewIn(this.views)) return; // its data are on their way
    if (option.is_view || before.is_view) this.show(this.own, this.moment, this.palette, this.views);
    else this.Plotly.update(this.plot, { ...option.traces }, { ...option.layout });
  }

  /** @param {string} sentence */
  describe(sentence) {
    super.describe(sentence);
    this.standIn.solid.describe(sentence);
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
