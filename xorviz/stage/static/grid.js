// Where the cells of multiples stand, and the way from one to another.

const ASPECT = 1.2; // of a cell, at best
const GAP = 4; // pixels between cells
const HEAD = { left: 42, top: 14 }; // pixels of headings

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 * @typedef {{ boxes: Box[], rows: Box[], columns: Box[] }} Grid
 */

// Boxes of the cells, and of the headings of rows and columns where these are given, in type of this scale.
/** @type {(view: MultiplesSpec, width: number, height: number, scale?: number) => Grid} */
export function layOut({ names, places, rows, columns }, width, height, scale = 1) {
  if (!places) return { boxes: fill(names.length, width, height), rows: [], columns: [] };
  const [left, top] = [HEAD.left * scale, HEAD.top * scale];
  const cell = cellOf(columns.length, rows.length, width - left, height - top);
  const at = (/** @type {number} */ row, /** @type {number} */ column) => cell(row, column, left, top);
  return {
    boxes: places.map(([row, column]) => at(row, column)),
    rows: rows.map((_, row) => ({ ...at(row, 0), x: 0, width: left - GAP })),
    columns: columns.map((_, column) => ({ ...at(0, column), y: 0, height: top })),
  };
}

// Boxes row by row, in as many columns as make them largest.
/** @type {(count: number, width: number, height: number) => Box[]} */
function fill(count, width, height) {
  const numbers = Array.from({ length: count }, (_, index) => index);
  /** @type {(columns: number) => number} */
  const size = (columns) => Math.min(width / columns, (ASPECT * height) / Math.ceil(count / columns));
  const columns = 1 + numbers.reduce((best, each) => (size(each + 1) > size(best + 1) ? each : best), 0);
  const cell = cellOf(columns, Math.ceil(count / columns), width, height);
  return numbers.map((index) => cell(Math.floor(index / columns), index % columns, 0, 0));
}

/** @type {(columns: number, rows: number, width: number, height: number) => (row: number, column: number, left: number, top: number) => Box} */
function cellOf(columns, rows, width, height) {
  const gap = Math.min(GAP, width / columns / 8);
  const [across, down] = [(width + gap) / columns, (height + gap) / rows];
  return (row, column, left, top) => ({
    x: left + column * across,
    y: top + row * down,
    width: Math.max(across - gap, 1),
    height: Math.max(down - gap, 1),
  });
}

/** @type {Record<string, [right: number, down: number]>} */
export const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

// The nearest box that way, or the same one where there is none.
/** @type {(boxes: Box[], from: number, way: [right: number, down: number]) => number} */
export function neighbour(boxes, from, [right, down]) {
  let [nearest, least] = [from, Infinity];
  boxes.forEach((box, index) => {
    const [x, y] = [box.x - boxes[from].x, box.y - boxes[from].y];
    const ahead = x * right + y * down;
    const distance = ahead + 3 * Math.abs(x * down + y * right);
    if (ahead > 1 && distance < least) [nearest, least] = [index, distance];
  });
  return nearest;
}
