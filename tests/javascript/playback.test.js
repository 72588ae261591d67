// Playback: which frame an epoch is nearest to, and what is drawn when.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Playback } from "../../xorviz/stage/static/playback.js";

const EPOCHS = Int32Array.of(0, 10, 20, 50, 100);
let drawn, rests, pending, now;

// A browser whose next picture comes when the test says so.
beforeEach(() => {
  [drawn, rests, pending, now] = [[], 0, undefined, 5000];
  globalThis.matchMedia = () => ({ matches: false });
  globalThis.requestAnimationFrame = (callback) => ((pending = callback), 1);
  globalThis.cancelAnimationFrame = () => (pending = undefined);
});

function loaded(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(performance, "now", () => now);
  const playback = new Playback({
    draw: (inMotion) => (drawn.push([playback.playhead.epoch, inMotion]), false),
    stir: () => {},
    rest: () => rests++,
  });
  playback.load({ epochs: EPOCHS });
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

test("a still of a frame is that frame, and any other is between two", (t) => {
  const playback = loaded(t);
  playback.goToStill(still(50));
  assert.deepEqual([playback.playhead.epoch, playback.player.frame, playback.exact], [50, 3, undefined]);
  playback.goToStill(still(37));
  assert.deepEqual([playback.playhead.epoch, playback.player.frame, playback.playhead.frame], [37, 2, 0]);
});

test("from between two frames a step goes to the frame before or after", (t) => {
  const playback = loaded(t);
  playback.goToStill(still(37));
  playback.back();
  assert.equal(playback.playhead.epoch, 20);
  playback.goToStill(still(37));
  playback.forward();
  assert.equal(playback.playhead.epoch, 50);
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

test("a run plays to its end, each picture drawn in motion but the last, and then rests once", (t) => {
  loaded(t);
  while (pending) picture();
  assert.deepEqual(drawn.at(-1), [100, false]);
  assert.ok(drawn.slice(0, -1).every(([, inMotion]) => inMotion));
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
