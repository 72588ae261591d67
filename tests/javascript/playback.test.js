// Playback: which frame an epoch is nearest to, and what is drawn when.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Playback } from "../../xorviz/stage/static/playback.js";

const EPOCHS = Int32Array.of(0, 10, 20, 50, 100);
const TIMES = Float32Array.of(0, 0.5, 0.75, 0.875, 1);
let drawn, rests, asked, hears, pending, now;

// A browser whose next picture comes when the test says so.
beforeEach(() => {
  [drawn, rests, asked, hears, pending, now] = [[], 0, [], true, undefined, 5000];
  globalThis.matchMedia = () => ({ matches: false });
  globalThis.requestAnimationFrame = (callback) => ((pending = callback), 1);
  globalThis.cancelAnimationFrame = () => (pending = undefined);
});

function loaded(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(performance, "now", () => now);
  const playback = new Playback({
    draw: () => (drawn.push([playback.playhead.epoch, playback.playing]), false),
    stir: () => {},
    rest: () => rests++,
    ask: (epoch) => (asked.push(epoch), hears),
  });
  playback.load({ epochs: EPOCHS, times: TIMES });
  return playback;
}

// One picture, so many milliseconds after the one before.
function picture(milliseconds = 20) {
  const draw = pending;
  pending = undefined;
  now += milliseconds;
  draw(now);
}

const still = (epoch) => ({ epochs: Int32Array.of(epoch) });

test("the playhead goes to the frame that is nearest to an epoch, the later one of two", (t) => {
  const playback = loaded(t);
  for (const [epoch, frame] of [[0, 0], [4, 0], [5, 1], [6, 1], [20, 2], [34, 2], [35, 3], [74, 3], [100, 4]]) {
    playback.goNear(epoch);
    assert.equal(playback.player.frame, frame, `epoch ${epoch}`);
    assert.ok(!playback.playing);
  }
});

test("in a training with gaps a step whose state is not known goes to the next frame", (t) => {
  const playback = loaded(t);
  playback.load({ epochs: EPOCHS, times: TIMES, gaps: true });
  playback.goNear(20);
  for (const [direction, epoch] of [[1, 50], [-1, 20]]) {
    playback.step(direction);
    playback.take({ id: "run", epochs: Int32Array.of(20) });
    assert.equal(playback.playhead.epoch, epoch);
  }
  playback.step(1);
  playback.take({ id: "run", epochs: Int32Array.of(20, 21) });
  assert.equal(playback.playhead.epoch, 21);
});

test("a still of a frame is that frame, and any other is between two", (t) => {
  const playback = loaded(t);
  playback.goToStill(still(50));
  assert.deepEqual([playback.playhead.epoch, playback.player.frame, playback.exact], [50, 3, undefined]);
  playback.goToStill(still(37));
  assert.deepEqual([playback.playhead.epoch, playback.player.frame, playback.playhead.frame], [37, 2, 0]);
});

test("from between two frames one goes to the frame before or after", (t) => {
  const playback = loaded(t);
  playback.goToStill(still(37));
  playback.back();
  assert.equal(playback.playhead.epoch, 20);
  playback.goToStill(still(37));
  playback.forward();
  assert.equal(playback.playhead.epoch, 50);
});

const window = (first, last) =>
  ({ epochs: Int32Array.from({ length: last - first + 1 }, (_, index) => first + index) });

test("a step goes one epoch on or back, through the states around the playhead", (t) => {
  const playback = loaded(t);
  playback.goTo(1); // epoch 10
  playback.take(window(2, 18));
  const epochs = [1, 1, -1, -1, -1].map((direction) => {
    playback.step(direction);
    return playback.playhead.epoch;
  });
  assert.deepEqual(epochs, [11, 12, 11, 10, 9]);
  assert.deepEqual(rests, 0);
});

test("a step to a state that is not here waits for it, and steps meanwhile are none", (t) => {
  const playback = loaded(t);
  playback.goTo(3); // epoch 50
  for (const direction of [1, 1, -1]) playback.step(direction);
  assert.deepEqual([playback.playhead.epoch, asked], [50, [51]]);
  playback.take(window(31, 71));
  assert.equal(playback.playhead.epoch, 51);
});

