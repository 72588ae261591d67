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
const CROSS = [[0, 0.4], [0.6, 1], [1, 0.6], [0.4, 0], [1, -0.6], [0.6, -1], [0, -0.4], [-0.6, -1], [-1, -0.6], [-0.4, 0], [-1, 0.6], [-0.6, 1]]; // its outline, in radii
const NEAR = 14; // pixels within which inputs share a label
const REACH = 16; // pixels within which a point of the grid is pointed at
const MARGIN = 14; // pixels between the plane and the note
const SIDE = 1.5; // times as wide as high is a room whose note stands beside the plane
const BELOW = 6; // lines of a note below the plane

export class HiddenSpace {
  root = node("g");
  noted = ""; // the sentence in the note
  /** @type {Point[]} */ inputs = []; // where they land, in pixels

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
    this.marks = look.colours.map((fill) => node("path", { fill, stroke: "#fff", "stroke-width": 1.5 }));
    this.labels = inputs.map(() => text("", 0, 0, { size, "font-weight": 600 }));
    this.words = node("g");
    const frame = this.plane.frame(look.pair, ink);
    this.root.append(...this.tints, this.grid, this.square, ...frame, this.line, ...this.marks, ...this.labels, this.words);
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
    this.marks.forEach((mark, row) => setNew(mark, "d", outline(this.inputs[row], Boolean(wrong[row]))));
    this.label(inputs);
  }

  // Names the inputs; those that land together have one label, on the side of the plane's middle.
  /** @param {string[]} names */
  label(names) {
    const { plane, inputs } = this;
    const size = plane.size;
    this.labels.forEach((label, row) => {
      const [x, y] = inputs[row];
      /** @type {(other: Point) => boolean} */
      const isHere = (other) => Math.hypot(other[0] - x, other[1] - y) < NEAR;
      const isFirst = Number.isFinite(x + y) && inputs.findIndex(isHere) === row;
      write(label, isFirst ? names.filter((_, other) => isHere(inputs[other])).join(", ") : "");
      if (!isFirst) return;
      const isLeft = x < plane.left + plane.side / 2;
      setNew(label, "text-anchor", isLeft ? "start" : "end");
      setNew(label, "x", String(isLeft ? x + DOT + 3 : x - DOT - 3));
      setNew(label, "y", String(y + (y < plane.top + plane.side / 2 ? size + 3 : -5)));
    });
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
    /** @type {(point: Point) => number} */
    const far = ([left, top]) => Math.hypot(left - x, top - y);
    const input = this.inputs.findIndex((point) => far(point) < DOT + 2);
    if (input >= 0) return [tellInput(view, frame, input)];
    const distances = Array.from(across, (_, index) => far([this.plane.across(across[index]), this.plane.up(up[index])]));
    const nearest = distances.reduce((best, distance, index) => (distance < distances[best] ? index : best), 0);
    if (!(distances[nearest] < REACH)) return undefined;
    const [x1, x2] = view.look.points[nearest];
    return [`input (${significant(x1, 3)}, ${significant(x2, 3)})`, coordinates(view, [across[nearest], up[nearest]])];
  }
}

// A disc, or where an input is wrong a cross.
/** @type {(point: Point, isWrong: boolean) => string} */
function outline([x, y], isWrong) {
  if (!Number.isFinite(x + y)) return "";
  if (!isWrong) return `M${x - DOT} ${y}a${DOT} ${DOT} 0 1 0 ${2 * DOT} 0a${DOT} ${DOT} 0 1 0 ${-2 * DOT} 0z`;
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
