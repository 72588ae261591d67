// Of many units, the one whose numbers a film writes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Focus } from "../../xorviz/stage/static/focus.js";

const CROWD = ["h1", "h2", "h12"];

function focused(chosen = "") {
  const root = new EventTarget();
  const changes = [];
  const focus = new Focus(root, () => changes.push(focus.unit));
  focus.take(CROWD, chosen);
  const point = (detail) => root.dispatchEvent(Object.assign(new Event("pointed"), { detail }));
  return { focus, changes, point };
}

test("the first unit is in focus, or the one that the chosen edge leads to", () => {
  assert.deepEqual(["", "x1 → h2", "h12 → ŷ", "1 → ŷ"].map((chosen) => focused(chosen).focus.unit), ["h1", "h2", "h12", "h1"]);
});

test("a unit or edge that is pointed at stays in focus afterwards", () => {
  const { focus, changes, point } = focused("x1 → h2");
  for (const name of ["h12", undefined, "x1", "x2 → h12", "h1"]) point(name);
  assert.deepEqual(changes, ["h12", "h1"]);
  focus.take(CROWD, "x1 → h2");
  assert.equal(focus.unit, "h1", "the same edge is still chosen");
  focus.take(CROWD, "x1 → h12");
  assert.equal(focus.unit, "h12");
});

test("where a film has no units, nothing is in focus", () => {
  const { focus, changes, point } = focused();
  focus.take([], "");
  point("h1");
  assert.deepEqual([focus.unit, changes], ["", []]);
});
