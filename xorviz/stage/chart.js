// One chart: its heading, its switches, its Plotly figure and what moves in it.

import { valueAt } from "./payload.js";
import { colourTable, contour, Painter } from "./picture.js";

// Named one by one: Plotly's own choice offers to upload a chart.
const BUTTONS = ["toImage", "zoom2d", "pan2d", "resetScale2d"];
const CONFIG = { displaylogo: false, displayModeBar: "hover", modeBarButtons: [BUTTONS], plotlyServerURL: "" };

export class Chart {
  constructor(Plotly, section) {
    this.Plotly = Plotly;
    this.section = section;
    this.chosen = {}; // switch label -> option label, kept from run to run
    section.append(
      element("header", {}, element("h3"), element("div", { className: "key" }), element("div", { className: "switches" })),
      element("p", { className: "hint" }),
      element("div", { className: "body" }, element("div", { className: "plot" }), element("dl")),
    );
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
  show(spec, frame, epoch, palette) {
    const figure = JSON.stringify([spec.traces, spec.layout, palette]);
    const redraw = figure !== this.figure;
    Object.assign(this, { spec, figure, settled: undefined });
    if (redraw) this.draw(frame, palette);
    this.follow(frame, epoch);
  }

  draw(frame, palette) {
    this.label();
    this.size ??= this.place();
    const { traces, layout } = this.figureAt(frame);
    assignAll(layout, { ...palette, ...this.size });
    this.Plotly.react(this.plot, traces, layout, CONFIG);
    this.measure();
    this.settled = frame;
  }

  // What is around the plot; only made again where another run has it otherwise.
  label() {
    const { title, hint, switches, values, traces } = this.spec;
    const labels = JSON.stringify([title, hint, switches, values && traces.map(({ name, line }) => [name, line])]);
    if (labels === this.labels) return;
    this.labels = labels;
    this.section.querySelector("h3").textContent = title;
    this.section.querySelector(".hint").textContent = hint;
    this.section.querySelector(".switches").replaceChildren(...switches.map((s) => this.switchBox(s)));
    this.drawKey();
    this.listValues();
  }

  // The spec as Plotly takes it, with the channels' values at a frame and the switches' choices.
  figureAt(frame) {
    const { channels } = this.spec;
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
    if (!this.size || !width || (width === this.size.width && height === this.size.height)) return;
    this.size = { width, height };
    this.Plotly.relayout(this.plot, { ...this.size });
    this.measure();
    if (this.spec.picture) this.Plotly.relayout(this.plot, this.picture(this.drawn));
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
  follow(frame, epoch) {
    this.drawn = frame;
    if (this.spec.cursor) this.Plotly.relayout(this.plot, this.cursor(epoch));
    if (this.spec.picture) this.Plotly.relayout(this.plot, this.picture(frame));
    this.writeValues(frame);
    if (this.hovered) this.settle(frame);
  }

  // Updates the traces themselves, which hover reads.
  settle(frame) {
    const channels = this.spec.channels.filter((channel) => channel.trace !== null);
    if (this.settled === frame || !channels.length) return;
    const update = {};
    channels.forEach((channel, index) => {
      update[channel.attribute] ??= Array(channels.length).fill(undefined);
      update[channel.attribute][index] = valueAt(channel, frame);
    });
    this.Plotly.restyle(this.plot, update, channels.map((channel) => channel.trace));
    this.settled = frame;
  }

  cursor(epoch) {
    return { shapes: [{ ...this.spec.layout.shapes[0], x0: epoch, x1: epoch }] };
  }

  picture(frame) {
    const { trace, level, decimals, marks } = this.spec.picture;
    const rows = valueAt(this.spec.channels.find((channel) => channel.trace === trace), frame);
    const { images, shapes } = this.spec.layout;
    if (level === null) {
      const source = this.painter.table(rows, this.colours, decimals, ...this.area);
      return { images: [{ ...images[0], source }] };
    }
    const path = contour(rows, this.spec.traces[trace].x, level);
    const line = path ? [{ ...shapes[0], path }] : [];
    const source = this.painter.surface(rows, this.colours);
    return { images: [{ ...images[0], source }], shapes: [...line, ...valueAt(this.spec.channels[marks], frame)] };
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
      };
    });
    return element("div", { role: "group", ariaLabel: label }, ...buttons);
  }

  // What the colours of a picture mean.
  drawKey() {
    const key = this.section.querySelector(".key");
    key.hidden = !this.spec.picture;
    if (key.hidden) return;
    const bar = element("i");
    const stops = this.spec.traces[this.spec.picture.trace].colorscale;
    this.colours = colourTable(stops);
    bar.style.background = `linear-gradient(to right, ${stops.map(([at, colour]) => `${colour} ${at * 100}%`)})`;
    key.replaceChildren("0", bar, "1");
  }

  // A name and a value for each line, where the chart lists them.
  listValues() {
    const list = this.section.querySelector("dl");
    const lines = this.spec.values ? this.spec.traces : [];
    list.hidden = lines.length === 0;
    this.numbers = lines.map(() => element("dd"));
    const rows = lines.map((line, index) => {
      const swatch = element("i", { className: line.line.dash });
      swatch.style.borderColor = line.line.color;
      const row = element("div", {}, element("dt", {}, swatch, line.name), this.numbers[index]);
      row.onpointerenter = () => this.emphasise(index);
      row.onpointerleave = () => this.emphasise();
      return row;
    });
    list.replaceChildren(...rows);
  }

  // Lets one line stand out, or none.
  emphasise(chosen) {
    const opacity = this.spec.traces.map((_, index) => (chosen === undefined || chosen === index ? 1 : 0.15));
    this.Plotly.restyle(this.plot, { opacity });
  }

  writeValues(frame) {
    this.numbers.forEach((number, index) => {
      number.textContent = significant(this.spec.traces[index].y[frame]);
    });
  }
}

// Four significant digits, with a true minus sign.
export function significant(value) {
  if (!Number.isFinite(value)) return "not finite";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : value.toPrecision(4);
  return text.replace("-", "−");
}

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
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
