// The cells of units: each has the curve σ, the inputs as dots at their sums, and the tangent at each.

import { round } from "./bars.js";
import { stack } from "./labels.js";
import { significant, write } from "./panel.js";
import { rowOf } from "./payload.js";
import { node, setNew, text, widthOf } from "./svg.js";
import { UnitPlot } from "./unitplot.js";

/**
 * @import { Box, Grid } from "./grid.js"
 * @import { Dot } from "./labels.js"
 */

const ROOMY = { labels: 2.7, height: 84 }; // how many labels wide, and pixels high, a cell is that has them
const HEAD = 13; // pixels of a cell's heading
const SIZE = 10; // of the type
const LABEL = "00 σ′ 0.25"; // a label as most are
const LINE = 10.5; // pixels from one label to the next
const WIDTHS = { roomy: { dot: 9, tangent: 3.5 }, small: { dot: 6, tangent: 2.5 } }; // pixels
const RIM = 2; // pixels around a dot

export class Sigmoids {
  root = node("g");
  /** @type {Dot[][]} */ inputs = []; // where they stand in each cell
  /** @type {number[]} */ colourOf; // the number of each input's colour
  /** @type {number} */ arm; // of a cross
  /** @type {SVGElement[]} */ tangents;
  /** @type {SVGElement[]} */ rims;
  /** @type {SVGElement[]} */ dots;
  /** @type {SVGElement[]} */ crosses;
  /** @type {SVGElement[][]} */ labels;
  /** @type {number[][]} */ widths; // of the labels
  /** @type {SVGElement[]} */ flattest;

  // Makes the cells of a grid, with type of this scale.
  /** @param {MultiplesSpec} view @param {Grid} grid @param {Palette} palette @param {number} scale */
  constructor({ names, look, inputs }, { boxes }, palette, scale) {
    const [{ width, height }] = boxes;
    const label = widthOf(LABEL, SIZE * scale);
    this.scale = scale;
    this.letter = label / LABEL.length; // its width
    this.isRoomy = width >= ROOMY.labels * label && height >= ROOMY.height * scale;
    this.plots = boxes.map((box) => new UnitPlot(box, look, HEAD * scale, scale, this.isRoomy));
    this.root.append(...this.ground(boxes, look.muted, palette["font.color"]), ...this.marks(look), ...this.texts(boxes, names, inputs));
  }

