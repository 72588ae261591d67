// Images of a grid of values: the colours, and the pixel of each value.

import assert from "node:assert/strict";
import { test } from "node:test";

import { colourTable, inkOn, paint } from "../../xorviz/stage/static/picture.js";

test("colours go from the first of a scale to its last, in even steps between two", () => {
  const colours = colourTable([[0, "#0000ff"], [0.5, "#ffffff"], [1, "#ff8000"]]);
  assert.equal(colours.length, 256);
  assert.deepEqual([colours[0], colours[255]], [[0, 0, 255], [255, 128, 0]]);
  assert.deepEqual(colours[64], [128, 128, 255]);
});

test("a number is black on light colours and white on dark ones", () => {
  assert.deepEqual([[255, 255, 255], [255, 140, 0], [0, 0, 0], [0, 60, 160]].map(inkOn), ["#000", "#000", "#fff", "#fff"]);
});

test("an image has its last row on top, and no colour where there is no number", () => {
  globalThis.ImageData = class {
    constructor(width, height) {
      Object.assign(this, { width, height, data: new Uint8ClampedArray(4 * width * height) });
    }
  };
  let image;
  const context = { canvas: {}, putImageData: (drawn) => (image = drawn) };
  const colours = colourTable([[0, "#000000"], [1, "#ffffff"]]);
  paint(context, [Float32Array.of(0, NaN), Float32Array.of(1, 2)], colours); // below: 0 and nothing; above: 1 and more
  assert.deepEqual(context.canvas, { width: 2, height: 2 });
  const [white, black, nothing] = [[255, 255, 255, 255], [0, 0, 0, 255], [0, 0, 0, 0]];
  assert.deepEqual([...image.data], [white, white, black, nothing].flat());
});
