// Relief: the landscape with the loss as height, in place of its plot.

import { sample } from "./contour.js";
import { Space } from "./space.js";
import { arrowAt, gridAt } from "./terrain.js";

/** @import { Chart } from "./chart.js" */

const LIFT = 0.012; // of the height by which paths lie above the surface, so that they are seen

export class Relief {
  /** @type {Space | undefined} */ space; // while it is shown
  /** @type {ChartSpec} */ spec;
  /** @type {Palette} */ palette;
  sentence = "";

  /** @param {Chart} chart */
  constructor(chart) {
    this.chart = chart;
  }

  destroy() {
    this.space?.destroy();
    this.space = undefined;
  }

  /** @type {(spec: ChartSpec, palette: Palette) => void} */
  show(spec, palette) {
    Object.assign(this, { spec, palette });
  }

  get terrain() {
    return /** @type {TerrainSpec} */ (this.spec.terrain);
  }

  // Takes the plot's place, or gives it back.
  /** @type {(isWanted: boolean, moment?: ChartMoment) => void} */
  turn(isWanted, moment = { epoch: 0, frame: 0, chart: this.spec }) {
    this.chart.section.classList.toggle("raised", isWanted);
    this.chart.hint.textContent = isWanted ? this.terrain.space.hint : this.spec.hint;
    if (!isWanted) return this.destroy();
    const space = (this.space ??= new Space());
    if (!space.element.isConnected) this.chart.plot.after(space.element);
    space.describe(this.sentence);
    space.show(this.figure(moment)).catch((error) => space.fail(error));
  }

  /** @param {ChartMoment} moment */
  figure(moment) {
    const { data, layout } = structuredClone(this.terrain.space);
    const values = this.values(moment);
    data.forEach((trace, index) => Object.assign(trace, values[index]));
    data[0].colorscale = this.chart.colorscale;
    const { "font.color": color, "xaxis.gridcolor": gridcolor } = this.palette;
    for (const axis of ["xaxis", "yaxis", "zaxis"]) Object.assign(layout.scene[axis], { gridcolor, zeroline: false });
    return { data, layout: { ...layout, font: { color } } };
  }

  // What the traces have at a moment: the surface, the paths on it, and the playhead.
  /** @param {ChartMoment} moment */
  values(moment) {
    const { x, y } = this.spec.traces[0];
    const { stride } = this.terrain.space;
    const rows = gridAt(this.spec, moment);
    const each = (/** @type {unknown} */ _, /** @type {number} */ index) => index % stride === 0;
    const z = rows.filter(each).flatMap((row) => Array.from(row).filter(each));
    const lift = LIFT * (this.terrain.high - this.terrain.low);
    /** @type {(right: number, up: number) => number | null} */
    const height = (right, up) => {
      const [column, row] = [(right - x[0]) / (x[1] - x[0]), (up - y[0]) / (y[1] - y[0])];
      const isInside = column >= 0 && row >= 0 && column <= x.length - 1 && row <= y.length - 1;
      return isInside ? sample(rows, column, row) + lift : null;
    };
    /** @type {(right: number[], up: number[]) => Spec} */
    const on = (right, up) => ({ x: right, y: up, z: right.map((one, index) => height(one, up[index])) });
    const paths = this.spec.traces.slice(1, this.terrain.space.data.length - 1);
    const { point } = arrowAt(moment);
    return [{ z, intensity: z }, ...paths.map((path) => on([...path.x], [...path.y])), on([point[0]], [point[1]])];
  }

  // Moves on. On a plane that stays only the playhead moves.
  /** @param {ChartMoment} moment */
  follow(moment) {
    if (!this.space) return;
    const values = this.values(moment);
    const first = moment.chart.channels.length ? 0 : values.length - 1;
    const moving = values.slice(first);
    const all = (/** @type {string} */ name) => moving.map((value) => value[name]);
    const update = { x: all("x"), y: all("y"), z: all("z"), intensity: all("intensity") };
    this.space.move(update, moving.map((_, index) => first + index));
  }

  /** @param {string} sentence */
  describe(sentence) {
    this.sentence = sentence;
    this.space?.describe(sentence);
  }
}