  // What stays: the curves, their axes, and the steepest tangents that there are.
  /** @type {(boxes: Box[], muted: string, ink: string) => SVGElement[]} */
  ground(boxes, muted, ink) {
    const { plots } = this;
    /** @param {(plot: UnitPlot) => string} part */
    const all = (part) => plots.map(part).join("");
    const grounds = boxes.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`);
    return [
      node("path", { d: grounds.join(""), fill: ink, "fill-opacity": 0.05 }),
      node("path", { d: all(({ axes }) => axes), stroke: ink, "stroke-opacity": 0.25 }),
      node("path", { d: all(({ steepest }) => steepest), stroke: muted, "stroke-dasharray": "3 3" }),
      node("path", { d: all(({ curve }) => curve), fill: "none", stroke: muted, "stroke-width": 1.5 }),
      ...(this.isRoomy ? plots.flatMap(({ ticks }) => ticks) : []),
    ];
  }

  // What moves. All dots of a colour are one path: a circle each would cost the browser more.
  /** @param {MultiplesSpec["look"]} look */
  marks({ colours, inputs }) {
    const { dot, tangent } = WIDTHS[this.isRoomy ? "roomy" : "small"];
    const fills = [...new Set(inputs)];
    this.colourOf = inputs.map((colour) => fills.indexOf(colour));
    this.arm = dot / 2;
    this.tangents = colours.map((colour) => line(colour, tangent));
    this.rims = [line("#fff", dot + RIM), line("#fff", dot / 2 + RIM)];
    this.dots = fills.map((colour) => line(colour, dot));
    this.crosses = fills.map((colour) => line(colour, dot / 2));
    return [...this.tangents, ...this.rims, ...this.dots, ...this.crosses];
  }

  // The name of each cell, and the derivatives at its inputs; in small cells the smallest of them.
  /** @type {(boxes: Box[], names: string[], inputs: string[]) => SVGElement[]} */
  texts(boxes, names, inputs) {
    const [size, middle] = [SIZE * this.scale, (HEAD * this.scale) / 2 + 1];
    const headings = boxes.map(({ x, y }, cell) => text(names[cell], x + 3, y + middle, { size, "font-weight": 600 }));
    this.labels = this.isRoomy ? boxes.map(() => inputs.map(() => text("", 0, 0, { size }))) : [];
    this.widths = this.labels.map(() => inputs.map(() => 0));
    this.flattest = this.isRoomy ? [] : boxes.map(({ x, y, width }) => text("", x + width - 2, y + middle, { size, "text-anchor": "end" }));
    return [...headings, ...this.labels.flat(), ...this.flattest];
  }

  // Moves the inputs to a frame.
  /** @type {(view: MultiplesSpec, frame: number) => void} */
  follow({ values, inputs, names }, frame) {
    const size = names.length * inputs.length;
    const [sums, activations, derivatives, wrong] = ["sums", "activations", "derivatives", "wrong"].map((name) => rowOf(values[name], frame, size));
    const [dots, crosses] = [this.dots.map(() => ""), this.crosses.map(() => "")];
    this.plots.forEach((plot, cell) => {
      let tangents = "";
      this.inputs[cell] = inputs.map((_, row) => {
        const index = cell * inputs.length + row;
        const dot = plot.dotAt(sums[index], activations[index]);
        if (!Number.isFinite(dot.x + dot.y)) return dot;
        tangents += plot.tangent(dot, derivatives[index]);
        if (wrong[index]) crosses[this.colourOf[row]] += cross(dot, this.arm);
        else dots[this.colourOf[row]] += `M${round(dot.x)} ${round(dot.y)}h0`;
        return dot;
      });
      setNew(this.tangents[cell], "d", tangents);
      this.place(cell);
    });
    [dots, crosses].forEach((all, index) => setNew(this.rims[index], "d", all.join("")));
    this.dots.forEach((path, index) => setNew(path, "d", dots[index]));
    this.crosses.forEach((path, index) => setNew(path, "d", crosses[index]));
  }

  // Puts the labels of a cell beside its dots.
  /** @param {number} cell */
  place(cell) {
    if (!this.isRoomy) return;
    const plot = this.plots[cell];
    const places = stack(this.inputs[cell], plot, this.widths[cell], LINE * this.scale, (x) => plot.curveAt(x));
    places.forEach(({ x, y, anchor }, row) => {
      const label = this.labels[cell][row];
      if (Number.isNaN(x + y)) return setNew(label, "visibility", "hidden"); // its sum is no number
      setNew(label, "visibility", "visible");
      setNew(label, "x", String(round(x)));
      setNew(label, "y", String(round(y + 0.35 * SIZE * this.scale)));
      setNew(label, "text-anchor", anchor);
    });
  }

  // Writes the derivatives.
  /** @type {(view: MultiplesSpec, frame: number) => void} */
  write({ values, inputs, names }, frame) {
    this.labels.forEach((labels, cell) => {
      const derivatives = rowOf(values.derivatives, frame * names.length + cell, inputs.length);
      labels.forEach((label, row) => {
        const written = `${inputs[row]} σ′ ${significant(derivatives[row], 2)}`;
        this.widths[cell][row] = written.length * this.letter;
        write(label, written);
      });
      this.place(cell); // by how long its labels are
    });
    this.flattest.forEach((label, cell) => write(label, `≥${significant(values.flattest[frame * names.length + cell], 2)}`));
  }
}

// A path of lines with round ends: one of no length is a dot.
/** @type {(stroke: string, width: number) => SVGElement} */
function line(stroke, width) {
  return node("path", { fill: "none", stroke, "stroke-width": width, "stroke-linecap": "round" });
}

/** @type {(dot: Dot, arm: number) => string} */
function cross({ x, y }, arm) {
  return `M${round(x - arm)} ${round(y - arm)}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
}

// A cell's name, and its numbers.
/** @type {(view: MultiplesSpec, frame: number, cell: number) => string[]} */
export function tellSigmoids({ names, inputs, values }, frame, cell) {
  const at = frame * names.length + cell;
  const [sums, activations, derivatives] = ["sums", "activations", "derivatives"].map((name) => rowOf(values[name], at, inputs.length));
  /** @type {(row: number) => string} */
  const numbers = (row) => `z ${significant(sums[row])}, σ ${significant(activations[row])}, σ′ ${significant(derivatives[row])}`;
  return [names[cell], ...inputs.map((input, row) => `${input}: ${numbers(row)}`)];
}
