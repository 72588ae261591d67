// Heights: the contours of a moment, and the losses of the points where a reader walks.

import assert from "node:assert/strict";
import { test } from "node:test";

import { contoursOf, heightsAt, lossesOf } from "../../xorviz/stage/static/heights.js";

const SHARES = [0, 0.5, 1].map((share) => Float32Array.from({ length: 3 }, () => share));
const STEPS = [1, 0.5];

/** @type {(shares: number[][]) => any} */
function heightsSpec(frames) {
  const size = frames[0].length;
  return {
    shares: { trace: 0, attribute: "z", shape: [Math.sqrt(size), Math.sqrt(size)], size, data: Float64Array.from(frames.flat()) },
    lows: Float64Array.from(frames, (_, frame) => -frame),
    highs: Float64Array.from(frames, () => 1),
    steps: Int32Array.from(frames, (_, frame) => frame),
    ends: frames.map((_, frame) => [`${frame}`, "1"]),
    losses: null,
  };
}

test("contours are shares of the way from the lowest to the highest", () => {
  const heights = /** @type {any} */ ({ low: -1, high: 1, step: 1, shares: SHARES });
  assert.deepEqual(contoursOf(heights), [0.25, 0.75]);
});

test("losses are those of every so many points, and the exact ones where they are known", () => {
  const heights = /** @type {any} */ ({ low: -1, high: 1, step: 1, shares: SHARES });
  assert.deepEqual(lossesOf(heights, 2, 0.5), [[0.05, 0.05], [5, 5]]);
  assert.equal(lossesOf({ ...heights, losses: SHARES }, 2, 0.5), SHARES);
});

test("a plane that moves has the heights of the frame, or the finer ones at rest", () => {
  const heights = heightsSpec([[0, 0, 1, 1], [0, 1, 1, 1]]);
  const spec = /** @type {any} */ ({ terrain: { moves: true, steps: STEPS, heights } });
  const moment = /** @type {any} */ ({ frame: 1, chart: spec });
  const { low, step, ends, shares } = heightsAt(spec, moment);
  assert.deepEqual([low, step, ends[0], [...shares[0]]], [-1, 0.5, "1", [0, 1]]);
  const fine = heightsSpec([[0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1]]);
  assert.equal(heightsAt(spec, { ...moment, fine }).shares.length, 3);
});

test("a plane that stays has the same heights at every moment", () => {
  const spec = /** @type {any} */ ({ terrain: { moves: false, steps: STEPS, heights: heightsSpec([[0, 0, 1, 1]]) } });
  const around = /** @type {any} */ ({ terrain: { moves: false, heights: null } });
  assert.equal(heightsAt(spec, /** @type {any} */ ({ frame: 7, chart: around })).high, 1);
});
