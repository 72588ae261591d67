// What a diagram's edges and nodes show beside their pictures: the edges' values, or what flows through both.

import { significant } from "./panel.js";

const DECADES = 6; // that the widths of a flow span

/**
 * The numbers at the edges, the shares of the widest width that they have, and the shares of the widest ring at
 * the nodes with pictures; and the number of the widest edge.
 * @typedef {{ numbers: number[], widths: number[], rings: number[], widest: number }} Shown
 */

// What is shown at a moment: of the diagram itself, wide by size, or of a flow, wide by powers of ten. Where
// the future is hidden, the scale is the moment's own.
/** @type {(spec: DiagramSpec, moment: DiagramMoment, hidesFuture: boolean) => Shown} */
export function shownAt(spec, { frame, chart }, hidesFuture) {
  const numbers = chart.edges.map(({ values }) => values[frame]);
  const widest = hidesFuture ? largest(numbers) : spec.widest;
  const widths = numbers.map((number) => Math.abs(number) / widest);
  return { numbers, widths, rings: [], widest };
}

/** @type {(run: FlowSpec, flow: FlowSpec, frame: number, hidesFuture: boolean) => Shown} */
export function flowAt(run, flow, frame, hidesFuture) {
  const numbers = flow.edges.map((values) => values[frame]);
  const deltas = deltasAt(flow, frame).map(largest);
  const widest = hidesFuture ? largest(numbers) : run.largest;
  const widestRing = hidesFuture ? largest(deltas) : run.largest_node;
  return {
    numbers,
    widths: numbers.map((number) => byDecades(number, widest)),
    rings: deltas.map((delta) => byDecades(delta, widestRing)),
    widest,
  };
}

// How to read a diagram or a flow, with the number of its widest edge.
/** @type {(drawn: { hint: string }, shown: Shown) => string} */
export function hintOf({ hint }, { widest }) {
  return hint.replace("{widest}", significant(widest, 2));
}

// The deltas of each node with a picture, an array each.
/** @type {(flow: FlowSpec, frame: number) => Float32Array[]} */
export function deltasAt({ nodes: { data, shape: [rows, columns] } }, frame) {
  const start = frame * rows * columns;
  const values = /** @type {Float32Array} */ (data);
  return Array.from({ length: rows }, (_, row) => values.subarray(start + row * columns, start + (row + 1) * columns));
}

/** @type {(number: number, widest: number) => number} */
function byDecades(number, widest) {
  return Math.max(0, 1 + Math.log10(Math.abs(number) / widest) / DECADES) || 0;
}

/** @param {ArrayLike<number>} numbers */
function largest(numbers) {
  return Array.from(numbers, Math.abs).filter(Number.isFinite).reduce((most, size) => Math.max(most, size), Number.MIN_VALUE);
}
