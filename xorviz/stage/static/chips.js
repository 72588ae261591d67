// Chips: the numbers that a film writes on the network, a chip for each edge and a note for each unit.

import { along, ends } from "./edges.js";
import { element } from "./panel.js";
import { spread } from "./spread.js";

/**
 * @import { Diagram } from "./diagram.js"
 * @import { Point } from "./edges.js"
 */

const REST = 0.7; // share of an edge's way at which its number stops
const NEAR = 4; // pixels between a number and a unit
const NAME = 26; // pixels of a small unit's name, which stands at its left

// The number of an edge, which runs along it in the direction of its beat, or stays where it stops.
export class Chip {
  /** @type {[start: Point, end: Point]} */ path = [[0, 0], [0, 0]];
  end = 0; // of the gap in which it stops
  /** @type {Point} */ shift = [0, 0]; // from the edge to where it stops, as there may be others

  /** @param {Diagram} diagram @param {EdgeSpec} edge @param {BeatSpec} beat */
  constructor({ spec: { colours, muted } }, edge, { edges, direction }) {
    const [terms, result, sign] = edges[edge.name];
    // A number that runs is seen to be its edge's. One of several that stay has its edge's name.
    const label = element("span", { className: direction ? "unseen" : "name", textContent: `${edge.name}: ` });
    const parts = [element("span", { className: "terms", textContent: terms }), " ", element("b", { textContent: result })];
    this.box = element("div", { className: "chip" }, label, element("wbr"), ...parts);
    this.box.dataset.edge = edge.name;
    this.box.style.setProperty("--sign", [colours[0], muted, colours[1]][sign + 1]);
    this.edge = edge;
    this.to = direction < 0 ? 1 - REST : REST;
    this.from = direction ? (1 - direction) / 2 : this.to;
  }

  // Draws it so much of its way from where it starts.
  /** @param {number} share */
  draw(share) {
    const [x, y] = along(...this.path, this.from + share * (this.to - this.from));
    const [right, down] = this.shift;
    this.box.style.translate = `calc(${(x + share * right).toFixed(1)}px - 50%) calc(${(y + share * down).toFixed(1)}px - 50%)`;
  }
}

// The lines of numbers beside a unit, and from which share of the beat on each is shown.
export class Note {
  // Its first line is shown from `start` on; an input's only one from the beginning.
  /** @param {string} name @param {string[]} texts @param {number} start */
  constructor(name, texts, start) {
    this.name = name;
    this.lines = texts.map((textContent, index) => ({
      line: element("span", { textContent }),
      from: texts.length === 1 ? 0 : start + ((1 - start) * index) / (texts.length + 1),
    }));
    const label = element("span", { className: "unseen", textContent: `${name}: ` });
    const className = texts.length === 1 ? "note inside" : "note";
    this.box = element("div", { className }, label, ...this.lines.map(({ line }) => line));
    this.box.dataset.unit = name;
  }

  /** @param {number} share */
  draw(share) {
    for (const { line, from } of this.lines) line.classList.toggle("due", share < from);
  }

  // Sets an input's line in it and the output's lines above it; those of a unit between them at its right, or where
  // all runs to the left, in the gap at its left.
  /** @type {(diagram: Diagram, direction: number) => void} */
  set({ spec, squares, nodes, drawing: { clientWidth, clientHeight } }, direction) {
    const index = spec.nodes.findIndex(({ name }) => name === this.name);
    const { x, y, side } = squares[index];
    const { x: column, picture } = spec.nodes[index];
    const beside = side / 2 + NEAR;
    const isLeft = column < 1 && picture !== null && direction < 0;
    const end = x - beside - nameWidth(nodes[index]);
    this.box.style.maxWidth = isLeft ? `${end - squares[0].x - squares[0].side / 2}px` : "";
    const half = this.box.offsetHeight / 2;
    const middle = Math.min(Math.max(y, half), clientHeight - half);
    const { translate, align } =
      picture === null ? { translate: at(x, -50, y, -50), align: "center" }
      : column === 1 ? { translate: at(clientWidth, -100, y - beside, -100), align: "end" }
      : isLeft ? { translate: at(end, -100, middle, -50), align: "end" }
      : { translate: at(x + beside, 0, middle, -50), align: "start" };
    Object.assign(this.box.style, { translate, justifyItems: align, textAlign: align });
  }
}

// How wide the name of a node is that stands at its left.
/** @type {(node: Diagram["nodes"][number]) => number} */
function nameWidth({ box }) {
  return box.classList.contains("small") ? NAME : 0;
}

// Where a box is drawn: so many pixels right and down, and so many hundredths of its own size.
/** @type {(x: number, across: number, y: number, down: number) => string} */
function at(x, across, y, down) {
  return `calc(${x}px + ${across}%) calc(${y}px + ${down}%)`;
}

// Lets the chips in each gap between two columns stop one below the other.
/** @type {(diagram: Diagram, chips: Chip[], notes: Note[], focus: string) => void} */
export function arrange(diagram, chips, notes, focus) {
  const { spec, squares, drawing: { clientWidth } } = diagram;
  for (const chip of chips) {
    const { name, x } = spec.nodes[chip.edge.target];
    const note = x === 1 ? notes.find((each) => each.name === name) : undefined; // may be wider than its unit
    chip.path = ends(chip.edge, squares);
    chip.end = Math.min(chip.path[1][0], clientWidth - (note?.box.offsetWidth ?? 0));
    chip.box.style.maxWidth = `${chip.end - chip.path[0][0] - 2 * NEAR}px`;
  }
  const gaps = new Set(chips.map(({ path }) => path[0][0]));
  for (const gap of gaps) {
    const inside = chips.filter(({ path }) => path[0][0] === gap);
    shorten(inside, focus, diagram.drawing.clientHeight);
    lineUp(diagram, inside);
  }
}

// Takes the terms away from chips of one gap that need more than its height: from those that are not of the unit in
// focus, or where that is not enough, from all.
/** @type {(chips: Chip[], focus: string, height: number) => void} */
function shorten(chips, focus, height) {
  const ofFocus = chips.filter(({ edge }) => edge.name.split(" ").includes(focus));
  for (const kept of [chips, ofFocus, []]) {
    for (const chip of chips) chip.box.classList.toggle("short", !kept.includes(chip));
    if (chips.reduce((sum, { box }) => sum + box.offsetHeight + 2, 0) <= height) return;
  }
}

/** @type {(diagram: Diagram, chips: Chip[]) => void} */
function lineUp({ spec, nodes, drawing }, chips) {
  const sizes = chips.map(({ box }) => box.offsetHeight + 2);
  const stops = chips.map(({ path, to }) => along(...path, to));
  const middles = spread(stops.map(([, y]) => y), sizes, 0, drawing.clientHeight);
  chips.forEach((chip, index) => {
    const [[left]] = chip.path;
    const { target } = chip.edge;
    const half = chip.box.offsetWidth / 2 + NEAR;
    const name = spec.nodes[target].x < 1 ? nameWidth(nodes[target]) : 0;
    const x = Math.max(Math.min(stops[index][0], chip.end - half - name), left + half); // rather on a name than on a unit
    chip.shift = [x - stops[index][0], middles[index] - stops[index][1]];
  });
}
