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

  // Makes bars of these names, whose colours are those of down and up, with type of this scale.
  /** @param {string[]} names @param {string[]} colours @param {number} width @param {number} height @param {number} type */
  constructor(names, colours, width, height, type) {
    const [left, line, size] = [LEFT * type, LINE * type, SIZE * type];
    this.colours = colours;
    this.line = line;
    this.middle = (height - line) / 2;
    this.full = this.middle - line; // pixels of the longest bar
    const room = slots(names.length - SUMS, SUMS, width - left, { sum: 1, apart: 0.4, widest: WIDEST * type });
    this.slots = room.map((slot) => ({ x: slot.x + left, width: slot.width }));
    const outline = { stroke: "currentColor", "stroke-width": 1.5 };
    this.bars = names.map((_, index) => node("path", index < names.length - SUMS ? {} : outline));
    const look = { size, "text-anchor": "middle" };
    const middles = this.slots.map((slot) => slot.x + slot.width / 2);
    this.digits = this.slots[0].width < NARROW * type ? 3 : 4;
    this.baseline = 0.35 * size;
    this.numbers = middles.map((x) => text("", x, 0, { ...look, "font-weight": 600 }));
    this.ends = [1, 0, -1].map((sign) => text("0", left - 6, this.middle - sign * this.full, { size, "text-anchor": "end", ...FAINT }));
    const grid = [1, -1].map((sign) => `M${left} ${this.middle - sign * this.full}H${width}`).join("");
    this.root.append(
      node("path", { d: grid, stroke: "currentColor", "stroke-opacity": 0.15 }),
      ...this.bars,
      node("path", { d: `M${left} ${this.middle}H${width}`, stroke: "currentColor", "stroke-opacity": 0.5 }),
      ...this.ends,
      ...this.numbers,
      ...middles.map((x, index) => text(names[index], x, height - line / 2, look)),
    );
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
      const y = this.middle - up + (up < 0 ? 0.5 : -0.5) * this.line + this.baseline;
      setNew(this.numbers[index], "y", y.toFixed(1));
    });
  }

  /** @param {string[]} texts */
  write(texts) {
    texts.forEach((content, index) => write(this.numbers[index], content));
  }
}
