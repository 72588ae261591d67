// The decision boundary: the line where a network's output is 0.5, which is where the pre-activation z
// of its output is 0. It is computed from the weights, the stage's only arithmetic on them: outputs
// rounded for the picture would put it elsewhere where they are nearly even.

const TRIALS = 40; // to find a crossing
const ENOUGH = 1e-5; // of a side of the grid: a crossing that moves by less is found
const STRAIGHT = 0.0005; // a line that bends by less between two points is drawn straight
const DEEPEST = 7; // times that a bend is parted
const EVEN = 4e-9; // where |z| is less everywhere, the output is 0.5 within 1e-9 everywhere
const DIGIT = 2 ** -24 / 32767; // what one step of a weight's further digits is worth, as a share of it

/**
 * @typedef {[x: number, y: number]} Point
 * @typedef {(x: number, y: number) => number} Height
 */

// The boundary of a frame as an SVG path in axis coordinates.
/** @type {(spec: BoundarySpec, frame: number, axis: ArrayLike<number>) => string} */
export function boundary(spec, frame, axis) {
  const weights = weightsAt(spec, frame);
  const height = preActivation(weights, spec.hidden_size);
  return levelLine(height, axis, gridOf(weights, spec.hidden_size, axis));
}

// The parameters of a frame, in the order of the core's flat vectors. They are sent in single
// precision, and where that is too little for the line with 16 more bits.
/** @type {(spec: BoundarySpec, frame: number) => Float64Array} */
export function weightsAt({ weights, frames, digits }, frame) {
  const place = frames.indexOf(frame);
  const further = place < 0 ? null : digits.subarray(place * weights.length, (place + 1) * weights.length);
  return Float64Array.from(weights, (values, index) => values[frame] * (1 + (further?.[index] ?? 0) * DIGIT));
}

// z = Σ v σ(w1·x1 + w2·x2 + b) + c, without biases where there are none.
/** @type {(weights: Float64Array, size: number) => Height} */
function preActivation(weights, size) {
  const withBiases = weights.length > 3 * size;
  return (x, y) => {
    let z = withBiases ? weights[4 * size] : 0;
    for (let h = 0; h < size; h++) {
      const bias = withBiases ? weights[3 * size + h] : 0;
      z += weights[2 * size + h] / (1 + Math.exp(-(weights[h] * x + weights[size + h] * y + bias)));
    }
    return z;
  };
}

// The same over a grid, row by row: a product of one exponential along each axis is all that a unit
// takes at a point. Where their ranges are too wide for that, it is computed there as anywhere.
/** @type {(weights: Float64Array, size: number, axis: ArrayLike<number>) => Float64Array[]} */
function gridOf(weights, size, axis) {
  const withBiases = weights.length > 3 * size;
  const rows = Array.from(axis, () => new Float64Array(axis.length).fill(withBiases ? weights[4 * size] : 0));
  for (let h = 0; h < size; h++) {
    const bias = withBiases ? weights[3 * size + h] : 0;
    const across = Float64Array.from(axis, (x) => Math.exp(-weights[h] * x));
    rows.forEach((row, index) => {
      const up = Math.exp(-(weights[size + h] * axis[index] + bias));
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

// The line where a surface is 0: of every cell of a grid whose corners differ in sign, the line
// between the crossings of its sides, parted where it bends. Empty where the surface is even.
/** @type {(height: Height, axis: ArrayLike<number>, rows?: Float64Array[]) => string} */
export function levelLine(height, axis, rows = sampled(height, axis)) {
  if (rows.every((row) => row.every((value) => Math.abs(value) < EVEN))) return "";
  const parts = [];
  for (let row = 0; row + 1 < axis.length; row++) {
    const [below, above] = [rows[row], rows[row + 1]];
    for (let column = 0; column + 1 < axis.length; column++) {
      const isUnder = below[column] < 0; // and so are the other corners, where no line crosses
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

// Where the line crosses the sides of a cell: two points a line.
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

// The point between two where a surface is 0 whose values at them differ in sign: by the method of
// false position, in which the value of an end that stays a second time is halved (Illinois).
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

// The points that a line from one crossing to the next bends through.
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
