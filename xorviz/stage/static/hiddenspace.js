// Hidden space: the grid of the input square as the hidden layer carries it, the four inputs where they land, and
// the straight line on which the output is 0.5.

import { parted } from "./halves.js";
import { significant, write } from "./panel.js";
import { rowOf, valueAt } from "./payload.js";
import { Plane } from "./plane.js";
import { FAINT, node, setNew, text, wrap } from "./svg.js";

/**
 * @import { Grid } from "./grid.js"
 * @typedef {[x: number, y: number]} Point
 */

const SIZE = 11.5; // of the type
const LINE = 1.35; // of it, from one line of the note to the next
const DOT = 7; // pixels of a dot's radius
const SMALL = 4; // that of a dot which lies on one of another colour
/** @type {[right: number, down: number][]} */
const WAYS = [[1, -1], [-1, -1], [1, 1], [-1, 1]]; // from a dot to its label
const CROSS = [[0, 0.4], [0.6, 1], [1, 0.6], [0.4, 0], [1, -0.6], [0.6, -1], [0, -0.4], [-0.6, -1], [-1, -0.6], [-0.4, 0], [-1, 0.6], [-0.6, 1]]; // its outline, in radii
const LETTER = 0.55; // of the type, the width of a letter
const NEAR = 14; // pixels within which inputs share a label
const CLEAR = 40; // pixels from which on a label is as far from other inputs as need be
const KEPT = 8; // pixels nearer to others at which a label still stays where it is
const REACH = 16; // pixels within which a point of the grid is pointed at
const MARGIN = 14; // pixels between the plane and the note
const SIDE = 1.5; // times as wide as high is a room whose note stands beside the plane
const BELOW = 6; // lines of a note below the plane

export class HiddenSpace {
  root = node("g");
  dots = node("g"); // of the inputs
  order = ""; // in which they are drawn
  noted = ""; // the sentence in the note
  /** @type {Point[]} */ inputs = []; // where they land, in pixels
  corners = [0, 0, 0, 0]; // of its dot, at which each label stands: an index into `WAYS`

  // Makes the plane and what moves in it, with type of this scale.
  /** @param {MultiplesSpec} view @param {Grid} grid @param {Palette} palette @param {number} scale */
  constructor({ look, inputs }, { boxes: [{ x, y, width, height }] }, palette, scale) {
    const size = SIZE * scale;
    const ink = palette["font.color"];
    const isBeside = width > SIDE * height;
    const room = isBeside ? height : Math.min(width, height - BELOW * LINE * size);
    this.plane = new Plane(x, y, Math.max(room, 1), size);
    this.note = { x: isBeside ? x + room + MARGIN : x, y: isBeside ? y + size : y + room + size, width: isBeside ? width - room - MARGIN : width, size };
    this.tints = look.sides.map((fill) => node("path", { fill, "fill-opacity": 0.16 }));
    const thin = { fill: "none", stroke: ink, "stroke-opacity": 0.4 };
    this.grid = node("path", { ...thin, "stroke-width": 0.75 });
    this.square = node("path", { ...thin, "stroke-width": 2, "stroke-opacity": 0.6 });
    this.line = node("path", { stroke: ink, "stroke-width": 2.5 });
    this.marks = look.colours.map((fill, row) => node("path", { fill, stroke: "#fff", "stroke-width": 1.5, "data-input": inputs[row] }));
    this.labels = inputs.map(() => text("", 0, 0, { size, "font-weight": 600 }));
    this.words = node("g");
    const frame = this.plane.frame(look.pair, ink);
    this.root.append(...this.tints, this.grid, this.square, ...frame, this.line, this.dots, ...this.labels, this.words);
  }

  // Moves on to a frame.
  /** @type {(view: MultiplesSpec, frame: number) => void} */
  follow({ values, channels: [channel], look, inputs }, frame) {
    const { plane } = this;
    const [across, up] = valueAt(channel, frame);
    /** @type {(index: number, point: number) => string} */
    const point = (index, at) => `${at ? "L" : "M"}${plane.across(across[index])} ${plane.up(up[index])}`;
    /** @type {(line: number[]) => string} */
    const path = (line) => (line.every((index) => Number.isFinite(across[index] + up[index])) ? line.map(point).join("") : "");
    setNew(this.grid, "d", look.lines.map(path).join(""));
    setNew(this.square, "d", look.square.map(path).join(""));
    const { halves, crossing } = parted(rowOf(values.line, frame, 3));
    /** @type {(corners: Point[], end: string) => string} */
    const area = (corners, end) => (corners.length ? `M${corners.map(([x, y]) => `${plane.across(x)} ${plane.up(y)}`).join("L")}${end}` : "");
    this.tints.forEach((tint, side) => setNew(tint, "d", area(halves[side], "z")));
    setNew(this.line, "d", area(crossing, ""));
    const spots = rowOf(values.points, frame, 2 * inputs.length);
    const wrong = rowOf(values.wrong, frame, inputs.length);
    this.inputs = inputs.map((_, row) => [plane.across(spots[row]), plane.up(spots[row + inputs.length])]);
    this.mark(look.targets, wrong);
    this.label(inputs, rowOf(values.line, frame, 3));
  }

  // Draws the inputs, those that are wrong over the others. A dot on one of another colour is small, so that both
  // are seen.
  /** @param {string} targets @param {ArrayLike<number>} wrong */
  mark(targets, wrong) {
    /** @type {(row: number) => boolean} */
    const isUpon = (row) => this.inputs.some((spot, other) => other < row && targets[other] !== targets[row] && far(spot, this.inputs[row]) < DOT);
    this.marks.forEach((mark, row) => setNew(mark, "d", wrong[row] ? cross(this.inputs[row]) : disc(this.inputs[row], isUpon(row) ? SMALL : DOT)));
    const order = this.marks.map((_, row) => row).toSorted((one, other) => wrong[one] - wrong[other]);
    if (String(order) === this.order) return;
    this.order = String(order);
    this.dots.append(...order.map((row) => this.marks[row]));
  }

