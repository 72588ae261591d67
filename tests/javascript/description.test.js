// Sentences with gaps: how they are filled in.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sentenceAt } from "../../xorviz/stage/static/description.js";

test("a sentence tells the epoch, counts in full and other numbers to four digits", () => {
  const sentence = {
    text: "At epoch {epoch}, {0} of 6 are positive; the largest is {1}, {1} indeed.",
    values: [Int16Array.of(1, 4), Float32Array.of(0.5, -27.46354604)],
  };
  assert.equal(sentenceAt(sentence, 1, 12_345), "At epoch 12,345, 4 of 6 are positive; the largest is −27.46, −27.46 indeed.");
  assert.equal(sentenceAt(sentence, 0, 0), "At epoch 0, 1 of 6 are positive; the largest is 0.5000, 0.5000 indeed.");
});
