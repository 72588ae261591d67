// The course of a diagram's edges, and which of them is pointed at: the nearest one within reach, as a thin
// line is hard to hit.

const REACH = 12; // pixels
const PIECES = 16; // straight ones that a curve is measured by

/** @typedef {[x: number, y: number]} Point */

// The squares of the nodes at an edge's two ends give its start and end: it leaves one to the right and enters
// the other from the left.
/** @type {(edge: EdgeSpec, squares: Square[]) => [start: Point, end: Point]} */
export function ends({ source, target }, squares) {
  const [from, to] = [squares[source], squares[target]];
  return [[from.x + from.side / 2, from.y], [to.x - to.side / 2, to.y]];
}

/** @type {(edge: EdgeSpec, squares: Square[]) => string} */
export function curve(edge, squares) {
  const [[start, from], [end, to]] = ends(edge, squares);
  const middle = (start + end) / 2;
  return `M${start},${from}C${middle},${from} ${middle},${to} ${end},${to}`;
}

// The index of the edge that is nearest to a point; -1 where none is within reach.
/** @type {(point: Point, edges: EdgeSpec[], squares: Square[]) => number} */
export function nearest(point, edges, squares) {
  const distances = edges.map((edge) => distance(point, ends(edge, squares)));
  const least = Math.min(...distances);
  return least <= REACH ? distances.indexOf(least) : -1;
}

// How far a point is from the curve between two ends.
/** @type {(point: Point, ends: [Point, Point]) => number} */
function distance(point, [start, end]) {
  const points = Array.from({ length: PIECES + 1 }, (_, piece) => along(start, end, piece / PIECES));
  return Math.min(...points.slice(1).map((next, index) => toPiece(point, points[index], next)));
}

// The point of the curve, a Bézier curve, at a share of its way.
/** @type {(start: Point, end: Point, share: number) => Point} */
export function along([x, y], [right, up], share) {
  const rise = share * share * (3 - 2 * share);
  const run = 1.5 * share * (1 - share) + share ** 3;
  return [x + run * (right - x), y + rise * (up - y)];
}

/** @type {(point: Point, from: Point, to: Point) => number} */
function toPiece([x, y], [left, low], [right, high]) {
  const [width, height] = [right - left, high - low];
  const share = ((x - left) * width + (y - low) * height) / (width * width + height * height || 1);
  const nearby = Math.min(Math.max(share, 0), 1);
  return Math.hypot(x - left - nearby * width, y - low - nearby * height);
}
