// The bars of a tug of war, up and down from a line, each with its number and its name; the last two are outlined.

import { bar, longBar, slots } from "./bars.js";
import { write } from "./panel.js";
import { briefly } from "./scale.js";
import { FAINT, node, setNew, text } from "./svg.js";

const SUMS = 2; // bars: the sum, and what comes of it
const SIZE = 11; // pixels of the type
const LINE = 15; // pixels of a line of it
const LEFT = 44; // pixels of the scale
const WIDEST = 84; // pixels of room for a bar
const NARROW = 46; // pixels of a bar, below which its number has fewer digits

export class TugBars {
  root = node("g");
  /** @type {SVGElement[]} */ bars;
  /** @type {SVGElement[]} */ numbers;
  /** @type {SVGElement[]} */ ends; // of the scale

  // Makes bars of these names, whose colours are those of down and up, with type of this scale.
  /** @param {string[]} names @param {string[]} colours @param {number} width @param {number} height @param {number} type */
  constructor(names, colours, width, height, type) {
    const left = LEFT * type;
    this.colours = colours;
    this.size = SIZE * type;
    this.line = LINE * type;
    this.middle = (height - this.line) / 2;
    this.full = this.middle - this.line; // pixels of the longest bar
    const room = slots(names.length - SUMS, SUMS, width - left, { sum: 1, apart: 0.4, widest: WIDEST * type });
    this.slots = room.map((slot) => ({ x: slot.x + left, width: slot.width }));
    this.digits = this.slots[0].width < NARROW * type ? 3 : 4;
    this.root.append(...this.ground(left, width), ...this.marks(names), ...this.labels(names, height));
  }

  // The line, and the ends of the scale.
  /** @type {(left: number, width: number) => SVGElement[]} */
  ground(left, width) {
    const heights = [1, 0, -1].map((sign) => this.middle - sign * this.full);
    this.ends = heights.map((y) => text("0", left - 6, y, { size: this.size, "text-anchor": "end", ...FAINT }));
    const lines = heights.map((y, index) =>
      node("path", { d: `M${left} ${y}H${width}`, stroke: "currentColor", "stroke-opacity": index === 1 ? 0.5 : 0.15 }));
    return [...lines, ...this.ends];
  }

  // The bars, and their numbers.
  /** @param {string[]} names */
  marks(names) {
    const outline = { stroke: "currentColor", "stroke-width": 1.5 };
    this.bars = names.map((_, index) => node("path", index < names.length - SUMS ? {} : outline));
    this.numbers = this.middles.map((x) => text("", x, 0, { size: this.size, "text-anchor": "middle", "font-weight": 600 }));
    return [...this.bars, ...this.numbers];
  }

  /** @type {(names: string[], height: number) => SVGElement[]} */
  labels(names, height) {
    return this.middles.map((x, index) => text(names[index], x, height - this.line / 2, { size: this.size, "text-anchor": "middle" }));
  }

  get middles() {
    return this.slots.map(({ x, width }) => x + width / 2);
  }

  // Draws the bars, where one of this scale is longest. A longer one ends in a point.
  /** @type {(values: number[], scale: number) => void} */
  draw(values, scale) {
    ["", "−"].forEach((sign, index) => write(this.ends[2 * index], sign + briefly(scale)));
    values.forEach((value, index) => {
      const { x, width } = this.slots[index];
      const size = Math.min(Math.abs(value) / scale, 1) || 0;
      const up = Math.sign(value) * size * this.full || 0;
      const path = Math.abs(value) > scale ? longBar : bar;
      setNew(this.bars[index], "d", path(x, this.middle, width, up));
      setNew(this.bars[index], "fill", this.colours[Number(value > 0)]);
      const y = this.middle - up + (up < 0 ? 0.5 : -0.5) * this.line + 0.35 * this.size;
      setNew(this.numbers[index], "y", y.toFixed(1));
    });
  }

  /** @param {string[]} texts */
  write(texts) {
    texts.forEach((content, index) => write(this.numbers[index], content));
  }
}