test("states further on are asked for once, before the steps reach them", (t) => {
  const playback = loaded(t);
  playback.goTo(3);
  playback.take(window(30, 70));
  for (let step = 0; step < 18; step++) playback.step(1);
  assert.deepEqual([playback.playhead.epoch, asked], [68, [62]]);
  playback.take(window(48, 88));
  for (let step = 0; step < 5; step++) playback.step(1);
  assert.deepEqual([playback.playhead.epoch, asked], [73, [62]]);
});

test("states that do not come within a second are asked for again", (t) => {
  const playback = loaded(t);
  playback.goTo(3);
  playback.step(1);
  now += 999;
  playback.step(1);
  now += 2;
  playback.step(1);
  assert.deepEqual(asked, [51, 51]);
});

test("where nobody has the states, a step goes to the next frame", (t) => {
  const playback = loaded(t);
  hears = false;
  playback.goTo(3);
  playback.step(1);
  assert.equal(playback.playhead.epoch, 100);
  playback.step(-1);
  assert.equal(playback.playhead.epoch, 50);
});

test("no step leaves the run", (t) => {
  const playback = loaded(t);
  playback.step(-1);
  assert.equal(playback.playhead.epoch, 0);
  playback.toEnd();
  playback.step(1);
  assert.deepEqual([playback.playhead.epoch, asked], [100, []]);
});

test("a state that comes after the reader went elsewhere moves nothing", (t) => {
  const playback = loaded(t);
  playback.goTo(3);
  playback.step(1);
  playback.goTo(0);
  playback.take(window(31, 71));
  assert.equal(playback.playhead.epoch, 0);
});

test("an epoch lies in the playing time between the frames around it", (t) => {
  const playback = loaded(t);
  const shares = [0, 5, 10, 35, 75, 100].map((epoch) => playback.shareAt(epoch));
  assert.deepEqual(shares, [0, 0.25, 0.5, 0.8125, 0.9375, 1]);
});

test("at an even pace an epoch takes as long as any other, and the playhead keeps its frame", (t) => {
  const playback = loaded(t);
  playback.goTo(2);
  playback.setPace("even");
  assert.deepEqual([playback.playhead.epoch, playback.player.position], [20, 0.2]);
  assert.equal(playback.shareAt(35), 0.35);
  playback.setPace("change");
  assert.deepEqual([playback.playhead.epoch, playback.player.position], [20, 0.75]);
});

test("play goes on from between two frames, never back", (t) => {
  const playback = loaded(t);
  playback.goToStill(still(37));
  playback.toggle();
  assert.deepEqual([playback.playhead.epoch, playback.playing, playback.startedAt], [50, true, 37]);
});

test("play after the last frame is from the start", (t) => {
  const playback = loaded(t);
  playback.toEnd();
  playback.toggle();
  assert.deepEqual([playback.playhead.epoch, playback.playing, playback.startedAt], [0, true, 0]);
});

test("a run plays to its end, each picture drawn while it plays but the last, and then rests once", (t) => {
  loaded(t);
  while (pending) picture();
  assert.deepEqual(drawn.at(-1), [100, false]);
  assert.ok(drawn.slice(0, -1).every(([, playing]) => playing));
  t.mock.timers.tick(119);
  assert.equal(rests, 0);
  t.mock.timers.tick(1);
  assert.equal(rests, 1);
});

test("a movement before the playhead rests puts the rest off", (t) => {
  const playback = loaded(t);
  playback.goTo(1);
  picture();
  t.mock.timers.tick(100);
  playback.goTo(2);
  picture();
  t.mock.timers.tick(100);
  assert.equal(rests, 0);
  t.mock.timers.tick(20);
  assert.equal(rests, 1);
});

test("a reader who prefers reduced motion is not played to until they press play", (t) => {
  globalThis.matchMedia = () => ({ matches: true });
  const playback = loaded(t);
  assert.deepEqual([playback.playhead.epoch, playback.playing], [0, false]);
  playback.toggle();
  assert.ok(playback.playing && playback.follows);
});
