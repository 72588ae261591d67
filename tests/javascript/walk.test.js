// A walk over the cells of a map: where it starts, and how far it goes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { start, step } from "../../xorviz/stage/static/walk.js";

const ROWS = [["a", "b", "c"], ["d", null, "f"]];

test("a walk starts at the outlined cell, or else at the first", () => {
  assert.deepEqual(start({ layout: { shapes: [{ x0: 1.5, x1: 2.5, y0: 0.5, y1: 1.5 }] } }), [1, 2]);
  assert.deepEqual(start({ layout: { shapes: [] } }), [0, 0]);
});

test("a walk goes a cell at a time and never leaves the map", () => {
  assert.deepEqual(step([0, 0], 1, 0, ROWS), [1, 0]);
  assert.deepEqual(step([1, 1], 0, 1, ROWS), [1, 2]);
  assert.deepEqual(step([1, 2], 0, 1, ROWS), [1, 2]);
  assert.deepEqual(step([1, 2], 1, 0, ROWS), [1, 2]);
  assert.deepEqual(step([0, 0], -1, 0, ROWS), [0, 0]);
  assert.deepEqual(step([0, 0], 0, -1, ROWS), [0, 0]);
});
