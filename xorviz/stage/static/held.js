// What the stage shows while a handle is held: the frame that Python packed last, with the numbers of the
// browser's own forward pass. Charts that the tab leaves out stay as they were.

import { axisOf, forward, losses, right, surfaces } from "./forward.js";

/**
 * @typedef {ReturnType<typeof forward> & ReturnType<typeof losses> & {
 *   parameters: Float64Array, right: Uint8Array, surface: Float32Array, pictures: Float32Array[] }} Computed
 */

// The frame of a network with these parameters, held at an epoch.
/** @type {(hand: Hand, parameters: Float64Array, epoch: number) => Frames} */
export function heldFrames({ network, charts, readouts, held }, parameters, epoch) {
  const computed = compute(network, parameters);
  const { mean, half, output } = computed;
  const numbers = [mean, half, ...output];
  return {
    epochs: Int32Array.of(epoch),
    charts: charts.map((chart) => ("nodes" in chart ? diagram(chart, computed) : plot(chart, computed))),
    readouts: readouts.map((readout, index) => ({
      ...readout,
      values: Float32Array.of(numbers[index]),
      right: readout.right && computed.right.subarray(index - 2, index - 1),
    })),
    sentences: { playhead: { text: held.playhead, values: { 0: Float32Array.of(mean), 1: Float32Array.of(half) } } },
    counts: held.counts,
  };
}

/** @type {(network: Hand["network"], parameters: Float64Array) => Computed} */
function compute({ size, targets, low, high, points, unitPoints }, parameters) {
  const { hidden, output } = forward(parameters, size);
  const small = surfaces(parameters, size, axisOf(low, high, unitPoints));
  return {
    parameters,
    hidden,
    output,
    right: right(output, targets),
    ...losses(output, targets),
    surface: surfaces(parameters, size, axisOf(low, high, points)).output,
    pictures: [...small.units, small.output],
  };
}

/** @type {(chart: DiagramSpec, computed: Computed) => DiagramSpec} */
function diagram(chart, { parameters, hidden, output, pictures }) {
  return {
    ...chart,
    edges: chart.edges.map((edge, index) => ({ ...edge, values: Float32Array.of(parameters[index]) })),
    pictures: chart.pictures.map((channel, index) => filled(channel, pictures[index])),
    activations: filled(chart.activations, joined([...hidden, output])),
  };
}

/** @type {(chart: ChartSpec, computed: Computed) => ChartSpec} */
function plot(chart, { parameters, hidden, right: areRight, surface }) {
  const { picture } = chart;
  if (chart.name === "hidden") return { ...chart, channels: [filled(chart.channels[0], joined(hidden))] };
  if (chart.name !== "surface" || !picture?.boundary) return chart;
  const marks = areRight.map((isRight, row) => isRight + 2 * row);
  const weights = Array.from(parameters, (value) => Float64Array.of(value));
  return {
    ...chart,
    channels: [filled(chart.channels[0], surface), filled(chart.channels[1], marks)],
    picture: { ...picture, boundary: { ...picture.boundary, weights, frames: new Int32Array(0) } },
  };
}

// A channel with these values, which are not rounded.
/** @type {(channel: Channel, data: Values) => Channel} */
function filled(channel, data) {
  return { ...channel, data, scale: null };
}

/** @param {Float64Array[]} parts */
function joined(parts) {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}
