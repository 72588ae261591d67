// The diagram's geometry, and numbers as the page writes them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { layOut, look } from "../../xorviz/stage/static/arrangement.js";
import { curve, nearest } from "../../xorviz/stage/static/edges.js";
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
  const spec = { colours: ["blue", "orange"], widest: 4 };
  assert.deepEqual(look(spec, 4, 16), { "stroke-width": "16.0", stroke: "orange" });
  assert.deepEqual(look(spec, -1, 16), { "stroke-width": "4.0", stroke: "blue" });
});

test("an edge is never lost, even where its value is nothing or no number", () => {
  const spec = { colours: ["blue", "orange"], widest: 4 };
  for (const value of [0, 1e-9, NaN]) assert.ok(Number(look(spec, value, 16)["stroke-width"]) >= 0.75);
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
