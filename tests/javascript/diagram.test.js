// The diagram's geometry, and numbers as the page writes them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { layOut, looks } from "../../xorviz/stage/static/arrangement.js";
import { curve, nearest } from "../../xorviz/stage/static/edges.js";
import { flowAt, shownAt } from "../../xorviz/stage/static/flow.js";
import { significant } from "../../xorviz/stage/static/panel.js";

const column = (x, count) => Array.from({ length: count }, (_, row) => ({ x, y: (row + 0.5) / count }));

test("no two nodes of a column touch, and all are within the room, however little there is", () => {
  for (const [width, height] of [[700, 450], [300, 200], [120, 90]]) {
    const { squares } = layOut([...column(0, 3), ...column(0.5, 17), ...column(1, 1)], width, height);
    for (const { x, y, side } of squares) {
      assert.ok(x - side / 2 >= 0 && x + side / 2 <= width);
      assert.ok(y - side / 2 >= 0 && y + side / 2 <= height);
    }
    const hidden = squares.slice(3, 20);
    hidden.slice(1).forEach(({ y, side }, index) => assert.ok(y - hidden[index].y > side));
  }
});

test("an edge starts right of its source and ends left of its target", () => {
  const squares = [{ x: 20, y: 30, side: 10 }, { x: 90, y: 70, side: 20 }];
  const numbers = curve({ source: 0, target: 1 }, squares).match(/[\d.]+/g).map(Number);
  assert.deepEqual([numbers.slice(0, 2), numbers.slice(-2)], [[25, 30], [80, 70]]);
});

test("an edge is as wide as its value is large, and coloured by its sign", () => {
  const shown = shownAt({ widest: 4 }, { frame: 1, chart: { edges: [{ values: [0, 4] }, { values: [0, -1] }] } });
  const [first, second] = looks(["blue", "orange"], shown, 16);
  assert.deepEqual(first, { "stroke-width": "16.0", stroke: "orange" });
  assert.deepEqual(second, { "stroke-width": "4.0", stroke: "blue" });
});

const flow = (...numbers) => ({
  edges: numbers.map((number) => [number]),
  largest: 10,
  largest_node: 1,
  nodes: { data: Float32Array.of(0.01, -0.1, 0, 0, 1, 0, 0, 0), shape: [2, 4] },
});

test("of a flow each factor of ten takes a sixth of the width, over six decades", () => {
  const run = flow();
  const { widths, rings } = flowAt(run, flow(10, -1, 1e-2, 1e-5, 1e-9, 0, NaN), 0, false);
  widths.forEach((width, index) => assert.ok(Math.abs(width - [1, 5 / 6, 1 / 2, 0, 0, 0, 0][index]) < 1e-12));
  rings.forEach((ring, index) => assert.ok(Math.abs(ring - [5 / 6, 1][index]) < 1e-6)); // the largest of four
});

test("where the future is hidden, the largest of the moment is widest", () => {
  const { widths, widest, rings } = flowAt(flow(), flow(1e-3, 1e-4), 0, true);
  assert.deepEqual([widest, widths[0], rings[1]], [1e-3, 1, 1]);
  const chart = { edges: [{ values: [-2] }, { values: [1] }] };
  assert.deepEqual(shownAt({ widest: 4 }, { frame: 0, chart }, true).widths, [1, 0.5]);
});

test("an edge is never lost, even where its value is nothing or no number", () => {
  const shown = { numbers: [0, 1e-9, NaN], widths: [0, 1e-9, NaN] };
  for (const look of looks(["blue", "orange"], shown, 16)) assert.ok(Number(look["stroke-width"]) >= 0.75);
});

test("a number has four significant digits and a true minus sign", () => {
  const written = { 0: "0", 1: "1.000", 0.25: "0.2500", 1234.56: "1235", "-0.5": "−0.5000", "-1e-5": "−1.000e−5", 123456: "1.235e+5" };
  for (const [value, text] of Object.entries(written)) assert.equal(significant(Number(value)), text);
  for (const value of [NaN, Infinity, -Infinity]) assert.equal(significant(value), "not finite");
});

test("an edge is hit from 12 pixels away, the nearest of several, and none from further", () => {
  const squares = [{ x: 10, y: 50, side: 20 }, { x: 210, y: 50, side: 20 }, { x: 210, y: 70, side: 20 }];
  const edges = [{ source: 0, target: 1 }, { source: 0, target: 2 }];
  assert.equal(nearest([110, 38], edges, squares), 0);
  assert.equal(nearest([110, 37], edges, squares), -1);
  assert.equal(nearest([110, 56], edges, squares), 1); // 6 pixels from the flat edge, 4 from the middle of the other
  assert.equal(nearest([199, 61], edges, squares), 1);
  assert.equal(nearest([7, 50], edges, squares), -1); // on the node, before the edges start
});

test("an edge is hit all along its curve", () => {
  const squares = [{ x: 10, y: 20, side: 20 }, { x: 310, y: 180, side: 20 }];
  const [x1, y1, x2, y2, x3, y3, x4, y4] = curve({ source: 0, target: 1 }, squares).match(/[\d.]+/g).map(Number);
  for (const t of [0, 0.1, 0.3, 0.5, 0.85, 1]) {
    const at = (a, b, c, d) => a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t ** 3;
    const point = [at(x1, x2, x3, x4), at(y1, y2, y3, y4) + 11];
    assert.equal(nearest(point, [{ source: 0, target: 1 }], squares), 0, `at ${t}`);
  }
});
