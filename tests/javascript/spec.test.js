// A chart's spec as Plotly takes it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { listedLines } from "../../xorviz/stage/static/lists.js";
import { figureAt } from "../../xorviz/stage/static/spec.js";

const channel = (trace, attribute, ...data) => ({
  trace, attribute, shape: [1], size: 1, scale: null, choices: null, data: Float32Array.from(data),
});
const SPEC = {
  traces: [{ name: "a", line: { color: "red" } }, { name: "b" }, { name: "c" }],
  layout: { yaxis: { type: "linear", title: "loss" } },
  channels: [channel(1, "y", 10, 20), channel(null, "shapes.first", 1, 2)],
  values: 1,
};
const moment = (frame) => ({ frame, epoch: frame, chart: SPEC });

test("traces and layout have the channels' values of the moment's frame", () => {
  const { traces, layout } = figureAt(SPEC, moment(1), []);
  assert.deepEqual([...traces[1].y], [20]);
  assert.deepEqual([...layout.shapes.first], [2]);
});

test("a switch's position changes what it names and leaves what is beside it", () => {
  const option = { traces: { "line.dash": ["dot", "dash", "solid"] }, layout: { "yaxis.type": "log" } };
  const { traces, layout } = figureAt(SPEC, moment(0), [option]);
  assert.deepEqual(traces[0].line, { color: "red", dash: "dot" });
  assert.deepEqual(traces[2].line, { dash: "solid" });
  assert.deepEqual(layout.yaxis, { type: "log", title: "loss" });
});

test("the spec itself stays as it is", () => {
  const before = JSON.stringify(SPEC);
  figureAt(SPEC, moment(0), [{ traces: { visible: [true, false, true] }, layout: { "yaxis.type": "log" } }]);
  assert.equal(JSON.stringify(SPEC), before);
});

test("the last lines are listed, or none", () => {
  assert.deepEqual(listedLines(SPEC).map(({ name }) => name), ["b", "c"]);
  assert.deepEqual(listedLines({ ...SPEC, values: null }), []);
});
