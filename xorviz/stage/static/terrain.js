// Terrain: a landscape on two canvases. Behind the plot are its colours and contours, which stay as long as its grid;
// over the plot is what moves: the playhead, and the arrow from there.

import { contour } from "./contour.js";
import { contoursOf, heightsAt } from "./heights.js";
import { element, penOf, resize } from "./panel.js";
import { paint } from "./picture.js";

const DOT = 6; // pixels of the playhead's radius
const HEAD = 9; // pixels of an arrow's head
const LINE = { lineWidth: 1, globalAlpha: 0.4 };

/** @import { Heights } from "./heights.js" */
/** @typedef {{ point: [number, number], tip: [number, number] }} Arrow */

export class Terrain {
  ground = penOf(element("canvas"));
  over = penOf(element("canvas", { className: "over" }));
  grid = penOf(element("canvas"), { willReadFrequently: true }); // a pixel a value
  element = element("div", { className: "terrain" }, this.ground.canvas, this.over.canvas);
  drawn = ""; // what the ground shows, with the spec below
  /** @type {ChartSpec | undefined} */ spec;

  /** @param {Axes} axes */
  arrange({ left, top, width, height }) {
    for (const pen of [this.ground, this.over]) {
      pen.canvas.style.cssText = `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
      resize(pen, width, height);
    }
    this.drawn = "";
  }

  /** @type {(moment: LandscapeMoment, look: Look) => void} */
  show(moment, look) {
    const { spec, palette, axes } = look;
    const grid = spec.terrain?.moves ? [moment.epoch, !!moment.fine] : [];
    const drawn = JSON.stringify([grid, palette, axes.x, axes.y]);
    if (drawn !== this.drawn || spec !== this.spec) this.draw(heightsAt(spec, moment), look);
    Object.assign(this, { drawn, spec });
    this.point(moment, look);
  }

  /** @type {(heights: Heights, look: Look) => void} */
  draw(heights, { spec, axes, palette, colours }) {
    const { ground: pen, grid } = this;
    const { shares } = heights;
    const toPixels = pixelsOf(axes);
    const { left, bottom, wide, tall } = cellsOf(spec, shares);
    /** @type {(point: [column: number, row: number]) => [number, number]} */
    const at = ([column, row]) => toPixels([left + column * wide, bottom + row * tall]);
    paint(grid, shares, colours);
    pen.clearRect(0, 0, axes.width, axes.height);
    const [start, low] = at([-0.5, -0.5]);
    const [end, high] = at([shares[0].length - 0.5, shares.length - 0.5]);
    pen.drawImage(grid.canvas, start, high, end - start, low - high);
    pen.save();
    Object.assign(pen, { ...LINE, strokeStyle: palette["font.color"] });
    pen.beginPath();
    contour(shares, contoursOf(heights), (from, to) => {
      pen.moveTo(...at(from));
      pen.lineTo(...at(to));
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

// The cells of a grid over a chart's plane: where the first begins, and their size.
/** @type {(spec: ChartSpec, rows: Rows) => { left: number, bottom: number, wide: number, tall: number }} */
export function cellsOf({ traces: [{ x, y }] }, rows) {
  const [wide, tall] = [(x.at(-1) - x[0]) / (rows[0].length - 1), (y.at(-1) - y[0]) / (rows.length - 1)];
  return { left: x[0], bottom: y[0], wide, tall };
}

// Where a moment's playhead is, and the tip of its arrow.
/** @type {(moment: ChartMoment) => Arrow} */
export function arrowAt({ frame, chart }) {
  const { positions, arrows } = /** @type {TerrainSpec} */ (chart.terrain);
  const [x, y, right, up] = [positions, arrows].flatMap((values) => [...values.subarray(2 * frame, 2 * frame + 2)]);
  return { point: [x, y], tip: [x + right, y + up] };
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
