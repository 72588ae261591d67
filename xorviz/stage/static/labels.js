// Labels of dots on a rising curve: each stands beside its dot on the side that the curve leaves free, and
// below or above those that would cover it.

/**
 * @typedef {{ x: number, y: number }} Dot
 * @typedef {{ left: number, top: number, width: number, height: number }} Plot
 */

const GAP = 7; // pixels between the middle of a dot and its label
const CLEAR = 11; // pixels below or above a dot, where its label does not fit beside it

// The places of labels so wide, a line each: where one starts, or ends with the anchor "end", and its middle.
/** @type {(dots: Dot[], plot: Plot, widths: number[], line: number) => { x: number, y: number, anchor: string }[]} */
export function stack(dots, { left, top, width, height }, widths, line) {
  const middle = top + height / 2;
  const sorted = [...dots.keys()].toSorted((a, b) => dots[a].y - dots[b].y || a - b);
  const places = dots.map(() => ({ x: NaN, y: NaN, anchor: "start" }));
  let next = -Infinity;
  for (const index of sorted.filter((each) => dots[each].y <= middle)) {
    const x = Math.min(dots[index].x + GAP, left + width - widths[index]);
    const y = Math.max(dots[index].y + (x < dots[index].x ? CLEAR : GAP), next);
    places[index] = { x, y, anchor: "start" };
    next = y + line;
  }
  next = Infinity;
  for (const index of sorted.toReversed().filter((each) => dots[each].y > middle)) {
    const x = Math.max(dots[index].x - GAP, left + widths[index]);
    const y = Math.min(dots[index].y - (x > dots[index].x ? CLEAR : GAP), next);
    places[index] = { x, y, anchor: "end" };
    next = y - line;
  }
  return places;
}
