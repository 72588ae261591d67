// How labels are moved apart.

import assert from "node:assert/strict";
import { test } from "node:test";

import { spread } from "../../xorviz/stage/static/spread.js";

test("labels that do not touch stay where they are", () => {
  assert.deepEqual(spread([65, 167, 93, 195], [18, 18, 18, 18], 0, 260), [65, 167, 93, 195]);
});

test("labels that would overlap stand around their mean, in their order", () => {
  assert.deepEqual(spread([100, 100, 103], [20, 20, 20], 0, 260), [81, 101, 121]);
  assert.deepEqual(spread([103, 97], [20, 20], 0, 260), [110, 90]);
});

test("labels moved apart that come to touch others move on with them", () => {
  const middles = spread([50, 52, 75, 95], [20, 20, 20, 20], 0, 260);
  middles.slice(1).forEach((middle, index) => assert.ok(middle - middles[index] >= 20));
});

test("labels stay within the room, however near to its edge they would be", () => {
  assert.deepEqual(spread([2, 5, 258], [20, 20, 20], 0, 260), [10, 30, 250]);
});
