// Multiples: where cells, bars and labels stand, and scales that change calmly.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bar, longBar, slots } from "../../xorviz/stage/static/bars.js";
import { layOut, neighbour, WAYS } from "../../xorviz/stage/static/grid.js";
import { stack } from "../../xorviz/stage/static/labels.js";
import { briefly, calmScale, niceAbove } from "../../xorviz/stage/static/scale.js";
import { UnitPlot } from "../../xorviz/stage/static/unitplot.js";

const matrix = (units) => {
  const names = Array.from({ length: 3 * units }, (_, index) => `w${index}`);
  const places = names.map((_, index) => [Math.floor(index / units), index % units]);
  return { names, places, rows: ["x1 →", "x2 →", "→ ŷ"], columns: names.slice(0, units) };
};
const flow = (count) => ({ names: Array.from({ length: count }, (_, index) => `h${index}`), places: null, rows: [], columns: [] });

const sigma = (z) => ({ x: 75 + (75 * z) / 8, y: 90 - 90 / (1 + Math.exp(-z)) });
const curveAt = (x) => sigma(((x - 75) * 8) / 75).y;

test("a scale is the next of 1, 2, 3 and 5, times a power of ten", () => {
  const values = [1, 1.01, 2.5, 4, 5.5, 0.3, 0.05, 1.2e-7, 4999];
  assert.deepEqual(values.map(niceAbove), [1, 2, 3, 5, 10, 0.3, 0.05, 2e-7, 5000]);
});

test("a scale holds the largest value, and stays until it is far too large", () => {
  assert.equal(calmScale([-0.4, 0.1]), 0.5);
  assert.equal(calmScale([-0.51, 0.1], 0.5), 1);
  assert.equal(calmScale([0.34], 1), 1);
  assert.equal(calmScale([0.33], 1), 0.5);
});

test("a scale stays where all values are nothing or no number", () => {
  assert.equal(calmScale([0, NaN, Infinity], 0.2), 0.2);
  assert.equal(calmScale([0, NaN]), 1);
});

test("scales are written briefly", () => {
  assert.deepEqual([0.05, 0.001, 0.0005, 2, 20000].map(briefly), ["0.05", "0.001", "5e−4", "2", "2e+4"]);
});

test("no two cells overlap, and all are within the room, of one weight or of 65", () => {
  for (const view of [matrix(1), matrix(2), matrix(17), flow(2), flow(3), flow(17)]) {
    for (const [width, height] of [[400, 250], [300, 240], [700, 450]]) {
      const { boxes } = layOut(view, width, height);
      boxes.forEach((one, index) => {
        assert.ok(one.x >= 0 && one.x + one.width <= width + 0.01);
        assert.ok(one.y >= 0 && one.y + one.height <= height + 0.01);
        for (const other of boxes.slice(index + 1)) {
          const isApart = one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y;
          assert.ok(isApart || other.y + other.height <= one.y);
        }
      });
    }
  }
});

test("the arrow keys walk from a cell to the next one that way, and no further than the last", () => {
  const { boxes } = layOut(matrix(3), 400, 250);
  const walk = (from, ...keys) => keys.reduce((cell, key) => neighbour(boxes, cell, WAYS[key]), from);
  assert.equal(walk(0, "ArrowRight", "ArrowDown"), 4);
  assert.equal(walk(4, "ArrowLeft", "ArrowUp"), 0);
  assert.equal(walk(8, "ArrowRight", "ArrowDown"), 8);
});

test("bars stand side by side within their cell, the sum apart from them", () => {
  const room = slots(4, 1, 60);
  assert.ok(room[0].x >= 0 && room[4].x + room[4].width <= 60);
  room.slice(1).forEach(({ x }, index) => assert.ok(x > room[index].x + room[index].width));
  const gaps = room.slice(1).map(({ x }, index) => x - room[index].x - room[index].width);
  assert.ok(gaps[3] > 2 * gaps[2]);
});

test("a bar goes up where its value is positive, and one without room ends in a point", () => {
  assert.equal(bar(1, 50, 10, 20), "M1 50h10v-20h-10z");
  assert.equal(bar(1, 50, 10, -20), "M1 50h10v20h-10z");
  assert.equal(longBar(1, 50, 10, 20), "M1 50v-13l5 -7l5 7V50z");
});

test("where there is room a label keeps off the curve, and is near its dot", () => {
  const plot = { left: 0, top: 0, width: 150, height: 90 };
  for (const z of [-8, -3, -1, 0, 1, 3, 8]) {
    const [{ x, y, anchor }] = stack([sigma(z)], plot, [40], 10, curveAt);
    const [left, right] = anchor === "end" ? [x - 40, x] : [x, x + 40];
    assert.ok(anchor === "end" ? y < curveAt(right) - 5 : y > curveAt(left) + 5);
    assert.ok(Math.abs(y - sigma(z).y) <= 30);
  }
});

test("a dot without a place leaves the labels of others where they are", () => {
  const plot = { left: 0, top: 0, width: 150, height: 90 };
  const widths = [50, 50, 50, 50];
  const [first, none, ...rest] = stack([sigma(0), { x: NaN, y: NaN }, sigma(2), sigma(-3)], plot, widths, 10, curveAt);
  assert.ok(Number.isNaN(none.y));
  const others = stack([sigma(0), sigma(2), sigma(-3)], plot, widths, 10, curveAt);
  assert.deepEqual([first, ...rest], others);
});

test("labels of dots that coincide stack, and each can be told apart", () => {
  const plot = { left: 0, top: 0, width: 150, height: 90 };
  for (const sums of [[0, 0, 0, 0], [-8, -8, -8, -8], [8, 8, 8, 8], [0, 2, 2, 8], [-8, -1, 1, 8]]) {
    const places = stack(sums.map(sigma), plot, [50, 50, 50, 50], 10, curveAt);
    const spans = places.map(({ x, y, anchor }) => ({ left: anchor === "end" ? x - 50 : x, y }));
    for (const { left, y } of spans) assert.ok(left >= 0 && left + 50 <= 150 && y >= 0 && y <= 90);
    spans.forEach((one, index) => {
      for (const other of spans.slice(index + 1)) {
        assert.ok(Math.abs(one.y - other.y) >= 9.99 || Math.abs(one.left - other.left) >= 50);
      }
    });
  }
});

test("a tangent goes through its dot with the derivative's slope, and stays in its cell", () => {
  const look = { reach: 8, curve: [0, 0.5, 1] };
  const plot = new UnitPlot({ x: 0, y: 0, width: 112, height: 300 }, look, 0, 1, false);
  for (const z of [-12, -8, -3, 0, 2, 8, 40]) {
    const activation = 1 / (1 + Math.exp(-z));
    const derivative = activation * (1 - activation);
    const dot = plot.dotAt(z, activation);
    const [x1, y1, x2, y2] = plot.tangent(dot, derivative).match(/-?[\d.]+/g).map(Number);
    const slope = ((y1 - y2) / plot.height) / (((x2 - x1) / plot.width) * 16);
    assert.ok(Math.abs(slope - derivative) < 0.01);
    assert.ok(Math.abs(dot.y - y1 - ((dot.x - x1) * (y2 - y1)) / (x2 - x1)) < 1.5);
    assert.ok(Math.min(x1, y2) >= 0 && x2 <= 112 && y1 <= 300);
  }
});
