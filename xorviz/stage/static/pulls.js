// The cells of a tug of war: a bar for each input's pull at a weight, and a wide one for their sum.

import { bar, slots } from "./bars.js";
import { significant, write } from "./panel.js";
import { rowOf } from "./payload.js";
import { briefly, calmScale } from "./scale.js";
import { FAINT, node, setNew, text } from "./svg.js";

/** @import { Box, Grid } from "./grid.js" */

const LONGEST = 0.96; // of the height on its side of the line, that the longest bar takes
const ROOMY = { width: 90, height: 44 }; // pixels of a cell from which each bar has a name
const SIZE = 10; // of the type
const NAME = 11; // pixels of the names of bars

export class Pulls {
  root = node("g");
  /** @type {number[]} */ scales = []; // of the layers: the pull whose bar is longest

  // Makes the cells of a grid, with type of this scale.
  /** @param {MultiplesSpec} view @param {Grid} grid @param {Palette} palette @param {number} scale */
  constructor({ look, inputs }, { boxes, rows }, palette, scale) {
    const ink = palette["font.color"];
    const isRoomy = boxes[0].width >= ROOMY.width * scale && boxes[0].height >= ROOMY.height * scale;
    const outline = { stroke: ink, "stroke-width": isRoomy ? 1.5 : 1 };
    const { colours } = look;
    this.boxes = boxes.map((box) => ({ ...box, height: box.height - (isRoomy ? NAME * scale : 0) }));
    this.layers = /** @type {number[]} */ (look.layers);
    this.rows = /** @type {number[]} */ (look.rows); // the layer of each row
    this.slots = slots(inputs.length, 1, boxes[0].width);
    this.parts = colours.map((fill) => node("path", { fill }));
    this.sums = colours.map((fill) => node("path", { fill, ...outline }));
    this.labels = rows.map(({ x, y, width, height }) =>
      text("", x + width, y + height / 2 + SIZE * scale * 0.7, { size: SIZE * scale, "text-anchor": "end", ...FAINT }));
    const grounds = boxes.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`);
    const lines = this.boxes.map(({ x, y, width, height }) => `M${x} ${y + height / 2}h${width}`);
    this.root.append(
      node("path", { d: grounds.join(""), fill: ink, "fill-opacity": 0.05 }),
      ...this.parts,
      ...this.sums,
      node("path", { d: lines.join(""), stroke: ink, "stroke-opacity": 0.5 }),
      ...this.labels,
      ...(isRoomy ? this.boxes.flatMap((box) => this.nameBars(box, [...inputs, "sum"], scale)) : []),
    );
  }

  // Names the bars of a cell below them.
  /** @type {(box: Box, names: string[], scale: number) => SVGElement[]} */
  nameBars({ x, y, height }, names, scale) {
    const look = { size: 0.9 * SIZE * scale, "text-anchor": "middle", ...FAINT };
    return this.slots.map(({ x: left, width }, index) => text(names[index], x + left + width / 2, y + height + (NAME * scale) / 2, look));
  }

  // Moves the bars to a frame. All of a colour are one path: a path each would cost the browser more.
  /** @type {(view: MultiplesSpec, frame: number) => void} */
  follow({ values, inputs, names }, frame) {
    const count = inputs.length;
    const pulls = rowOf(values.pulls, frame, names.length * count);
    const sums = rowOf(values.sums, frame, names.length);
    this.rescale(pulls, sums, count);
    const drawn = { parts: ["", ""], sums: ["", ""] };
    this.boxes.forEach((box, cell) => {
      this.add(drawn.sums, box, cell, count, sums[cell]);
      for (let row = 0; row < count; row++) this.add(drawn.parts, box, cell, row, pulls[cell * count + row]);
    });
    this.parts.forEach((path, sign) => setNew(path, "d", drawn.parts[sign]));
    this.sums.forEach((path, sign) => setNew(path, "d", drawn.sums[sign]));
  }

  // Has each layer's longest bar fit.
  /** @type {(pulls: Values, sums: Values, count: number) => void} */
  rescale(pulls, sums, count) {
    for (const layer of new Set(this.layers)) {
      const own = [...this.layers.keys()].filter((cell) => this.layers[cell] === layer);
      const sizes = own.flatMap((cell) => [sums[cell], ...pulls.subarray(cell * count, (cell + 1) * count)]);
      this.scales[layer] = calmScale(sizes, this.scales[layer]);
    }
  }

  // Adds a cell's bar to the path of its sign.
  /** @type {(paths: string[], box: Box, cell: number, slot: number, value: number) => void} */
  add(paths, { x, y, height }, cell, slot, value) {
    if (!Number.isFinite(value)) return;
    const { x: left, width } = this.slots[slot];
    const up = ((value / this.scales[this.layers[cell]]) * LONGEST * height) / 2;
    paths[Number(value > 0)] += bar(x + left, y + height / 2, width, up);
  }

  // Writes the scales.
  write() {
    this.labels.forEach((label, row) => write(label, `±${briefly(this.scales[this.rows[row]])}`));
  }
}

// A cell's name, and its numbers.
/** @type {(view: MultiplesSpec, frame: number, cell: number) => string[]} */
export function tellPulls({ names, inputs, values }, frame, cell) {
  const at = frame * names.length + cell;
  const pulls = rowOf(values.pulls, at, inputs.length);
  return [
    names[cell],
    ...inputs.map((input, row) => `${input} ${significant(pulls[row])}`),
    `sum ${significant(values.sums[at])}`,
    `update ${significant(values.updates[at])}`,
  ];
}
