// The decision boundary: the line where a surface is 0, and the weights it is computed from.

import assert from "node:assert/strict";
import { test } from "node:test";

import { boundary, levelLine, weightsAt } from "../../xorviz/stage/static/boundary.js";

const AXIS = Array.from({ length: 9 }, (_, index) => index / 8);

// The pieces of a path, each as [[x, y], ...].
function pieces(path) {
  const parts = path.split("M").filter(Boolean);
  return parts.map((part) => part.split("L").map((point) => point.split(",").map(Number)));
}

// The two ends of each piece, in an order of their own.
function ends(path) {
  return pieces(path).flatMap((points) => [points[0], points.at(-1)]).map(String).toSorted();
}

// Parameters as they are sent, of one frame.
function oneFrame(...values) {
  return values.map((value) => Float32Array.of(value));
}

test("a surface that never crosses 0, or is 0 everywhere, has no line", () => {
  for (const value of [1, -1, 1e-8, 0, 1e-10, -1e-10, NaN]) assert.equal(levelLine(() => value, AXIS), "");
  assert.equal(levelLine((x) => 1e-10 * (x - 0.5), AXIS), "");
  assert.notEqual(levelLine((x) => 1e-7 * (x - 0.5), AXIS), "");
});

test("a plane's line is straight, whole, and where the plane is 0", () => {
  const lines = pieces(levelLine((x, y) => x + y / 2 - 0.8, AXIS));
  for (const points of lines) assert.equal(points.length, 2);
  for (const [x, y] of lines.flat()) assert.ok(Math.abs(x + y / 2 - 0.8) < 1e-4);
  const lengths = lines.map(([[x0, y0], [x1, y1]]) => Math.hypot(x1 - x0, y1 - y0));
  const whole = Math.hypot(0.5, 1); // from (0.8, 0) to (0.3, 1)
  assert.ok(Math.abs(lengths.reduce((sum, length) => sum + length, 0) - whole) < 1e-3);
});

test("a closed line has two ends at every point, and bends within its cells", () => {
  const path = levelLine((x, y) => Math.hypot(x - 0.52, y - 0.47) - 0.3, AXIS);
  const points = ends(path);
  assert.ok(points.length > 20);
  for (const same of Map.groupBy(points, String).values()) assert.equal(same.length, 2);
  for (const piece of pieces(path)) {
    for (const [index, [x, y]] of piece.entries()) {
      assert.ok(Math.abs(Math.hypot(x - 0.52, y - 0.47) - 0.3) < 1e-4);
      if (!index) continue;
      const middle = Math.hypot((x + piece[index - 1][0]) / 2 - 0.52, (y + piece[index - 1][1]) / 2 - 0.47);
      assert.ok(Math.abs(middle - 0.3) < 6e-4);
    }
  }
});

test("a line as steep as a step is found as exactly as a gentle one", () => {
  for (const steepness of [1, 1e3, 1e6]) {
    const lines = pieces(levelLine((x) => Math.tanh(steepness * (x - 0.3)), AXIS));
    for (const [x] of lines.flat()) assert.ok(Math.abs(x - 0.3) < 2e-6);
  }
});

test("at a saddle the lines part as the middle of the cell has it", () => {
  for (const raised of [0.01, -0.01]) {
    const lines = pieces(levelLine((x, y) => x * y + raised, [-1, 1]));
    assert.equal(lines.length, 2);
    for (const [[x0, y0], [x1, y1]] of lines.map((points) => [points[0], points.at(-1)])) {
      assert.equal(Math.sign(x0 + x1) * Math.sign(y0 + y1), -Math.sign(raised));
    }
  }
});

test("above the line or below makes no difference to where it is", () => {
  const [above, below] = [1, -1].map((sign) => levelLine((x, y) => sign * (x * y - 0.2), AXIS));
  assert.deepEqual(ends(above), ends(below));
});

test("a frame's parameters are single ones, but for frames that have further digits", () => {
  const [one, third] = [Float32Array.of(1, 2), Float32Array.of(1 / 3, 1 / 3)];
  const digit = Math.round((1 / 3 / third[1] - 1) / (2 ** -24 / 32767));
  const spec = { hidden_size: 1, weights: [one, third], frames: Int32Array.of(1), digits: Int16Array.of(0, digit) };
  assert.deepEqual([...weightsAt(spec, 0)], [1, third[0]]);
  assert.equal(weightsAt(spec, 1)[0], 2);
  assert.ok(Math.abs(weightsAt(spec, 1)[1] - 1 / 3) < 1e-12);
});

test("a network's line is where Σ v σ(w1·x1 + w2·x2 + b) + c is 0", () => {
  const none = { frames: new Int32Array(), digits: new Int16Array() };
  const unit = { hidden_size: 1, weights: oneFrame(4, 8, 2, -4, -1), ...none }; // 0 where 4 x1 + 8 x2 = 4
  for (const [x, y] of pieces(boundary(unit, 0, AXIS)).flat()) assert.ok(Math.abs(4 * x + 8 * y - 4) < 1e-3);
  const pair = { hidden_size: 2, weights: oneFrame(1, 3, 2, 1, 1, -1), ...none }; // 0 where x1 + 2 x2 = 3 x1 + x2
  for (const [x, y] of pieces(boundary(pair, 0, AXIS)).flat()) assert.ok(Math.abs(y - 2 * x) < 1e-3);
  assert.equal(boundary({ hidden_size: 1, weights: oneFrame(4, 8, 2), ...none }, 0, AXIS), "");
  assert.equal(boundary({ hidden_size: 1, weights: oneFrame(Infinity, 0, 0), ...none }, 0, AXIS), "");
});
