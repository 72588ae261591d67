// A plane of two numbers from 0 to 1 as a square of SVG, with its axes.

import { round } from "./bars.js";
import { FAINT, node, text } from "./svg.js";

const GAP = 8; // pixels above the square and to its right

export class Plane {
  // Takes a square room so wide, with type of this size.
  /** @param {number} x @param {number} y @param {number} room @param {number} size */
  constructor(x, y, room, size) {
    const axis = 2.4 * size;
    this.size = size;
    this.side = Math.max(room - axis - GAP, 1);
    this.left = x + axis;
    this.top = y + GAP;
  }

  /** @param {number} share */
  across(share) {
    return round(this.left + this.side * share);
  }

  /** @param {number} share */
  up(share) {
    return round(this.top + this.side * (1 - share));
  }

  // The outline, and both axes with the names of what they are for; a segment has one.
  /** @type {(names: string[], ink: string) => SVGElement[]} */
  frame([right, upwards], ink) {
    const { left, top, side, size } = this;
    const bottom = top + side;
    const [below, before] = [bottom + 0.8 * size, left - 0.4 * size];
    const middle = { size, "text-anchor": "middle" };
    const outline = node("rect", { x: left, y: top, width: side, height: side, fill: "none", stroke: ink, "stroke-opacity": 0.3 });
    const ticks = [0, 0.5, 1].flatMap((share) => [
      text(String(share), left + share * side, below, { ...middle, ...FAINT }),
      ...(upwards ? [text(String(share), before, bottom - share * side, { size, "text-anchor": "end", ...FAINT })] : []),
    ]);
    const names = [text(right, left + 0.75 * side, below, { ...middle, "font-weight": 600 })];
    if (upwards) names.push(text(upwards, before, bottom - 0.75 * side, { size, "text-anchor": "end", "font-weight": 600 }));
    return [outline, ...ticks, ...names];
  }
}
