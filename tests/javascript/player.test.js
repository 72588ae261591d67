// The player: what moves its position, and how time does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Player } from "../../xorviz/stage/static/player.js";

const FRAMES = 241;

function loaded({ frames = FRAMES, fromStart = true } = {}) {
  const player = new Player();
  player.load(frames, fromStart);
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
  player.load(121, false);
  assert.deepEqual([player.frame, player.state], [30, "paused"]);
  player.load(FRAMES, false);
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
  assert.ok(places[0] > 60, "every picture of a screen of 60 Hz is a new frame");
});

test("twice the speed moves twice as far", () => {
  const [once, twice] = [loaded(), loaded()];
  twice.speed = 2;
  [once, twice].forEach((player) => play(player, 1, 60));
  assert.equal(twice.position, 2 * once.position);
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
  play(player, 10, 200);
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
  const player = loaded({ frames: 1, fromStart: false });
  assert.deepEqual([player.frame, player.state], [0, "ended"]);
});
