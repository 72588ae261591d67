// Labels of dots on a rising curve: each stands beside its dot on the side that the curve leaves free, and
// below or above those that would cover it.

/**
 * @typedef {{ x: number, y: number }} Dot
 * @typedef {{ left: number, top: number, width: number, height: number }} Plot
 */

const GAP = 7; // pixels between the middle of a dot and its label
const FAR = 3; // lines that the curve may keep a label from its dot

// The places of labels so wide, a line each: where one starts, or ends with the anchor "end", and its middle. A dot
// without a place has none. `curveAt(x)` is where the curve is.
/** @type {(dots: Dot[], plot: Plot, widths: number[], line: number, curveAt: (x: number) => number) => { x: number, y: number, anchor: string }[]} */
export function stack(dots, { left, top, width, height }, widths, line, curveAt) {
  /** @type {(curve: number) => number} */
  const clear = (curve) => Math.min(Math.max(GAP, curve + line), FAR * line); // pixels from a dot to its label
  const middle = top + height / 2;
  const placed = [...dots.keys()].filter((index) => Number.isFinite(dots[index].y));
  const sorted = placed.toSorted((a, b) => dots[a].y - dots[b].y || a - b);
  const places = dots.map(() => ({ x: NaN, y: NaN, anchor: "start" }));
  let next = -Infinity;
  for (const index of sorted.filter((each) => dots[each].y <= middle)) {
    const x = Math.min(dots[index].x + GAP, left + width - widths[index]);
    const y = Math.max(dots[index].y + clear(curveAt(x) - dots[index].y), next);
    places[index] = { x, y, anchor: "start" };
    next = y + line;
  }
  next = Infinity;
  for (const index of sorted.toReversed().filter((each) => dots[each].y > middle)) {
    const x = Math.max(dots[index].x - GAP, left + widths[index]);
    const y = Math.min(dots[index].y - clear(dots[index].y - curveAt(x)), next);
    places[index] = { x, y, anchor: "end" };
    next = y - line;
  }
  return places;
}
