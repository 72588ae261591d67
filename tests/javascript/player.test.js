// The player: what moves its position, and how time does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { near, Player } from "../../xorviz/stage/static/player.js";

const FRAMES = 241;
const even = (frames) => Float64Array.from({ length: frames }, (_, frame) => frame / Math.max(frames - 1, 1));

function loaded({ times = even(FRAMES), fromStart = true } = {}) {
  const player = new Player();
  player.load(times, fromStart);
  return player;
}

function play(player, seconds, pictures) {
  for (let picture = 0; picture < pictures; picture++) player.advance(seconds / pictures);
}

test("a run that is followed plays from its start", () => {
  const player = loaded();
  assert.deepEqual([player.frame, player.state], [0, "playing"]);
});

test("a run that is not followed rests at the relative place of the one before", () => {
  const player = loaded();
  player.seek(60);
  player.load(even(121), false);
  assert.deepEqual([player.frame, player.state], [30, "paused"]);
  player.load(even(FRAMES), false);
  assert.equal(player.frame, 60);
});

test("the first run that is not followed rests at its start", () => {
  const player = loaded({ fromStart: false });
  assert.deepEqual([player.frame, player.state], [0, "paused"]);
});

test("the same time moves as far at any rate of pictures", () => {
  const places = [10, 37, 60, 144].map((pictures) => {
    const player = loaded();
    play(player, 1, pictures);
    return player.position;
  });
  for (const place of places) assert.ok(Math.abs(place - places[0]) < 1e-9);
  assert.ok(Math.abs(places[0] * FRAMES - 24) < 1e-9, "a second has 24 frames");
});

test("twice the speed moves twice as far", () => {
  const [once, twice] = [loaded(), loaded()];
  twice.speed = 2;
  [once, twice].forEach((player) => play(player, 1, 60));
  assert.ok(Math.abs(twice.position - 2 * once.position) < 1e-9);
});

test("a frame stays for as much of the time as its own", () => {
  const player = loaded({ times: [0, 0.49, 0.59, 1] }); // a sixth of a second
  const frames = [];
  for (let twelfth = 0; twelfth < 12; twelfth++) {
    frames.push(player.frame);
    player.advance(1 / 72);
  }
  assert.deepEqual(frames, [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2]);
});

test("of two numbers that are equally near to a value the later one is taken", () => {
  const nearest = [0, 0.2, 0.25, 0.5, 0.6, 0.625, 0.9, 1, 2].map((value) => near([0, 0.5, 0.75, 1], value));
  assert.deepEqual(nearest, [0, 0, 1, 1, 1, 2, 3, 3, 3]);
});

test("a page that was hidden for a minute owes no minute", () => {
  const [hidden, busy] = [loaded(), loaded()];
  hidden.advance(60);
  busy.advance(0.1);
  assert.equal(hidden.position, busy.position);
  assert.ok(hidden.frame < 10);
});

test("playback ends at the last frame, and never goes beyond it", () => {
  const player = loaded();
  play(player, 11, 220);
  assert.deepEqual([player.frame, player.state], [FRAMES - 1, "ended"]);
});

test("play starts again at the end, and goes on anywhere else", () => {
  const player = loaded();
  player.seek(FRAMES - 1);
  player.play();
  assert.deepEqual([player.frame, player.state], [0, "playing"]);
  player.seek(100);
  player.play();
  assert.deepEqual([player.frame, player.state], [100, "playing"]);
});

test("pause keeps the place", () => {
  const player = loaded();
  player.advance(0.05);
  const { position } = player;
  player.pause();
  assert.deepEqual([player.position, player.state], [position, "paused"]);
});

test("seeking pauses, and stays within the run", () => {
  const player = loaded();
  player.seek(-5);
  assert.deepEqual([player.frame, player.state], [0, "paused"]);
  player.seek(1e6);
  assert.deepEqual([player.frame, player.state], [FRAMES - 1, "ended"]);
});

test("a run of one frame is at its end", () => {
  const player = loaded({ times: [0], fromStart: false });
  assert.deepEqual([player.frame, player.state], [0, "ended"]);
});
