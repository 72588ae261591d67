// Relief: the landscape with the loss as height, in place of its plot.

import { sample } from "./contour.js";
import { heightsAt } from "./heights.js";
import { hasWebGL, Space } from "./space.js";
import { arrowAt, cellsOf } from "./terrain.js";
import { vantage } from "./vantage.js";

/** @import { Chart } from "./chart.js" */
/** @import { Heights } from "./heights.js" */

const LIFT = 0.02; // of the height by which paths lie above the surface, so that they are seen
const PIECES = 12; // of an arrow, which bends with the surface
const SIZES = Array.from({ length: PIECES + 1 }, (_, piece) => (piece === 0 ? 16 : piece === PIECES ? 8 : 0)); // of the playhead and the tip

export class Relief {
  /** @type {Space | undefined} */ space; // while it is shown
  /** @type {ChartSpec} */ spec;
  /** @type {Palette} */ palette;
  /** @type {Spec | undefined} */ mesh; // that the surface has
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
    return /** @type {TerrainSpec & { space: SpaceSpec }} */ (this.spec.terrain);
  }

  // Whether the figure is drawn, with its arrow: it is not where the browser can't.
  get isDrawn() {
    return !this.space || hasWebGL();
  }

  // Takes the plot's place, or gives it back.
  /** @type {(isWanted: boolean, moment?: LandscapeMoment) => void} */
  turn(isWanted, moment = { epoch: 0, frame: 0, chart: this.spec }) {
    this.chart.section.classList.toggle("raised", isWanted);
    if (!isWanted) this.destroy();
    else this.raise(moment);
    const hint = this.isDrawn ? this.terrain.space.hint : "";
    this.chart.hint.textContent = isWanted ? hint : this.spec.hint;
  }

  /** @param {LandscapeMoment} moment */
  raise(moment) {
    const space = (this.space ??= new Space());
    if (!space.element.isConnected) this.chart.plot.after(space.element);
    space.describe(this.sentence);
    const figure = this.figure(moment);
    space.aim(vantage(figure));
    space.show(figure).catch((error) => space.fail(error));
  }

  /** @param {LandscapeMoment} moment */
  figure(moment) {
    this.mesh = undefined;
    const { data, layout } = structuredClone({ data: this.terrain.space.data, layout: this.terrain.space.layout });
    const values = this.values(moment);
    data.forEach((trace, index) => Object.assign(trace, values[index]));
    data[0].colorscale = this.chart.colorscale;
    const { "font.color": color, "xaxis.gridcolor": gridcolor } = this.palette;
    const arrow = data[data.length - 1];
    Object.assign(arrow.marker, { size: SIZES, color, line: { width: 0 } });
    arrow.line.color = color;
    for (const axis of ["xaxis", "yaxis", "zaxis"]) Object.assign(layout.scene[axis], { gridcolor, zeroline: false });
    return { data, layout: { ...layout, font: { color } } };
  }

  // What the traces have at a moment: the surface, the paths on it, and the arrow from the playhead.
  /** @param {LandscapeMoment} moment */
  values(moment) {
    const heights = heightsAt(this.spec, moment);
    const on = this.over(heights);
    const { data } = this.terrain.space;
    const paths = this.spec.traces.slice(1, data.length - 1);
    const { point, tip } = arrowAt(moment);
    const shares = Array.from({ length: PIECES + 1 }, (_, piece) => piece / PIECES);
    /** @type {(axis: 0 | 1) => number[]} */
    const along = (axis) => shares.map((share) => point[axis] + share * (tip[axis] - point[axis]));
    return [this.surface(heights), ...paths.map(({ x, y }) => on([...x], [...y])), on(along(0), along(1))];
  }

  // The surface, and its mesh where it had another.
  /** @type {(heights: Heights) => Spec} */
  surface({ shares, low, high }) {
    const { meshes, stride } = this.terrain.space;
    const isFine = shares.length > this.spec.traces[0].x.length;
    const every = isFine ? stride : 1;
    const each = (/** @type {unknown} */ _, /** @type {number} */ index) => index % every === 0;
    const intensity = shares.filter(each).flatMap((row) => Array.from(row).filter(each));
    const mesh = isFine ? meshes.fine : meshes.coarse;
    const isAnother = mesh !== this.mesh;
    this.mesh = mesh;
    return { ...(isAnother ? mesh : {}), z: intensity.map((share) => low + share * (high - low)), intensity };
  }

  // Lays points on the surface, a little above it; none where there is no surface.
  /** @type {(heights: Heights) => (right: number[], up: number[]) => Spec} */
  over({ shares, low, high }) {
    const { left, bottom, wide, tall } = cellsOf(this.spec, shares);
    const last = shares.length - 1;
    const [lowest, highest] = this.terrain.space.layout.scene.zaxis.range;
    const lift = LIFT * (highest - lowest);
    /** @type {(right: number, up: number) => number | null} */
    const height = (right, up) => {
      const [column, row] = [(right - left) / wide, (up - bottom) / tall];
      const isInside = column >= 0 && row >= 0 && column <= last && row <= last;
      return isInside ? low + sample(shares, column, row) * (high - low) + lift : null;
    };
    return (right, up) => ({ x: right, y: up, z: right.map((one, index) => height(one, up[index])) });
  }

  // Moves on. On a plane that stays only the arrow moves.
  /** @param {LandscapeMoment} moment */
  follow(moment) {
    if (!this.space) return;
    const values = this.values(moment);
    const first = this.terrain.moves ? 0 : values.length - 1;
    const moving = values.slice(first);
    const names = [...new Set(moving.flatMap((value) => Object.keys(value)))].filter((name) => name !== "type");
    const update = Object.fromEntries(names.map((name) => [name, moving.map((value) => value[name])]));
    this.space.move(update, moving.map((_, index) => first + index));
  }

  /** @param {string} sentence */
  describe(sentence) {
    this.sentence = sentence;
    this.space?.describe(sentence);
  }
}
