// The decision boundary: the line where a network's output is 0.5, which is where the pre-activation z
// of its output is 0. It is computed from the weights, the stage's only arithmetic on them: outputs
// rounded for the picture would put it elsewhere where they are nearly even.

const HALVINGS = 14; // of a grid's side, until a crossing is found within a millionth
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
  return levelLine(preActivation(weightsAt(spec, frame), spec.hidden_size), axis);
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

// The line where a surface is 0: of every cell of a grid whose corners differ in sign, the line
// between the crossings of its sides, parted where it bends. Empty where the surface is even.
/** @type {(height: Height, axis: ArrayLike<number>) => string} */
export function levelLine(height, axis) {
  const rows = Array.from(axis, (y) => Float64Array.from(axis, (x) => height(x, y)));
  if (rows.every((row) => row.every((value) => Math.abs(value) < EVEN))) return "";
  const parts = [];
  for (let row = 0; row + 1 < axis.length; row++) {
    const [below, above] = [rows[row], rows[row + 1]];
    for (let column = 0; column + 1 < axis.length; column++) {
      const isUnder = below[column] < 0; // and so are the other corners, where no line crosses
      if (below[column + 1] < 0 === isUnder && above[column] < 0 === isUnder && above[column + 1] < 0 === isUnder) continue;
      const points = crossings(height, axis, row, column);
      for (let i = 0; i + 1 < points.length; i += 2) {
        const bends = between(height, points[i], points[i + 1], DEEPEST);
        parts.push(`M${[points[i], ...bends, points[i + 1]].map(written).join("L")}`);
      }
    }
  }
  return parts.join("");
}

// Where the line crosses the sides of a cell: two points a line.
/** @type {(height: Height, axis: ArrayLike<number>, row: number, column: number) => Point[]} */
function crossings(height, axis, row, column) {
  const [left, right] = [axis[column], axis[column + 1]];
  const [bottom, top] = [axis[row], axis[row + 1]];
  /** @type {Point[]} */
  const corners = [[left, bottom], [right, bottom], [right, top], [left, top]];
  const points = corners.flatMap((corner, index) => {
    const crossing = zeroBetween(height, corner, corners[(index + 1) % 4]);
    return crossing ? [crossing] : [];
  });
  // Of four crossings each belongs to the neighbour across the corner that is cut off from the middle.
  const isUnder = height((left + right) / 2, (bottom + top) / 2) < 0;
  if (points.length === 4 && height(left, bottom) < 0 !== isUnder) points.unshift(/** @type {Point} */ (points.pop()));
  return points;
}

// The point between two where the surface is 0; null where it has the same sign at both.
/** @type {(height: Height, from: Point, to: Point) => Point | null} */
function zeroBetween(height, from, to) {
  const isUnder = height(...from) < 0;
  if (height(...to) < 0 === isUnder) return null;
  let [near, far] = [from, to];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = middleOf(near, far);
    if (height(...middle) < 0 === isUnder) near = middle;
    else far = middle;
  }
  return middleOf(near, far);
}

// The points that a line from one crossing to the next bends through.
/** @type {(height: Height, from: Point, to: Point, depth: number) => Point[]} */
function between(height, from, to, depth) {
  const [[x, y], across] = [middleOf(from, to), [(from[1] - to[1]) / 2, (to[0] - from[0]) / 2]];
  const bend = zeroBetween(height, [x - across[0], y - across[1]], [x + across[0], y + across[1]]);
  if (!bend || depth === 0 || Math.hypot(bend[0] - x, bend[1] - y) < STRAIGHT) return [];
  return [...between(height, from, bend, depth - 1), bend, ...between(height, bend, to, depth - 1)];
}

/** @type {(a: Point, b: Point) => Point} */
function middleOf(a, b) {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** @type {(point: Point) => string} */
function written([x, y]) {
  return `${x.toFixed(4)},${y.toFixed(4)}`;
}
