// Contours: where they are, and that each piece lies where the grid has its value.

import assert from "node:assert/strict";
import { test } from "node:test";

import { contour, levels, sample } from "../../xorviz/stage/static/contour.js";

const SADDLE = [[0, 1], [1, 0]];
const BOWL = Array.from({ length: 9 }, (_, y) => Float64Array.from({ length: 9 }, (__, x) => (x - 4) ** 2 + (y - 4) ** 2));

/** @type {(rows: number[][] | Float64Array[], values: number[]) => number[][][]} */
function piecesOf(rows, values) {
  const pieces = [];
  contour(rows, values, (from, to) => pieces.push([from, to]));
  return pieces;
}

test("levels are a step from each other, and none goes along 0", () => {
  assert.deepEqual(levels(-1.2, 1.2, 1), [-0.5, 0.5]);
  assert.deepEqual(levels(0.1, 0.3, 1), []);
  assert.deepEqual(levels(-2, -1, 0.5), [-1.75, -1.25]);
});

test("a contour of a bowl goes around once, without a gap", () => {
  const pieces = piecesOf(BOWL, [6.5]);
  const ends = pieces.flat().map(([x, y]) => `${x.toFixed(9)},${y.toFixed(9)}`);
  assert.equal(new Set(ends).size, pieces.length); // each end is that of two pieces
  for (const [x, y] of pieces.flat()) {
    assert(Math.abs(sample(BOWL, x, y) - 6.5) < 1e-9);
    assert(Math.abs(Math.hypot(x - 4, y - 4) - Math.sqrt(6.5)) < 0.1);
  }
});

test("a saddle in a cell is parted by its middle", () => {
  assert.deepEqual(piecesOf(SADDLE, [0.625]), [[[0.625, 0], [1, 0.375]], [[0.375, 1], [0, 0.625]]]); // around the high corners
  assert.deepEqual(piecesOf(SADDLE, [0.375]), [[[0.375, 0], [0, 0.375]], [[0.625, 1], [1, 0.625]]]); // around the low ones
});

test("a cell with a corner that is not a number has no contour", () => {
  assert.deepEqual(piecesOf([[0, 1], [NaN, 2]], [0.5]), []);
});

test("a sample between four points is their mean in the middle", () => {
  assert.equal(sample([[0, 1], [2, 5]], 0.5, 0.5), 2);
  assert.equal(sample([[0, 1], [2, 5]], 1, 1), 5);
});
