// What Python packed comes out as it was: the bytes are of Python's own, see test_javascript.py.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { rowsAt, split, unpack, valueAt } from "../../xorviz/stage/static/payload.js";

const packed = (name) => readFileSync(`${process.env.PAYLOADS}/${name}`);
const sent = JSON.parse(packed("sent.json"));
const numbers = (values) => Array.from(values, (value) => (Number.isNaN(value) ? null : value));

test("an array of every kind arrives with its kind and numbers", async () => {
  const { arrays } = await unpack(packed("content"));
  for (const [name, values] of Object.entries(sent.arrays)) {
    assert.equal(arrays[name].constructor.name.toLowerCase(), `${name}array`);
    assert.deepEqual(numbers(arrays[name]), values);
  }
});

test("an array starts where its kind may, however long the header is", async () => {
  for (let length = 0; length < 9; length++) {
    const { arrays, padding } = await unpack(packed(`padded-${length}`));
    assert.equal(padding.length, length);
    assert.deepEqual(numbers(arrays.float64), sent.arrays.float64);
    for (const array of Object.values(arrays)) assert.equal(array.byteOffset % 8, 0);
  }
});

test("a rounded channel has at every frame its numbers, and NaN where there is none", async () => {
  const [channel] = (await unpack(packed("content"))).charts[0].channels;
  sent.rounded.forEach((frame, index) => {
    const rows = valueAt(channel, index);
    assert.equal(rows.length, frame.length);
    rows.forEach((row, place) => assertClose(row, frame[place], 0.0005));
  });
});

test("a channel that is not rounded has at every frame its numbers to the last bit", async () => {
  const { channels } = (await unpack(packed("content"))).charts[0];
  sent.exact.forEach((frame, index) => assert.deepEqual(numbers(valueAt(channels[1], index)), frame));
});

test("a channel of choices has at every frame the chosen ones", async () => {
  const { channels } = (await unpack(packed("content"))).charts[0];
  sent.chosen.forEach((frame, index) => assert.deepEqual(valueAt(channels[2], index), frame));
});

test("a picture has the rows of its trace's channel", async () => {
  const { channels } = (await unpack(packed("content"))).charts[0];
  const rows = rowsAt(channels, { trace: 0 }, 1);
  assert.deepEqual(rows, valueAt(channels[0], 1));
});

test("opening, name and scene are parted to the last byte, and both streams are still packed", async () => {
  const { opening, views, scene } = split(packed("stage"));
  assert.equal(scene.name, sent.shown);
  assert.deepEqual(Buffer.from(scene.bytes), packed("scene"));
  assert.equal(views.bytes.length, 0);
  assert.equal((await unpack(opening)).speed, sent.speed);
  assert.equal((await unpack(scene.bytes)).id, sent.id);
});

function assertClose(row, expected, tolerance) {
  assert.equal(row.length, expected.length);
  expected.forEach((value, index) => {
    if (value === null) assert.ok(Number.isNaN(row[index]));
    else assert.ok(Math.abs(row[index] - value) <= tolerance, `${row[index]} is not ${value}`);
  });
}
