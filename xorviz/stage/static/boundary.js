// The decision boundary: the line where a network's output is 0.5, which is where the pre-activation z
// of its output is 0. It is computed from the weights, the stage's only arithmetic on them at rest: the
// outputs are rounded, and would move the line where they are nearly even.

const TRIALS = 40; // to find a crossing
const ENOUGH = 1e-5; // share of a side of the grid: a crossing that moves by less is exact enough
const STRAIGHT = 0.0005; // a line that bends by less between two points is drawn straight
const DEEPEST = 7; // times that a bend is divided at most
const EVEN = 4e-9; // where |z| is less everywhere, the output is 0.5 within 1e-9 everywhere
const DIGIT = 2 ** -24 / 32767; // one step of a weight's further digits, as a share of the weight

/**
 * @typedef {[x: number, y: number]} Point
 * @typedef {(x: number, y: number) => number} Height
 */

// The boundary of a frame as an SVG path in axis coordinates.
/** @type {(spec: BoundarySpec, frame: number, axis: ArrayLike<number>) => string} */
export function boundary(spec, frame, axis) {
  const size = spec.hidden_size;
  const weights = new Float64Array(4 * size + 1); // biases are 0 where there are none
  weights.set(weightsAt(spec, frame));
  return levelLine(preActivation(weights, size), axis, gridOf(weights, size, axis));
}

// The parameters of a frame, in the order of the core's flat vectors. Python sends them in single
// precision, with 16 more bits for frames whose line needs them.
/** @type {(spec: BoundarySpec, frame: number) => Float64Array} */
export function weightsAt({ weights, frames, digits }, frame) {
  const row = frames.indexOf(frame);
  const further = row < 0 ? null : digits.subarray(row * weights.length, (row + 1) * weights.length);
  return Float64Array.from(weights, (values, index) => values[frame] * (1 + (further?.[index] ?? 0) * DIGIT));
}

// z = Σ v σ(w1·x1 + w2·x2 + b) + c.
/** @type {(weights: Float64Array, size: number) => Height} */
function preActivation(weights, size) {
  return (x, y) => {
    let z = weights[4 * size];
    for (let h = 0; h < size; h++) {
      const sum = weights[h] * x + weights[size + h] * y + weights[3 * size + h];
      z += weights[2 * size + h] / (1 + Math.exp(-sum));
    }
    return z;
  };
}

// The same over a grid, row by row. A unit takes one exponential along each axis, and their product at every
// point: a quarter of the time. Where these exponentials overflow, z is computed point by point.
/** @type {(weights: Float64Array, size: number, axis: ArrayLike<number>) => Float64Array[]} */
function gridOf(weights, size, axis) {
  const rows = Array.from(axis, () => new Float64Array(axis.length).fill(weights[4 * size]));
  for (let h = 0; h < size; h++) {
    const across = Float64Array.from(axis, (x) => Math.exp(-weights[h] * x));
    rows.forEach((row, index) => {
      const up = Math.exp(-(weights[size + h] * axis[index] + weights[3 * size + h]));
      for (let i = 0; i < row.length; i++) row[i] += weights[2 * size + h] / (1 + across[i] * up);
    });
  }
  if (rows.every((row) => row.every((value) => !Number.isNaN(value)))) return rows;
  return sampled(preActivation(weights, size), axis);
}

/** @type {(height: Height, axis: ArrayLike<number>) => Float64Array[]} */
function sampled(height, axis) {
  return Array.from(axis, (y) => Float64Array.from(axis, (x) => height(x, y)));
}

