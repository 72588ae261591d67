import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, Motion } from "../../xorviz/stage/static/motion.js";

test("differences of the upper bits add up to the numbers of each frame", () => {
  const numbers = Float32Array.of(0.5, -0.25, -0.25, 1e-20, 3, Infinity); // two cells of three frames
  const bits = [...new Int32Array(numbers.buffer)].map((each) => each >> 11);
  const differences = bits.map((each, index) => (index % 3 ? each - bits[index - 1] : each));
  const planes = Uint8Array.from([0, 8, 16, 24].flatMap((shift) => differences.map((each) => (each >> shift) & 255)));
  const decoded = decode(planes, 3, 11);
  decoded.forEach((value, index) => {
    assert.ok(value === numbers[index] || Math.abs(value / numbers[index] - 1) < 2 ** -11);
  });
});

test("where frames are left out, the one before is shown", () => {
  const motion = new Motion("a", Float32Array.of(10, 11, 20, 21), 2, 4);
  assert.deepEqual([0, 3, 4, 7].map((frame) => motion.at(0, frame)), [10, 10, 11, 11]);
  assert.equal(motion.at(1, 5), 21);
});
