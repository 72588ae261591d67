// Heights: the loss over a landscape's plane at a moment, on a grid of points, as shares of the way from the lowest
// there to the highest by its logarithm.

import { levels } from "./contour.js";
import { valueAt } from "./payload.js";

/** @typedef {{ shares: Rows, low: number, high: number, step: number, stepIndex: number, ends: [string, string], losses?: Rows }} Heights */

// Those of a moment: of a plane that moves the finer ones of the epoch at which the playhead rests, where Python has
// sent them, else those of the frame.
/** @type {(spec: ChartSpec, moment: LandscapeMoment) => Heights} */
export function heightsAt(spec, { chart, frame, fine }) {
  const terrain = /** @type {TerrainSpec} */ (spec.terrain);
  const { heights } = /** @type {TerrainSpec} */ (terrain.moves ? chart.terrain : terrain);
  if (fine) return heightsOf(fine, terrain, 0);
  return heightsOf(/** @type {HeightsSpec} */ (heights), terrain, terrain.moves ? frame : 0);
}

/** @type {(heights: HeightsSpec, terrain: TerrainSpec, frame: number) => Heights} */
function heightsOf({ shares, lows, highs, steps, ends, losses }, terrain, frame) {
  return {
    shares: valueAt(shares, frame),
    low: lows[frame],
    high: highs[frame],
    step: terrain.steps[steps[frame]],
    stepIndex: steps[frame],
    ends: ends[frame],
    losses: losses ? rowsOf(losses) : undefined,
  };
}

// The rows of a square grid.
/** @type {(values: Float32Array) => Float32Array[]} */
function rowsOf(values) {
  const size = Math.sqrt(values.length);
  return Array.from({ length: size }, (_, row) => values.subarray(row * size, (row + 1) * size));
}

// The shares at which there are contours.
/** @type {(heights: Heights) => number[]} */
export function contoursOf({ low, high, step }) {
  return levels(low, high, step).map((value) => (value - low) / (high - low));
}

// The losses at the points of a grid with as many points a side, of which the heights may have more.
/** @type {(heights: Heights, size: number, unit: number) => Rows} */
export function lossesOf({ losses, shares, low, high }, size, unit) {
  if (losses) return losses;
  const every = (shares.length - 1) / (size - 1);
  const each = (/** @type {unknown} */ _, /** @type {number} */ index) => index % every === 0;
  return shares.filter(each).map((row) => Array.from(row).filter(each).map((share) => unit * 10 ** (low + share * (high - low))));
}
