// Terrain: a landscape on two canvases. Behind the plot are its colours and contours, which stay as long as its grid;
// over the plot is what moves: the playhead, and the arrow from there.

import { contour, levels } from "./contour.js";
import { element, penOf, resize } from "./panel.js";
import { rowsAt } from "./payload.js";
import { paint } from "./picture.js";

const DOT = 6; // pixels of the playhead's radius
const HEAD = 9; // pixels of an arrow's head
const LINE = { lineWidth: 1, globalAlpha: 0.4 };

/** @typedef {{ point: [number, number], tip: [number, number] }} Arrow */

export class Terrain {
  ground = penOf(element("canvas"));
  over = penOf(element("canvas", { className: "over" }));
  grid = penOf(element("canvas"), { willReadFrequently: true }); // a pixel a value
  element = element("div", { className: "terrain" }, this.ground.canvas, this.over.canvas);
  drawn = ""; // what the ground shows

  /** @param {Axes} axes */
  arrange({ left, top, width, height }) {
    for (const pen of [this.ground, this.over]) {
      pen.canvas.style.cssText = `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
      resize(pen, width, height);
    }
    this.drawn = "";
  }

  /** @type {(moment: ChartMoment, look: Look) => void} */
  show(moment, look) {
    const { spec, palette, axes } = look;
    const { terrain } = spec;
    const grid = gridAt(spec, moment);
    const drawn = JSON.stringify([moment.chart.channels.length ? moment.epoch : 0, palette, axes.x, axes.y, terrain]);
    if (drawn !== this.drawn) this.draw(grid, look);
    this.drawn = drawn;
    this.point(moment, look);
  }

  /** @type {(rows: Rows, look: Look) => void} */
  draw(rows, { spec, axes, palette, colours }) {
    const { ground: pen, grid } = this;
    const { low, high, step } = /** @type {TerrainSpec} */ (spec.terrain);
    const toPixels = pixelsOf(axes);
    const { x, y } = spec.traces[0];
    const [wide, high_] = [x[1] - x[0], y[1] - y[0]];
    paint(grid, shares(rows, low, high), colours);
    pen.clearRect(0, 0, axes.width, axes.height);
    const [left, top] = toPixels([x[0] - wide / 2, y[y.length - 1] + high_ / 2]);
    const [right, bottom] = toPixels([x[x.length - 1] + wide / 2, y[0] - high_ / 2]);
    pen.drawImage(grid.canvas, left, top, right - left, bottom - top);
    pen.save();
    Object.assign(pen, { ...LINE, strokeStyle: palette["font.color"] });
    pen.beginPath();
    contour(rows, levels(low, high, step), (from, to) => {
      pen.moveTo(...toPixels([x[0] + from[0] * wide, y[0] + from[1] * high_]));
      pen.lineTo(...toPixels([x[0] + to[0] * wide, y[0] + to[1] * high_]));
    });
    pen.stroke();
    pen.restore();
  }

  // Draws the playhead and its arrow.
  /** @type {(moment: ChartMoment, look: Look) => void} */
  point(moment, { axes, palette }) {
    const { over: pen } = this;
    pen.clearRect(0, 0, axes.width, axes.height);
    const { point, tip } = arrowAt(moment);
    if (!Number.isFinite(point[0])) return;
    const toPixels = pixelsOf(axes);
    const [from, to] = [toPixels(point), toPixels(tip)];
    Object.assign(pen, { strokeStyle: palette["font.color"], fillStyle: palette["font.color"], lineWidth: 2.5 });
    pen.stroke(new Path2D(shaft(from, to)));
    pen.fill(solid(from, to));
  }
}

// The grid of a moment, in logarithms of losses.
/** @type {(spec: ChartSpec, moment: ChartMoment) => Rows} */
export function gridAt(spec, { frame, chart: { channels } }) {
  return channels.length ? rowsAt(channels, { trace: 0 }, frame) : spec.traces[0].z;
}

// Where a moment's playhead is, and the tip of its arrow.
/** @type {(moment: ChartMoment) => Arrow} */
export function arrowAt({ frame, chart }) {
  const { positions, arrows } = /** @type {TerrainSpec} */ (chart.terrain);
  const [x, y, right, up] = [positions, arrows].flatMap((values) => [...values.subarray(2 * frame, 2 * frame + 2)]);
  return { point: [x, y], tip: [x + right, y + up] };
}

// Values as shares of the way from the lowest to the highest.
/** @type {(rows: Rows, low: number, high: number) => Rows} */
export function shares(rows, low, high) {
  return rows.map((row) => Float32Array.from(row, (value) => (value - low) / (high - low)));
}

// The line of an arrow up to its head, and its head, as paths of SVG.
/** @type {(from: number[], to: number[]) => string} */
export function shaft(from, to) {
  return `M${from}L${to}`;
}

/** @type {(from: number[], to: number[]) => string} */
export function head([x0, y0], [x1, y1]) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!(length > 0)) return "";
  const [right, down] = [(x1 - x0) / length, (y1 - y0) / length];
  const size = Math.min(HEAD, length);
  const [x, y] = [x1 - size * right, y1 - size * down];
  const wing = size / 2;
  return `M${x1 + right * 2},${y1 + down * 2}L${x - down * wing},${y + right * wing}L${x + down * wing},${y - right * wing}Z`;
}

// The dot at an arrow's foot, and its head.
/** @type {(from: [number, number], to: [number, number]) => Path2D} */
function solid(from, to) {
  const path = new Path2D(head(from, to));
  path.arc(...from, DOT, 0, 2 * Math.PI);
  return path;
}

// What makes pixels of the numbers along the axes.
/** @type {(axes: Axes) => (point: number[]) => [number, number]} */
function pixelsOf({ width, height, x: [left, right], y: [bottom, top] }) {
  return ([x, y]) => [(width * (x - left)) / (right - left), (height * (top - y)) / (top - bottom)];
}
