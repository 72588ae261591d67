// The reel of a step's film: which beat it is at, and how time goes through them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Reel } from "../../xorviz/stage/static/reel.js";

const ROWS = Array.from({ length: 24 }, (_, beat) => ({ row: Math.floor(beat / 6) }));
const BEATS = [...ROWS, { row: null }, { row: null }];

function reel(beat = 0) {
  const made = new Reel();
  made.beats = BEATS;
  made.goTo(beat);
  return made;
}

function run(made, seconds, pictures = 60 * seconds) {
  for (let picture = 0; picture < pictures; picture++) made.advance(seconds / pictures);
}

test("a film opens at a beat that is over, and rests there", () => {
  const made = reel(7);
  run(made, 3);
  assert.deepEqual([made.beat, made.share, made.moves], [7, 1, false]);
});

test("an input takes four seconds and a step twenty, at any rate of pictures", () => {
  for (const rate of [20, 60, 144]) {
    const made = reel(25);
    made.play();
    run(made, 0.1, rate);
    const beats = [4, 4, 4, 4, 2].map((seconds) => {
      run(made, seconds, rate * seconds);
      return made.beat;
    });
    assert.deepEqual(beats, [6, 12, 18, 24, 25]);
    run(made, 2, rate);
    assert.deepEqual([made.beat, made.share, made.moves], [25, 1, false]);
  }
});

test("twice the speed takes half the time", () => {
  const made = reel(25);
  made.speed = 2;
  made.play();
  run(made, 2.1);
  assert.equal(made.beat, 6);
});

test("play goes on where it was paused, within a beat too", () => {
  const made = reel();
  made.restart();
  run(made, 1);
  const { beat, share } = made;
  made.pause();
  run(made, 1);
  assert.deepEqual([made.beat, made.share], [beat, share]);
  made.play();
  assert.deepEqual([made.beat, made.share], [beat, share]);
  run(made, 1);
  assert.equal(made.beat, 3);
});

test("a step forward plays one beat and rests at its end", () => {
  const made = reel(3);
  made.goTo(4, true);
  assert.deepEqual([made.beat, made.share, made.moves], [4, 0, true]);
  run(made, 2);
  assert.deepEqual([made.beat, made.share, made.moves], [4, 1, false]);
});

test("there is no beat before the first or after the last", () => {
  const made = reel();
  made.goTo(-1, true);
  assert.equal(made.beat, 0);
  made.goTo(26, true);
  assert.deepEqual([made.beat, made.share, made.moves], [25, 1, false]);
});

test("chapters are the four inputs, the sum and the update", () => {
  const made = reel();
  assert.deepEqual(made.chapters, [0, 6, 12, 18, 24, 25]);
  assert.deepEqual([0, 5, 6, 23, 24, 25].map((beat) => reel(beat).chapter), [0, 0, 1, 3, 4, 5]);
});

test("skipping goes to the next chapter, and back to the start of this one or of that before it", () => {
  assert.deepEqual([0, 5, 18, 24, 25].map((beat) => reel(beat).chapterFrom(1)), [6, 6, 24, 25, 25]);
  assert.deepEqual([0, 5, 6, 24, 25].map((beat) => reel(beat).chapterFrom(-1)), [0, 0, 0, 18, 24]);
});

test("skipping plays on where the film plays, and else plays the one beat", () => {
  const made = reel();
  made.restart();
  made.skipTo(18, true);
  assert.deepEqual([made.beat, made.share], [18, 0]);
  run(made, 4.1);
  assert.deepEqual([made.beat, made.moves], [24, true]);
  made.pause();
  made.skipTo(6, true);
  run(made, 2);
  assert.deepEqual([made.beat, made.share, made.moves], [6, 1, false]);
});

test("a page that was hidden for a minute owes no minute", () => {
  const made = reel();
  made.restart();
  made.advance(60);
  assert.equal(made.beat, 0);
});

test("a film without beats keeps the one it was at for the next film", () => {
  const made = reel(7);
  made.beats = [];
  made.goTo(8, true);
  made.play();
  made.advance(1);
  assert.deepEqual([made.beat, made.moves], [7, false]);
});
