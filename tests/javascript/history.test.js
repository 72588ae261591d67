// The browser's history: which addresses that are pushed become an entry of their own.

import assert from "node:assert/strict";
import { test } from "node:test";

import { setOrder } from "../../xorviz/stage/static/address.js";
import { gatherSteps } from "../../xorviz/stage/static/history.js";

let now = 0;
let entries = [];
let goBack;

setOrder(["epoch", "speed"]);

globalThis.performance = { now: () => now };
globalThis.addEventListener = (_event, listener) => (goBack = listener);

const show = (address) => (globalThis.location = new URL(address, "http://localhost/"));

// A browser at an address, in whose history addresses are pushed at these milliseconds.
function pushed(opened, ...steps) {
  entries = [opened];
  show(opened);
  globalThis.history = {
    pushState: (_state, _title, address) => entries.push(show(address) && address),
    replaceState: (_state, _title, address) => entries.splice(-1, 1, show(address) && address),
  };
  gatherSteps();
  for (const [at, address] of steps) {
    now = at;
    if (address) history.pushState({}, "", address);
    else goBack();
  }
  return entries;
}

test("steps of one setting that follow within a second are one entry, however many they are", () => {
  const steps = [[0, "/?seed=1"], [900, "/?seed=2"], [1_800, "/?seed=3"], [2_700, "/?seed=4"]];
  assert.deepEqual(pushed("/", ...steps), ["/", "/?seed=4"]);
});

test("a step after a second is another entry", () => {
  assert.deepEqual(pushed("/", [0, "/?seed=1"], [1_000, "/?seed=2"]), ["/", "/?seed=1", "/?seed=2"]);
});

test("steps of several settings are an entry each, also where one is undone", () => {
  const steps = [[0, "/?seed=1"], [10, "/?seed=1&lr=2"], [20, "/?seed=2&lr=2"], [30, "/?lr=2"], [40, "/?seed=9"]];
  const expected = ["/", "/?seed=1", "/?seed=1&lr=2", "/?lr=2", "/?seed=9"];
  assert.deepEqual(pushed("/", ...steps), expected);
});

test("what the stage writes into the address is no setting", () => {
  const steps = [[0, "/?seed=1"], [10, "/?seed=2&speed=2&epoch=7"]];
  assert.deepEqual(pushed("/?epoch=3", ...steps), ["/?epoch=3", "/?seed=2&speed=2&epoch=7"]);
});

test("after going back the next step is an entry of its own", () => {
  const entry = pushed("/", [0, "/?seed=1"], [10, undefined], [20, "/?seed=2"]);
  assert.deepEqual(entry, ["/", "/?seed=1", "/?seed=2"]);
});
