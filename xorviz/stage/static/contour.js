// Contours of a grid: the lines along which it has a value, as straight pieces through its cells.

/** @typedef {(from: [x: number, y: number], to: [x: number, y: number]) => void} Draw */

// The values between two ends at which there are contours: a step from each other, and none at 0.
/** @type {(low: number, high: number, step: number) => number[]} */
export function levels(low, high, step) {
  const first = Math.floor(low / step + 0.5) + 0.5;
  const count = Math.max(Math.ceil(high / step - first), 0);
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

// Calls `draw(from, to)` for each piece, in columns and rows of the grid. The values ascend. A cell with a corner that
// is not a number has no piece.
/** @type {(rows: Rows, values: number[], draw: Draw) => void} */
export function contour(rows, values, draw) {
  for (let y = 0; y + 1 < rows.length; y++) {
    const [below, above] = [rows[y], rows[y + 1]];
    for (let x = 0; x + 1 < below.length; x++) {
      const corners = [below[x], below[x + 1], above[x + 1], above[x]];
      const low = Math.min(corners[0], corners[1], corners[2], corners[3]);
      const high = Math.max(corners[0], corners[1], corners[2], corners[3]);
      if (!(high - low < Infinity)) continue;
      for (const value of values) {
        if (value > high) break;
        if (value > low) cross(corners, value, x, y, draw);
      }
    }
  }
}

const SIDES = [[0, 0, 1, 0], [1, 0, 1, 1], [1, 1, 0, 1], [0, 1, 0, 0]]; // around a cell: from x, y to x, y

// The pieces in one cell. Where all four sides are crossed, the middle tells which belong together.
/** @type {(corners: number[], value: number, x: number, y: number, draw: Draw) => void} */
function cross(corners, value, x, y, draw) {
  /** @type {[number, number][]} */
  const ends = [];
  SIDES.forEach(([x0, y0, x1, y1], side) => {
    const [from, to] = [corners[side], corners[(side + 1) % 4]];
    if (from < value === to < value) return;
    const share = (value - from) / (to - from);
    ends.push([x + x0 + share * (x1 - x0), y + y0 + share * (y1 - y0)]);
  });
  if (ends.length < 4) return draw(ends[0], ends[1]);
  const middle = corners.reduce((sum, corner) => sum + corner) / 4;
  const isTurned = middle < value === corners[0] < value; // the first corner goes with the middle
  draw(ends[0], ends[isTurned ? 1 : 3]);
  draw(ends[2], ends[isTurned ? 3 : 1]);
}

// The value of a grid at a column and a row that need not be whole, between its four neighbours.
/** @type {(rows: Rows, x: number, y: number) => number} */
export function sample(rows, x, y) {
  const [column, row] = [part(x, rows[0].length), part(y, rows.length)];
  const [right, up] = [x - column, y - row];
  /** @type {(values: ArrayLike<number>) => number} */
  const along = (values) => values[column] * (1 - right) + values[column + 1] * right;
  return along(rows[row]) * (1 - up) + along(rows[row + 1]) * up;
}

/** @type {(value: number, count: number) => number} */
function part(value, count) {
  return Math.min(Math.max(Math.floor(value), 0), count - 2);
}