  // Names the inputs; those that land together have one label.
  /** @param {string[]} names @param {Values} line */
  label(names, line) {
    const { inputs } = this;
    this.labels.forEach((label, row) => {
      const [x, y] = inputs[row];
      /** @type {(other: Point) => boolean} */
      const isHere = (other) => far(other, inputs[row]) < NEAR;
      const isFirst = Number.isFinite(x + y) && inputs.findIndex(isHere) === row;
      const name = isFirst ? names.filter((_, other) => isHere(inputs[other])).join(", ") : "";
      write(label, name);
      if (!name) return;
      const others = inputs.filter((other) => !isHere(other));
      this.corners[row] = this.corner(row, name.length * LETTER * this.plane.size, others, line);
      const [[left, top], right] = [this.beside(row, this.corners[row]), WAYS[this.corners[row]][0]];
      setNew(label, "text-anchor", right > 0 ? "start" : "end");
      setNew(label, "x", String(left));
      setNew(label, "y", String(top + 0.35 * this.plane.size));
    });
  }

  // The corner of a dot at which its label, so wide, is clear of other inputs, and on the dot's side of the line.
  /** @type {(row: number, width: number, others: Point[], line: Values) => number} */
  corner(row, width, others, [a, b, c]) {
    const { left, top, side, size } = this.plane;
    /** @type {(spot: Point) => boolean} */
    const isAbove = ([x, y]) => (a * (x - left)) / side + b * (1 - (y - top) / side) + c > 0;
    const room = WAYS.map(([right], corner) => {
      const [x, y] = this.beside(row, corner);
      /** @type {Point} */
      const middle = [x + (right * width) / 2, y];
      const isIn = Math.abs(middle[0] - left - side / 2) < (side - width) / 2 && Math.abs(y - top - side / 2) < (side - size) / 2;
      const clear = Math.min(CLEAR, ...others.map((other) => far(other, middle)));
      const isOnSide = isAbove(middle) === isAbove(this.inputs[row]);
      return clear + 2 * CLEAR * Number(isIn) + CLEAR * Number(isOnSide) + KEPT * Number(corner === this.corners[row]);
    });
    return room.indexOf(Math.max(...room));
  }

  // Where a label begins at a corner of a dot, at half its height.
  /** @type {(row: number, corner: number) => Point} */
  beside(row, corner) {
    const [[x, y], [right, down]] = [this.inputs[row], WAYS[corner]];
    return [x + right * (DOT + 3), y + down * (3 + 0.6 * this.plane.size)];
  }

  // Writes the note beside the plane.
  /** @type {(view: MultiplesSpec, frame: number, sentence: string) => void} */
  write(_, __, sentence) {
    if (sentence === this.noted) return;
    this.noted = sentence;
    const { x, y, width, size } = this.note;
    const lines = wrap(sentence, width, size);
    this.words.replaceChildren(...lines.map((line, index) => text(line, x, y + index * LINE * size, { size, ...FAINT })));
  }

  // The input, or the point of the grid, that is nearest to here; undefined where none is near.
  /** @type {(view: MultiplesSpec, frame: number, x: number, y: number) => string[] | undefined} */
  tellAt(view, frame, x, y) {
    const [across, up] = valueAt(view.channels[0], frame);
    const input = this.inputs.findIndex((point) => far(point, [x, y]) < DOT + 2);
    if (input >= 0) return [tellInput(view, frame, input)];
    const distances = Array.from(across, (_, index) => far([this.plane.across(across[index]), this.plane.up(up[index])], [x, y]));
    const nearest = distances.reduce((best, distance, index) => (distance < distances[best] ? index : best), 0);
    if (!(distances[nearest] < REACH)) return undefined;
    const [x1, x2] = view.look.points[nearest];
    return [`input (${significant(x1, 3)}, ${significant(x2, 3)})`, coordinates(view, [across[nearest], up[nearest]])];
  }
}

// The distance of two points.
/** @type {(one: Point, other: Point) => number} */
function far([left, top], [x, y]) {
  return Math.hypot(left - x, top - y);
}

/** @type {(point: Point, radius: number) => string} */
function disc([x, y], radius) {
  if (!Number.isFinite(x + y)) return "";
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
}

// What marks an input whose output is wrong.
/** @type {(point: Point) => string} */
function cross([x, y]) {
  if (!Number.isFinite(x + y)) return "";
  return `M${CROSS.map(([right, up]) => `${x + DOT * right} ${y - DOT * up}`).join("L")}z`;
}

/** @type {(view: MultiplesSpec, point: number[]) => string} */
function coordinates({ look: { pair } }, point) {
  return pair.map((unit, index) => `${unit} ${significant(point[index], 3)}`).join(", ");
}

/** @type {(view: MultiplesSpec, frame: number, input: number) => string} */
function tellInput(view, frame, input) {
  const { inputs, values, look } = view;
  const count = inputs.length;
  const spots = rowOf(values.points, frame, 2 * count);
  const output = rowOf(values.outputs, frame, count)[input];
  return `${inputs[input]}: ${coordinates(view, [spots[input], spots[input + count]])}; output ${significant(output)}, target ${look.targets[input]}`;
}

// What the plane is about, and its four inputs.
/** @type {(view: MultiplesSpec, frame: number) => string[]} */
export function tellHiddenSpace(view, frame) {
  return [view.names[0], ...view.inputs.map((_, input) => tellInput(view, frame, input))];
}
