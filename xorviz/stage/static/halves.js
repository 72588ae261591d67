// The unit square in two halves: where a linear function is negative, and where it is positive.

/** @typedef {[x: number, y: number]} Point */

/** @type {Point[]} */
const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]];

// The corners of both halves for a·x + b·y + c, and the ends of the line between them; a half may have none.
/** @type {(line: ArrayLike<number>) => { halves: [negative: Point[], positive: Point[]], crossing: Point[] }} */
export function parted({ 0: a, 1: b, 2: c }) {
  /** @type {Point[][]} */
  const [negative, positive, crossing] = [[], [], []];
  /** @param {Point} point */
  const at = ([x, y]) => a * x + b * y + c;
  CORNERS.forEach((corner, index) => {
    const next = CORNERS[(index + 1) % CORNERS.length];
    const [here, there] = [at(corner), at(next)];
    if (here <= 0) negative.push(corner);
    if (here >= 0) positive.push(corner);
    if (here === 0) crossing.push(corner);
    if (!(here * there < 0)) return;
    const share = here / (here - there);
    /** @type {Point} */
    const between = [corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])];
    for (const part of [negative, positive, crossing]) part.push(between);
  });
  return { halves: [negative, positive], crossing: crossing.length === 2 ? crossing : [] };
}
