// Pictures of a grid: the line at a level, the colours, and which pixel a value is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { colourTable, contour, inkOn, paintSquare } from "../../xorviz/stage/static/picture.js";

const AXIS = Array.from({ length: 9 }, (_, index) => index / 8);
const grid = (value) => AXIS.map((y) => AXIS.map((x) => value(x, y)));

// The segments of a path, each as [[x, y], [x, y]].
function segments(path) {
  const parts = path.split("M").filter(Boolean);
  return parts.map((part) => part.split("L").map((point) => point.split(",").map(Number)));
}

// All ends of a path's segments, in an order of their own.
function ends(path) {
  return segments(path).flat().map(String).toSorted();
}

test("a surface that never crosses the level has no line", () => {
  for (const value of [0, 0.4999, 0.5, 1]) assert.equal(contour(grid(() => value), AXIS, 0.5), "");
});

test("a cell is crossed where its sides are by linear interpolation", () => {
  const rows = [[0, 1], [0, 3]]; // worked out by hand: below at a half, above at a sixth
  assert.deepEqual(segments(contour(rows, [0, 2], 0.5)), [[[1, 0], [0.3333, 2]]]);
});

test("a plane's line is straight, whole, and where the plane is at the level", () => {
  const lines = segments(contour(grid((x, y) => x + y / 2 - 0.3), AXIS, 0.5));
  for (const [x, y] of lines.flat()) assert.ok(Math.abs(x + y / 2 - 0.8) < 1e-4);
  const lengths = lines.map(([[x0, y0], [x1, y1]]) => Math.hypot(x1 - x0, y1 - y0));
  const whole = Math.hypot(0.5, 1); // from (0.8, 0) to (0.3, 1)
  assert.ok(Math.abs(lengths.reduce((sum, length) => sum + length, 0) - whole) < 1e-3);
});

test("a closed line has two ends at every point", () => {
  const points = ends(contour(grid((x, y) => Math.hypot(x - 0.52, y - 0.47)), AXIS, 0.3));
  assert.ok(points.length > 20);
  for (const same of Map.groupBy(points, String).values()) assert.equal(same.length, 2);
});

test("a saddle has two lines that do not meet", () => {
  const points = ends(contour([[0, 1], [1, 0]], [0, 1], 0.5));
  assert.deepEqual([points.length, new Set(points).size], [4, 4]);
});

test("above the line or below makes no difference to where it is", () => {
  const [above, below] = [1, -1].map((sign) => contour(grid((x, y) => sign * (x * y - 0.2)), AXIS, 0));
  assert.deepEqual(ends(above), ends(below));
});

test("colours go from the first of a scale to its last, in even steps between two", () => {
  const colours = colourTable([[0, "#0000ff"], [0.5, "#ffffff"], [1, "#ff8000"]]);
  assert.equal(colours.length, 256);
  assert.deepEqual([colours[0], colours[255]], [[0, 0, 255], [255, 128, 0]]);
  assert.deepEqual(colours[64], [128, 128, 255]);
});

test("a number is black on light colours and white on dark ones", () => {
  assert.deepEqual([[255, 255, 255], [255, 140, 0], [0, 0, 0], [0, 60, 160]].map(inkOn), ["#000", "#000", "#fff", "#fff"]);
});

test("a picture has its last row on top, and no colour where there is no number", () => {
  globalThis.ImageData = class {
    constructor(width, height) {
      Object.assign(this, { width, height, data: new Uint8ClampedArray(4 * width * height) });
    }
  };
  let image;
  const context = { canvas: {}, putImageData: (drawn) => (image = drawn) };
  const colours = colourTable([[0, "#000000"], [1, "#ffffff"]]);
  paintSquare(context, Float32Array.of(0, NaN, 1, 2), colours); // below: 0 and nothing; above: 1 and more
  assert.deepEqual(context.canvas, { width: 2, height: 2 });
  const [white, black, nothing] = [[255, 255, 255, 255], [0, 0, 0, 255], [0, 0, 0, 0]];
  assert.deepEqual([...image.data], [white, white, black, nothing].flat());
});
