// From where a figure is seen first: from where its paths are not hidden.

import assert from "node:assert/strict";
import { test } from "node:test";

import { EYE } from "../../xorviz/stage/static/space.js";
import { isSeen, vantage } from "../../xorviz/stage/static/vantage.js";

const SIZE = 21;
const SIDE = Array.from({ length: SIZE }, (_, index) => index);
const LAYOUT = { scene: { zaxis: { range: [0, 1] }, aspectratio: { x: 1, y: 1, z: 0.6 } } };

// A surface with a path on it, a little above.
/** @type {(height: (x: number, y: number) => number, path: [number, number][]) => any} */
function figure(height, path) {
  const points = SIDE.flatMap((y) => SIDE.map((x) => [x, y]));
  const surface = { x: points.map(([x]) => x), y: points.map(([, y]) => y), z: points.map(([x, y]) => height(x, y)) };
  const line = { x: path.map(([x]) => x), y: path.map(([, y]) => y), z: path.map(([x, y]) => height(x, y) + 0.02) };
  return { data: [surface, line], layout: LAYOUT };
}

/** @type {(x: number, y: number) => number} */
function wall(_, y) {
  return 0.6 * (y > -0.1 && y < 0.05 ? 1 : 0) - 0.3;
}

test("a path on a plain is seen from the usual side", () => {
  assert.deepEqual(vantage(figure(() => 0.5, [[3, 3], [10, 10], [17, 17]])), EYE);
});

test("a path behind a wall is seen from the other side, or from above", () => {
  /** @type {[number, number][]} */
  const path = SIDE.slice(4, 17).map((x) => [x, 12]);
  const walled = figure((_, y) => (y > 8 && y < 11 ? 1 : 0), path);
  const eye = vantage(walled);
  assert.notDeepEqual(eye, EYE);
  const point = { x: 0, y: 0.1, z: -0.288 };
  assert(!isSeen(point, EYE, wall));
  assert(isSeen(point, eye, wall));
});
