// Scales that change calmly while what they measure moves on.

const STEPS = [1, 2, 3, 5, 10];
const SLACK = 3; // a scale stays until the largest value is less than this part of it

// The smallest of 1, 2, 3, 5, 10, 20 and so on that is not below a value.
/** @param {number} value */
export function niceAbove(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(1));
}

// The scale for values, after the one before it, if there was one.
/** @type {(values: Iterable<number>, before?: number) => number} */
export function calmScale(values, before) {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  if (!(largest > 1e-300)) return before ?? 1;
  const stays = before !== undefined && largest <= before && largest * SLACK >= before;
  return stays ? before : niceAbove(largest);
}

// Writes such a number briefly.
/** @param {number} scale */
export function briefly(scale) {
  return scale < 1e-3 || scale >= 1e4 ? scale.toExponential(0).replace("-", "−") : String(scale);
}
