// The plot of a unit in its cell: the curve σ over the weighted sum, and where inputs stand on it.

import { round } from "./bars.js";
import { FAINT, text } from "./svg.js";

/**
 * @import { Box } from "./grid.js"
 * @import { Dot } from "./labels.js"
 */

const EDGE = 6; // pixels around a curve
const FOOT = 10; // pixels of the axis, where it has ticks
const SIZE = 9; // of the type
const TANGENT = 0.16; // of the plot's shorter side, that half a tangent is long

export class UnitPlot {
  // Makes the plot in a cell below a heading so high, with type of this scale.
  /** @param {Box} cell @param {MultiplesSpec["look"]} look @param {number} head @param {number} scale @param {boolean} hasTicks */
  constructor({ x, y, width, height }, look, head, scale, hasTicks) {
    this.look = look;
    this.size = SIZE * scale;
    this.left = x + EDGE;
    this.top = y + head + EDGE / 2;
    this.width = width - 2 * EDGE;
    this.height = Math.max(height - head - 1.5 * EDGE - (hasTicks ? FOOT * scale : 0), 1);
  }

  // Where an input stands; one whose sum is beyond the plot's reach, at its end.
  /** @type {(sum: number, activation: number) => Dot} */
  dotAt(sum, activation) {
    const across = Math.min(Math.max(sum / this.look.reach, -1), 1);
    return { x: this.left + (this.width * (1 + across)) / 2, y: this.top + this.height * (1 - activation) };
  }

  // How far down the curve is, that far to the right.
  /** @param {number} x */
  curveAt(x) {
    const { curve } = this.look;
    const share = Math.min(Math.max((x - this.left) / this.width, 0), 1);
    return this.top + this.height * (1 - curve[Math.round(share * (curve.length - 1))]);
  }

  get axes() {
    const { left, top, width, height } = this;
    return `M${left + width / 2} ${top}v${height}M${left} ${top + height}h${width}`;
  }

  get curve() {
    const { curve } = this.look;
    const points = curve.map((activation, index) => {
      const across = index / (curve.length - 1);
      return `${round(this.left + this.width * across)} ${round(this.top + this.height * (1 - activation))}`;
    });
    return `M${points.join("L")}`;
  }

  // The steepest tangent that there is, through the curve's middle.
  get steepest() {
    const [from, to] = [this.dotAt(-2, 0), this.dotAt(2, 1)];
    return `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`;
  }

  // The tangent at a dot, as far as it stays in the cell.
  /** @type {(dot: Dot, derivative: number) => string} */
  tangent({ x, y }, derivative) {
    const { left, top, width, height } = this;
    const slope = (derivative * height * 2 * this.look.reach) / width;
    const half = (TANGENT * Math.min(width, height)) / Math.hypot(1, slope);
    const back = Math.min(half, x - left, (top + height + EDGE - y) / slope);
    const on = Math.min(half, left + width - x, (y - top + EDGE) / slope);
    return `M${round(x - back)} ${round(y + slope * back)}L${round(x + on)} ${round(y - slope * on)}`;
  }

  // The ends and the middle of the axis, and the slope of the steepest tangent beside it.
  get ticks() {
    const { left, top, width, height, size, look: { reach } } = this;
    const steepest = this.dotAt(-2, 0);
    /** @type {[string, number, string][]} */
    const ticks = [[`z −${reach}`, left, "start"], ["0", left + width / 2, "middle"], [String(reach), left + width, "end"]];
    return [
      text("¼", steepest.x + 0.6 * size, steepest.y - 0.6 * size, { size, ...FAINT }),
      ...ticks.map(([content, x, anchor]) => text(content, x, top + height + size / 2 + 2, { size, "text-anchor": anchor, ...FAINT })),
    ];
  }
}
