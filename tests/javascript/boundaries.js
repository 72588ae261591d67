// Prints the decision boundaries of packed scenes, a list of paths a scene: node boundaries.js FILE ...

import { readFile } from "node:fs/promises";
import process from "node:process";

import { boundary } from "../../xorviz/stage/static/boundary.js";
import { unpack } from "../../xorviz/stage/static/payload.js";

for (const file of process.argv.slice(2)) {
  const { epochs, charts } = await unpack(await readFile(file));
  const { picture, traces } = charts.find(({ name }) => name === "surface");
  const paths = Array.from(epochs, (_, frame) => boundary(picture.boundary, frame, traces[picture.trace].x));
  console.log(JSON.stringify(paths));
}