// The line where a surface is 0. In every cell of a grid whose corners differ in sign, it goes from crossing
// to crossing of the cell's sides, and is divided where it bends. Empty where the surface is even.
/** @type {(height: Height, axis: ArrayLike<number>, rows?: Float64Array[]) => string} */
export function levelLine(height, axis, rows = sampled(height, axis)) {
  if (rows.every((row) => row.every((value) => Math.abs(value) < EVEN))) return "";
  const parts = [];
  for (let row = 0; row + 1 < axis.length; row++) {
    const [below, above] = [rows[row], rows[row + 1]];
    for (let column = 0; column + 1 < axis.length; column++) {
      const isUnder = below[column] < 0;
      if (below[column + 1] < 0 === isUnder && above[column] < 0 === isUnder && above[column + 1] < 0 === isUnder) continue;
      const points = crossings(height, axis, rows, row, column);
      for (let i = 0; i + 1 < points.length; i += 2) {
        const bends = between(height, points[i], points[i + 1], DEEPEST);
        parts.push(`M${[points[i], ...bends, points[i + 1]].map(written).join("L")}`);
      }
    }
  }
  return parts.join("");
}

// The points where lines cross the sides of a cell, two for each line.
/** @type {(height: Height, axis: ArrayLike<number>, rows: Float64Array[], row: number, column: number) => Point[]} */
function crossings(height, axis, rows, row, column) {
  const [left, right] = [axis[column], axis[column + 1]];
  const [bottom, top] = [axis[row], axis[row + 1]];
  /** @type {Point[]} */
  const corners = [[left, bottom], [right, bottom], [right, top], [left, top]];
  const values = [rows[row][column], rows[row][column + 1], rows[row + 1][column + 1], rows[row + 1][column]];
  /** @type {Point[]} */
  const points = [];
  for (let corner = 0; corner < 4; corner++) {
    const next = (corner + 1) % 4;
    if (values[corner] < 0 === values[next] < 0) continue;
    points.push(zeroBetween(height, corners[corner], corners[next], values[corner], values[next]));
  }
  if (points.length < 4) return points;
  // Of four crossings each belongs to the neighbour across the corner that is cut off from the middle.
  const isUnder = height((left + right) / 2, (bottom + top) / 2) < 0;
  return values[0] < 0 === isUnder ? points : [points[3], points[0], points[1], points[2]];
}

// The point where a surface is 0, between two points at which its values differ in sign. The method of false
// position finds it, which halves the value at an end that stays a second time (Illinois).
/** @type {(height: Height, from: Point, to: Point, atFrom: number, atTo: number) => Point} */
function zeroBetween(height, [x, y], to, atFrom, atTo) {
  const [width, rise] = [to[0] - x, to[1] - y];
  let [near, far, atNear, atFar] = [0, 1, atFrom, atTo];
  let [share, moved, stays] = [0, 1, 0];
  for (let trial = 0; trial < TRIALS && moved > ENOUGH; trial++) {
    const next = near - (atNear * (far - near)) / (atFar - atNear);
    moved = Math.abs(next - share);
    share = next;
    const value = height(x + share * width, y + share * rise);
    if (value < 0 === atFrom < 0) {
      [near, atNear] = [share, value];
      if (stays === 1) atFar /= 2;
      stays = 1;
    } else {
      [far, atFar] = [share, value];
      if (stays === 2) atNear /= 2;
      stays = 2;
    }
  }
  return [x + share * width, y + share * rise];
}

// The points through which a line bends on its way from one crossing to the next.
/** @type {(height: Height, from: Point, to: Point, depth: number) => Point[]} */
function between(height, from, to, depth) {
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const [right, up] = [(from[1] - to[1]) / 2, (to[0] - from[0]) / 2]; // across, half as far as the ends are
  const [atLeft, atRight] = [height(x - right, y - up), height(x + right, y + up)];
  if (atLeft < 0 === atRight < 0) return [];
  const bend = zeroBetween(height, [x - right, y - up], [x + right, y + up], atLeft, atRight);
  if (depth === 0 || Math.hypot(bend[0] - x, bend[1] - y) < STRAIGHT) return [];
  return [...between(height, from, bend, depth - 1), bend, ...between(height, bend, to, depth - 1)];
}

/** @type {(point: Point) => string} */
function written([x, y]) {
  return `${x.toFixed(6)},${y.toFixed(6)}`;
}
