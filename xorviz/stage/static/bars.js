// Bars up and down from a line: where they stand, and their outlines as paths.

const FILLED = 0.8; // of its room, that a bar is wide
const SHAPE = { sum: 1.6, apart: 0.8, widest: 40 }; // of the usual bars

/**
 * How wide a sum is, and what is apart before it, both in bars; and the most pixels of room for a bar.
 * @typedef {{ sum: number, apart: number, widest: number }} Shape
 * @typedef {{ x: number, width: number }} Slot
 */

// The room for so many bars beside each other and so many sums of them, in the middle of a width.
/** @type {(count: number, sums: number, width: number, shape?: Shape) => Slot[]} */
export function slots(count, sums, width, { sum, apart, widest } = SHAPE) {
  const all = count + sums * (apart + sum);
  const unit = Math.min(width / (all + 1 - FILLED), widest);
  const left = (width - unit * (all - 1 + FILLED)) / 2;
  return Array.from({ length: count + sums }, (_, index) => {
    const number = Math.max(index - count + 1, 0); // 1 for the first sum
    const before = number ? count + number * apart + (number - 1) * sum : index;
    return { x: left + unit * before, width: unit * (FILLED + (number ? sum - 1 : 0)) };
  });
}

// A bar from a line at y, so many pixels up, or down where that is negative.
/** @type {(x: number, y: number, width: number, up: number) => string} */
export function bar(x, y, width, up) {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(-up)}h${round(-width)}z`;
}

const POINT = 7; // pixels of its point

// A bar that is longer than the room there is: it ends in a point.
/** @type {(x: number, y: number, width: number, up: number) => string} */
export function longBar(x, y, width, up) {
  const point = Math.sign(up) * POINT;
  return `M${round(x)} ${round(y)}v${round(point - up)}l${round(width / 2)} ${-point}l${round(width / 2)} ${point}V${round(y)}z`;
}

// Pixels to a tenth.
/** @param {number} pixels */
export function round(pixels) {
  return Math.round(10 * pixels) / 10;
}
