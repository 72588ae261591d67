// What Python sends beside the run, and what it does to a run that plays.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Beside } from "../../xorviz/stage/static/beside.js";

const STILL = { view: "step", id: "run", charts: [], epochs: [0], jumps: "session.0", chosen: "" };
const WATCH = { view: "watch" };

// A stage whose run plays, and what comes beside it.
function playing(view) {
  const playback = { playing: true, pause: () => (playback.playing = false), wake() {}, goToStill: () => (playback.playing = false) };
  const stage = { playback, run: { id: "run" }, inspection: { show() {}, hide() {} }, film: { take() {}, leave() {} }, emphasise() {} };
  const sent = { now: view, view: () => sent.now };
  return { playback, sent, beside: new Beside(stage, sent) };
}

test("a run that was started before the page's first still is here plays on", async () => {
  const { playback, beside, sent } = playing(undefined);
  await beside.inspect();
  sent.now = STILL;
  await beside.inspect();
  assert.ok(playback.playing);
});

test("a run stops where a still is opened from another view, and not at the next still", async () => {
  const { playback, beside, sent } = playing(WATCH);
  await beside.inspect();
  assert.ok(playback.playing);
  sent.now = STILL;
  await beside.inspect();
  assert.ok(!playback.playing);
  playback.playing = true;
  await beside.inspect();
  assert.ok(playback.playing);
});

test("what the table follows is taken though it came before the stage, and of two the later one", async () => {
  const { beside, sent } = playing(undefined);
  const [first, second] = [Promise.withResolvers(), Promise.withResolvers()];
  sent.motion = () => first.promise;
  const taken = [beside.takeMotion()];
  sent.motion = () => second.promise;
  taken.push(beside.takeMotion());
  second.resolve("second");
  first.resolve("first");
  await Promise.all(taken);
  assert.equal(beside.stage.inspection.motion, "second");
});

test("the page does not rest while a view is on its way", async () => {
  const { beside, sent } = playing(undefined);
  assert.ok(!beside.isAwaited);
  sent.now = Promise.resolve(STILL);
  const inspected = beside.inspect();
  assert.ok(beside.isAwaited);
  await inspected;
  assert.ok(!beside.isAwaited);
  sent.now = undefined; // the tab is left
  beside.leave();
  assert.ok(!beside.isAwaited);
});
