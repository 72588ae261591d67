import assert from "node:assert/strict";
import test from "node:test";

import { Latest } from "../../xorviz/stage/static/latest.js";

test("where an element that is about to go comes once more, the one in its place counts again afterwards", () => {
  const latest = new Latest();
  const [old, new_] = [{}, {}];
  latest.take(old, "compare");
  assert.equal(latest.drop(old, "compare"), true);
  latest.take(new_, "step");
  latest.take(old, "compare again");
  assert.equal(latest.value, "compare again");
  assert.equal(latest.drop(old, "compare again"), true);
  assert.equal(latest.value, "step");
});

test("a clean-up that comes late leaves what its element, or another, holds by then", () => {
  const latest = new Latest();
  const [old, new_] = [{}, {}];
  latest.take(old, "first");
  latest.take(old, "second");
  assert.equal(latest.drop(old, "first"), false);
  assert.equal(latest.value, "second");
  latest.take(new_, "third");
  assert.equal(latest.drop(old, "second"), false);
  assert.equal(latest.drop(new_, "third"), true);
  assert.equal(latest.value, undefined);
});
