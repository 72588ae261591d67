// The cells of units: each has the curve σ, the inputs as dots at their sums, and the tangent at each.

import { round } from "./bars.js";
import { stack } from "./labels.js";
import { significant, write } from "./panel.js";
import { rowOf } from "./payload.js";
import { FAINT, node, setNew, text, widthOf } from "./svg.js";

/**
 * @import { Box, Grid } from "./grid.js"
 * @import { Dot, Plot } from "./labels.js"
 */

const ROOMY = { labels: 2.7, height: 84 }; // how many labels wide, and pixels high, a cell is that has them
const HEAD = 13; // pixels of a cell's heading
const FOOT = 10; // pixels of its axis
const EDGE = 6; // pixels around a curve
const SIZE = 10; // of the type
const LABEL = "00 σ′ 0.25"; // a label as most are
const LINE = 10.5; // pixels from one label to the next
const TANGENT = 0.16; // of a curve's shorter side, that half a tangent is long
const DOT = { roomy: 9, small: 6 }; // pixels
const RIM = 2; // pixels around a dot

export class Sigmoids {
  root = node("g");
  /** @type {Dot[][]} */ inputs = []; // where they stand in each cell

  // Makes the cells of a grid, with type of this scale.
  /** @param {MultiplesSpec} view @param {Grid} grid @param {Palette} palette @param {number} scale */
  constructor({ names, look, inputs }, { boxes }, palette, scale) {
    const [{ width, height }] = boxes;
    this.look = look;
    this.scale = scale;
    const label = widthOf(LABEL, SIZE * scale);
    this.isRoomy = width >= ROOMY.labels * label && height >= ROOMY.height * scale;
    this.letter = label / LABEL.length;
    this.widths = names.map(() => inputs.map(() => 0)); // of the labels
    this.plots = boxes.map((box) => this.plotIn(box));
    const dot = this.isRoomy ? DOT.roomy : DOT.small;
    const colours = [...new Set(look.inputs)];
    this.colourOf = look.inputs.map((colour) => colours.indexOf(colour));
    this.tangents = look.colours.map((colour) => line(colour, this.isRoomy ? 3.5 : 2.5));
    this.rims = [line("#fff", dot + RIM), line("#fff", dot / 2 + RIM)];
    this.dots = colours.map((colour) => line(colour, dot));
    this.crosses = colours.map((colour) => line(colour, dot / 2));
    this.labels = this.isRoomy ? boxes.map(() => inputs.map(() => this.type(0, 0))) : [];
    this.flattest = this.isRoomy ? [] : boxes.map((box) => this.type(box.x + box.width - 2, box.y, "end"));
    const headings = boxes.map(({ x, y }, cell) => this.type(x + 3, y, "start", names[cell]));
    headings.forEach((heading) => heading.setAttribute("font-weight", "600"));
    this.root.append(
      ...this.ground(boxes, palette["font.color"]),
      ...this.tangents, ...this.rims, ...this.dots, ...this.crosses,
      ...headings, ...this.labels.flat(), ...this.flattest,
    );
  }

  // A text in the heading of a cell.
  /** @type {(x: number, y: number, anchor?: string, content?: string) => SVGElement} */
  type(x, y, anchor = "start", content = "") {
    return text(content, x, y + (HEAD * this.scale) / 2 + 1, { size: SIZE * this.scale, "text-anchor": anchor });
  }

  // Where a cell's curve is.
  /** @type {(box: Box) => Plot} */
  plotIn({ x, y, width, height }) {
    const [head, foot] = [HEAD * this.scale + EDGE / 2, this.isRoomy ? FOOT * this.scale : 0];
    return { left: x + EDGE, top: y + head, width: width - 2 * EDGE, height: Math.max(height - head - foot - EDGE, 1) };
  }

