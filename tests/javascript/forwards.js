// Prints what the browser computes while a handle is held, a line of JSON a network, for the list in a file:
// node forwards.js FILE. With a packed state, prints the frames that it shows instead: node forwards.js FILE HAND.

import { readFile } from "node:fs/promises";
import process from "node:process";

import { axisOf, forward, losses, right, surfaces } from "../../xorviz/stage/static/forward.js";
import { heldFrames } from "../../xorviz/stage/static/held.js";
import { rowsAt, unpack, valueAt } from "../../xorviz/stage/static/payload.js";

const [file, packed] = process.argv.slice(2);
const hand = packed && (await unpack(await readFile(packed)));

// Makes lists of typed arrays.
function plain(_, value) {
  return ArrayBuffer.isView(value) ? [...value] : value;
}

function compute({ parameters, size, targets }) {
  const { hidden, output } = forward(parameters, size);
  const [large, small] = [43, 15].map((points) => surfaces(parameters, size, axisOf(-0.25, 1.25, points)));
  const isRight = right(output, targets);
  return { hidden, output, ...losses(output, targets), right: isRight, surface: large.output, units: [...small.units, small.output] };
}

function show({ parameters }) {
  const { charts, readouts, sentences, epochs } = heldFrames(hand, Float64Array.from(parameters), hand.epochs[0]);
  const chart = (name) => charts.find((one) => one.name === name);
  const [network, surface, hidden] = ["network", "surface", "hidden"].map(chart);
  return {
    epochs,
    edges: network.edges.map(({ values }) => values[0]),
    pictures: network.pictures.map((channel) => valueAt(channel, 0)),
    activations: valueAt(network.activations, 0),
    surface: rowsAt(surface.channels, { trace: 0 }, 0),
    marks: surface.channels[1].data,
    boundary: surface.picture.boundary.weights.map((values) => values[0]),
    hidden: rowsAt(hidden.channels, { trace: 0 }, 0),
    readouts: readouts.map(({ values, right: isRight }) => [values[0], isRight ? isRight[0] : null]),
    playhead: sentences.playhead.values,
  };
}

for (const network of JSON.parse(await readFile(file, "utf-8"))) {
  console.log(JSON.stringify(hand ? show(network) : compute(network), plain));
}
