// How the arrow keys turn a figure of three axes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { merged, turned } from "../../xorviz/stage/static/space.js";
const EYE = { x: 1.25, y: -1.25, z: 0.9 };

test("twelve turns make a right angle, and the distance stays", () => {
  let eye = EYE;
  for (let count = 0; count < 12; count++) eye = turned(eye, 1, 0);
  [eye.x - 1.25, eye.y - 1.25, eye.z - 0.9].forEach((rest) => assert(Math.abs(rest) < 1e-12));
});

test("there and back is where it was", () => {
  const eye = turned(turned(EYE, -1, 1), 1, -1);
  [eye.x - EYE.x, eye.y - EYE.y, eye.z - EYE.z].forEach((rest) => assert(Math.abs(rest) < 1e-12));
});

test("the eye never gets past the top", () => {
  let eye = EYE;
  for (let count = 0; count < 100; count++) eye = turned(eye, 0, 1);
  assert(eye.z > 0 && Math.hypot(eye.x, eye.y) > 0.1);
  assert(Math.abs(Math.atan2(eye.y, eye.x) + Math.PI / 4) < 1e-12);
});

test("of two changes that come in a short time nothing is lost", () => {
  const earlier = { i: [[1], undefined], z: [[0], [0]] };
  assert.deepEqual(merged(earlier, { z: [[2], [3]], i: [undefined, undefined] }), { i: [[1], undefined], z: [[2], [3]] });
  assert.deepEqual(merged({}, { z: [[2]] }), { z: [[2]] });
});
