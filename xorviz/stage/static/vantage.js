// Vantage: from where a figure of a surface is seen first. It is the usual side, unless more of what lies on the
// surface is seen from another, or from higher up.

import { sample } from "./contour.js";
import { EYE, turned } from "./space.js";

/** @typedef {{ x: number, y: number, z: number }} Point */
/** @typedef {(x: number, y: number) => number} Height */

const SIDES = [0, 12, -12, 24]; // quarters of a circle, in turns of an arrow key
const STEEPS = [0, 2, 4]; // turns by which the eye goes up
const STRIDE = 0.02; // of a figure's width, from one point of a line of sight to the next
const MORE = 1.1; // times as many points must be seen from another side

// The eye for a figure whose first trace is a surface over a square grid, with lines and dots on it.
/** @type {(figure: { data: Spec[], layout: Spec }) => Point} */
export function vantage({ data: [surface, ...others], layout: { scene } }) {
  const scale = scaleOf(surface, scene);
  const height = heightOf(surface, scale);
  const points = others.flatMap(({ x, y, z }) => thinned([...z].flatMap((up, index) => (up === null ? [] : [scale(x[index], y[index], up)]))));
  let [best, most] = [EYE, 0];
  for (const side of SIDES) {
    for (const up of STEEPS) {
      const eye = side || up ? turned(EYE, side, up) : EYE;
      const seen = points.filter((point) => isSeen(point, eye, height)).length;
      if (seen > most * MORE) [best, most] = [eye, seen];
    }
  }
  return best;
}

// Every point that is not close to the one before, so that all parts of a path count by their length.
/** @param {Point[]} points */
function thinned(points) {
  let last = /** @type {Point | undefined} */ (undefined);
  return points.filter((point) => {
    const isApart = !last || Math.hypot(point.x - last.x, point.y - last.y, point.z - last.z) > STRIDE;
    if (isApart) last = point;
    return isApart;
  });
}

// What makes points of the figure's own box of the numbers along the axes.
/** @type {(surface: Spec, scene: Spec) => (x: number, y: number, z: number) => Point} */
function scaleOf({ x, y }, { zaxis: { range: [low, high] }, aspectratio }) {
  return (right, up, height) => ({
    x: fromMiddle(right, x[0], x.at(-1)),
    y: fromMiddle(up, y[0], y.at(-1)),
    z: aspectratio.z * fromMiddle(height, low, high),
  });
}

// How far a value is from the middle between two, as a share of the way between them.
/** @type {(value: number, from: number, to: number) => number} */
function fromMiddle(value, from, to) {
  return (value - from) / (to - from) - 0.5;
}

// How high the surface is at a point of the box.
/** @type {(surface: Spec, scale: (x: number, y: number, z: number) => Point) => Height} */
function heightOf({ x, y, z }, scale) {
  const size = Math.sqrt(z.length);
  const rows = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => scale(x[0], y[0], z[row * size + column]).z));
  return (right, up) => sample(rows, (right + 0.5) * (size - 1), (up + 0.5) * (size - 1));
}

/** @type {(point: Point, eye: Point, height: Height) => boolean} */
export function isSeen({ x, y, z }, eye, height) {
  const [right, up, above] = [eye.x - x, eye.y - y, eye.z - z];
  const step = STRIDE / Math.hypot(right, up);
  for (let share = step; share < 1; share += step) {
    const [column, row] = [x + share * right, y + share * up];
    if (Math.abs(column) > 0.5 || Math.abs(row) > 0.5) return true;
    if (height(column, row) > z + share * above) return false;
  }
  return true;
}