  // What stays: the curves, their axes, and the steepest tangent that there is.
  /** @type {(boxes: Box[], ink: string) => SVGElement[]} */
  ground(boxes, ink) {
    const { curve, muted, reach } = this.look;
    const half = curve.length - 1;
    const grounds = boxes.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`);
    const axes = this.plots.map(({ left, top, width, height }) => `M${left + width / 2} ${top}v${height}M${left} ${top + height}h${width}`);
    const curves = this.plots.map((plot) =>
      curve.map((value, index) => `${index ? "L" : "M"}${this.at(plot, ((2 * index) / half - 1) * reach, value)}`).join(""));
    const steepest = this.plots.map((plot) => `M${this.at(plot, -2, 0)}L${this.at(plot, 2, 1)}`);
    const ticks = this.isRoomy ? this.plots.flatMap((plot) => this.ticks(plot)) : [];
    return [
      node("path", { d: grounds.join(""), fill: ink, "fill-opacity": 0.05 }),
      node("path", { d: axes.join(""), stroke: ink, "stroke-opacity": 0.25 }),
      node("path", { d: steepest.join(""), stroke: muted, "stroke-dasharray": "3 3" }),
      node("path", { d: curves.join(""), fill: "none", stroke: muted, "stroke-width": 1.5 }),
      ...ticks,
    ];
  }

  // The ends and the middle of the axis of sums, and the slope of the steepest tangent.
  /** @param {Plot} plot */
  ticks(plot) {
    const { left, top, width, height } = plot;
    const size = 0.9 * SIZE * this.scale;
    const y = top + height + size / 2 + 2;
    /** @type {[string, number, string][]} */
    const ticks = [[`z −${this.look.reach}`, left, "start"], ["0", left + width / 2, "middle"], [`${this.look.reach}`, left + width, "end"]];
    const slope = this.dotAt(plot, -2, 0);
    return [
      text("¼", slope.x + 0.6 * size, slope.y - 0.6 * size, { size, ...FAINT }),
      ...ticks.map(([content, x, anchor]) => text(content, x, y, { size, "text-anchor": anchor, ...FAINT })),
    ];
  }

  // A point of a plot; sums beyond its reach stand at its end.
  /** @type {(plot: Plot, sum: number, activation: number) => string} */
  at(plot, sum, activation) {
    const { x, y } = this.dotAt(plot, sum, activation);
    return `${round(x)} ${round(y)}`;
  }

  /** @type {(plot: Plot, sum: number, activation: number) => Dot} */
  dotAt({ left, top, width, height }, sum, activation) {
    const across = Math.min(Math.max(sum / this.look.reach, -1), 1);
    return { x: left + (width * (1 + across)) / 2, y: top + height * (1 - activation) };
  }

  // How far down the curve is that far to the right.
  /** @type {(plot: Plot, x: number) => number} */
  curveAt({ left, top, width, height }, x) {
    const { curve } = this.look;
    const share = Math.min(Math.max((x - left) / width, 0), 1);
    return top + height * (1 - curve[Math.round(share * (curve.length - 1))]);
  }

  // Moves the inputs to a frame. All dots of a colour are one path: a circle each would cost the browser more.
  /** @type {(view: MultiplesSpec, frame: number) => void} */
  follow({ values, inputs, names }, frame) {
    const size = names.length * inputs.length;
    const [sums, activations, derivatives, wrong] = [values.sums, values.activations, values.derivatives, values.wrong]
      .map((each) => rowOf(each, frame, size));
    const [dots, crosses] = [this.dots.map(() => ""), this.crosses.map(() => "")];
    this.plots.forEach((plot, cell) => {
      let tangents = "";
      const own = (this.inputs[cell] = inputs.map((_, row) => this.dotAt(plot, sums[cell * inputs.length + row], activations[cell * inputs.length + row])));
      own.forEach((dot, row) => {
        const index = cell * inputs.length + row;
        if (!Number.isFinite(dot.x + dot.y)) return;
        tangents += this.tangent(plot, dot, derivatives[index]);
        if (wrong[index]) crosses[this.colourOf[row]] += this.cross(dot);
        else dots[this.colourOf[row]] += `M${round(dot.x)} ${round(dot.y)}h0`;
      });
      setNew(this.tangents[cell], "d", tangents);
      this.place(cell);
    });
    this.rims.forEach((rim, index) => setNew(rim, "d", [dots, crosses][index].join("")));
    this.dots.forEach((path, index) => setNew(path, "d", dots[index]));
    this.crosses.forEach((path, index) => setNew(path, "d", crosses[index]));
  }

  /** @type {(plot: Plot, dot: Dot, derivative: number) => string} */
  tangent({ left, width, height }, { x, y }, derivative) {
    const slope = (derivative * height * 2 * this.look.reach) / width;
    const half = (TANGENT * Math.min(width, height)) / Math.hypot(1, slope);
    const [from, to] = [Math.max(x - half, left), Math.min(x + half, left + width)];
    return `M${round(from)} ${round(y + slope * (x - from))}L${round(to)} ${round(y - slope * (to - x))}`;
  }

  /** @param {Dot} dot */
  cross({ x, y }) {
    const arm = (this.isRoomy ? DOT.roomy : DOT.small) / 2;
    return `M${round(x - arm)} ${round(y - arm)}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
  }

  // Puts the labels of a cell beside its dots.
  /** @param {number} cell */
  place(cell) {
    if (!this.isRoomy) return;
    const { scale, plots: { [cell]: plot } } = this;
    const places = stack(this.inputs[cell], plot, this.widths[cell], LINE * scale, (x) => this.curveAt(plot, x));
    places.forEach(({ x, y, anchor }, row) => {
      const label = this.labels[cell][row];
      if (Number.isNaN(x + y)) return setNew(label, "visibility", "hidden"); // its sum is no number
      setNew(label, "visibility", "visible");
      setNew(label, "x", String(round(x)));
      setNew(label, "y", String(round(y + 0.35 * SIZE * scale)));
      setNew(label, "text-anchor", anchor);
    });
  }

  // Writes the derivatives: of every input, or in small cells the smallest.
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

// A cell's name, and its numbers.
/** @type {(view: MultiplesSpec, frame: number, cell: number) => string[]} */
export function tellSigmoids({ names, inputs, values }, frame, cell) {
  const at = frame * names.length + cell;
  const [sums, activations, derivatives] = [values.sums, values.activations, values.derivatives]
    .map((each) => rowOf(each, at, inputs.length));
  /** @type {(row: number) => string} */
  const numbers = (row) => `z ${significant(sums[row])}, σ ${significant(activations[row])}, σ′ ${significant(derivatives[row])}`;
  return [names[cell], ...inputs.map((input, row) => `${input}: ${numbers(row)}`)];
}
