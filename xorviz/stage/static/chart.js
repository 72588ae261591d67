// One chart: its heading, its switches, its Plotly figure and what moves in it. A moment is what it
// shows: { epoch, chart, frame }, where the chart holds the values of that frame.

import { drawKey, element, label, layPanel, significant, write } from "./panel.js";
import { valueAt } from "./payload.js";
import { colourTable, contour, Painter } from "./picture.js";

// Named one by one: Plotly's own choice offers to upload a chart.
const BUTTONS = ["toImage", "zoom2d", "pan2d", "resetScale2d"];
const CONFIG = { displaylogo: false, displayModeBar: "hover", modeBarButtons: [BUTTONS], plotlyServerURL: "" };

export class Chart {
  // Calls `switched` when the reader has used a switch.
  constructor(Plotly, section, switched = () => {}) {
    this.Plotly = Plotly;
    this.section = section;
    this.switched = switched;
    this.chosen = {}; // switch label -> option label, kept from run to run
    layPanel(section, element("div", { className: "plot" }), element("dl"));
    this.legend = element("ul", { className: "legend" });
    section.querySelector(".hint").after(this.legend);
    this.plot = section.querySelector(".plot");
    this.plot.addEventListener("pointerenter", () => (this.hovered = true));
    this.plot.addEventListener("pointerleave", () => (this.hovered = false));
    this.painter = new Painter();
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.plot);
  }

  destroy() {
    this.observer.disconnect();
    this.Plotly.purge(this.plot);
  }

  // Shows another run in the same figure. Where only what its channels hold is new, nothing of
  // the figure is drawn again; else zoom stays where the layout's uirevision does.
  show(spec, moment, palette) {
    const figure = JSON.stringify([spec.traces, spec.layout, palette]);
    const redraw = figure !== this.figure;
    Object.assign(this, { spec, figure, settled: undefined });
    if (redraw) this.draw(moment, palette);
    this.follow(moment);
  }

  draw(moment, palette) {
    this.label();
    this.size ??= this.place();
    const { traces, layout } = this.figureAt(moment);
    assignAll(layout, { ...palette, ...this.size });
    this.Plotly.react(this.plot, traces, layout, CONFIG);
    this.measure();
    this.settled = moment.epoch;
  }

  // What is around the plot; only made again where another run has it otherwise.
  label() {
    const { title, hint, switches, values, legend } = this.spec;
    const lines = this.lines().map(({ name, line }) => [name, line]);
    const labels = JSON.stringify([title, hint, switches, values, lines, legend]);
    if (labels === this.labels) return;
    this.labels = labels;
    label(this.section, this.spec);
    this.section.querySelector(".switches").replaceChildren(...switches.map((s) => this.switchBox(s)));
    const scale = this.spec.picture && this.spec.traces[this.spec.picture.trace].colorscale;
    drawKey(this.section, scale);
    if (scale) this.colours = colourTable(scale);
    this.listPins();
    this.listValues();
  }

  // The spec as Plotly takes it, with the channels' values at a moment and the switches' choices.
  figureAt({ frame, chart: { channels } }) {
    const { traces, layout } = structuredClone({ traces: this.spec.traces, layout: this.spec.layout });
    for (const channel of channels) {
      assign(traces[channel.trace] ?? layout, channel.attribute, valueAt(channel, frame));
    }
    for (const option of this.options()) {
      for (const [path, values] of Object.entries(option.traces)) {
        traces.forEach((trace, index) => assign(trace, path, values[index]));
      }
      assignAll(layout, option.layout);
    }
    return { traces, layout };
  }

  recolour(palette) {
    this.Plotly.relayout(this.plot, { ...palette });
  }

  fit() {
    const { width, height } = this.place();
    if (!this.size || (width === this.size.width && height === this.size.height)) return;
    this.size = { width, height };
    if (!width || !height) return; // hidden
    this.Plotly.relayout(this.plot, { ...this.size });
    this.measure();
    this.follow(this.moment);
  }

  place() {
    return { width: this.plot.clientWidth, height: this.plot.clientHeight };
  }

  // Width and height between the axes, for a table; kept, since asking makes the browser lay
  // the page out. For the same reason Plotly is told its size, and never left to ask.
  measure() {
    if (!this.spec.picture) return;
    const { width, height } = this.plot.querySelector(".nsewdrag").getBoundingClientRect();
    this.area = [width, height];
  }

  // What moves at every frame, in one call that redraws no trace.
  follow(moment) {
    this.moment = moment;
    if (!this.size.width) return; // hidden
    if (this.spec.cursor) this.Plotly.relayout(this.plot, this.cursor(moment));
    if (this.spec.picture) this.Plotly.relayout(this.plot, this.picture(moment));
    this.writeValues(moment);
    if (this.hovered) this.settle();
  }

  // Updates the traces themselves, which hover reads.
  settle() {
    const { epoch, frame, chart } = this.moment;
    const channels = chart.channels.filter((channel) => channel.trace !== null);
    if (this.settled === epoch || !channels.length || !this.size.width) return;
    const update = {};
    channels.forEach((channel, index) => {
      update[channel.attribute] ??= Array(channels.length).fill(undefined);
      update[channel.attribute][index] = valueAt(channel, frame);
    });
    this.Plotly.restyle(this.plot, update, channels.map((channel) => channel.trace));
    this.settled = epoch;
  }

  cursor({ epoch }) {
    const [cursor, ...marks] = this.spec.layout.shapes;
    return { shapes: [{ ...cursor, x0: epoch, x1: epoch }, ...marks] };
  }

  picture({ frame, chart: { channels } }) {
    const { trace, level, decimals, marks } = this.spec.picture;
    const rows = valueAt(channels.find((channel) => channel.trace === trace), frame);
    const { images, shapes } = this.spec.layout;
    if (level === null) {
      const source = this.painter.table(rows, this.colours, decimals, ...this.area);
      return { images: [{ ...images[0], source }] };
    }
    const path = contour(rows, this.spec.traces[trace].x, level);
    const line = path ? [{ ...shapes[0], path }] : [];
    const source = this.painter.surface(rows, this.colours);
    return { images: [{ ...images[0], source }], shapes: [...line, ...valueAt(channels[marks], frame)] };
  }

  // The positions of the switches that links hold, by name; undefined where it is the first.
  get choices() {
    const chosen = this.options();
    const positions = this.spec.switches.map(({ name, options }, index) =>
      [name, chosen[index] === options[0] ? undefined : chosen[index].key]);
    return Object.fromEntries(positions.filter(([name]) => name));
  }

  // Takes such positions over, for what is shown next; every other switch goes to its first.
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

  switchBox({ label, options }) {
    const chosen = this.chosen[label] ?? options[0].label;
    const buttons = options.map((option) =>
      element("button", { type: "button", textContent: option.label, ariaPressed: String(option.label === chosen) }),
    );
    buttons.forEach((button, index) => {
      button.onclick = () => {
        this.chosen[label] = options[index].label;
        buttons.forEach((other) => (other.ariaPressed = String(other === button)));
        this.Plotly.update(this.plot, { ...options[index].traces }, { ...options[index].layout });
        this.switched();
      };
    });
    return element("div", { role: "group", ariaLabel: label }, ...buttons);
  }

  // The names of pinned runs, each in its curve's colour.
  listPins() {
    const rows = this.spec.legend.map(([name, colour]) => {
      const swatch = element("i");
      swatch.style.borderColor = colour;
      return element("li", { title: name }, swatch, name);
    });
    this.legend.replaceChildren(...rows);
  }

  // The traces whose values are listed: the last ones.
  lines() {
    const { values, traces } = this.spec;
    return values === null ? [] : traces.slice(values);
  }

  // A name and a value for each line, where the chart lists them.
  listValues() {
    const list = this.section.querySelector("dl");
    const lines = this.lines();
    list.hidden = lines.length === 0;
    this.numbers = lines.map(() => element("dd"));
    const rows = lines.map((line, index) => {
      const swatch = element("i", { className: line.line.dash });
      swatch.style.borderColor = line.line.color;
      const row = element("div", {}, element("dt", {}, swatch, line.name), this.numbers[index]);
      row.onpointerenter = () => this.emphasise(this.spec.values + index);
      row.onpointerleave = () => this.emphasise();
      return row;
    });
    list.replaceChildren(...rows);
  }

  // Lets one line stand out, or none.
  emphasise(chosen) {
    const fade = (index) => (chosen === undefined || chosen === index ? 1 : 0.15);
    const opacity = this.spec.traces.map((trace, index) => (trace.opacity ?? 1) * fade(index));
    this.Plotly.restyle(this.plot, { opacity });
  }

  writeValues({ frame, chart: { traces, values } }) {
    this.numbers.forEach((number, index) => {
      write(number, significant(traces[values + index].y[frame]));
    });
  }
}

function assignAll(target, values) {
  for (const [path, value] of Object.entries(values)) assign(target, path, value);
}

// Sets `target.a.b` for the path "a.b", as Plotly's own updates do.
function assign(target, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  for (const key of keys) target = target[key] ??= {};
  target[last] = value;
}
