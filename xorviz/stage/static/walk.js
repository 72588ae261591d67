// A walk over the cells of a map by the arrow keys. Enter opens the cell where the walk is.

import { element } from "./panel.js";

/** @type {Record<string, [up: number, right: number]>} */
const WAYS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/** @typedef {[row: number, column: number]} Cell */

export class Walk {
  /** @type {Cell | undefined} */ cell;
  /** @type {ChartSpec} */ spec; // once there is one, as are the texts of its cells
  /** @type {Spec} */ labels;
  status = element("p", { className: "unseen", role: "status" }); // for readers who don't see the tip

  // Calls `open(cell)` for a chart's cell on which Enter was pressed.
  /** @param {import("./chart.js").Chart} chart @param {(cell: Cell) => void} open */
  constructor({ Plotly, plot, section }, open) {
    this.Plotly = Plotly;
    this.plot = plot;
    this.open = open;
    Object.assign(plot, { role: "application", tabIndex: 0 });
    plot.onkeydown = (event) => this.press(event);
    plot.onblur = () => Plotly.Fx.unhover(plot);
    section.append(this.status);
  }

  // Takes another map.
  /** @param {ChartSpec} spec */
  show(spec) {
    this.spec = spec;
    this.labels = /** @type {Spec} */ (spec.traces.find(({ type, text }) => type === "heatmap" && text));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const way = WAYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(way || event.key === "Enter")) return;
    event.preventDefault(); // the stage's playhead stays where it is
    if (way) this.go(way);
    else if (this.cell) this.open(this.cell);
  }

  /** @param {[up: number, right: number]} way */
  go([up, right]) {
    const { text } = this.labels;
    this.cell = this.cell ? step(this.cell, up, right, text) : start(this.spec);
    const [row, column] = this.cell;
    this.status.textContent = text[row]?.[column] ?? "This network is not trained yet.";
    this.Plotly.Fx.hover(this.plot, { xval: column, yval: row }, "xy");
  }
}

// The cell of the run on the stage, which is outlined; without one the first.
/** @type {(spec: ChartSpec) => Cell} */
export function start({ layout: { shapes: [outline] } }) {
  return outline ? [outline.y0 + 0.5, outline.x0 + 0.5] : [0, 0];
}

// The next cell that way, within the map.
/** @type {(cell: Cell, up: number, right: number, rows: unknown[][]) => Cell} */
export function step([row, column], up, right, rows) {
  return [within(row + up, rows.length), within(column + right, rows[0].length)];
}

/** @type {(value: number, count: number) => number} */
function within(value, count) {
  return Math.min(Math.max(value, 0), count - 1);
}
