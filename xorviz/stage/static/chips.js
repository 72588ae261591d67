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
  /** @type {Point} */ shift = [0, 0]; // from the edge to where it stops, as there may be others

  /** @param {Diagram} diagram @param {EdgeSpec} edge @param {BeatSpec} beat */
  constructor({ spec: { colours, muted } }, edge, { edges, direction }) {
    const [terms, result, sign] = edges[edge.name];
    // A number that runs is seen to be its edge's. One of several that stay has its edge's name.
    const label = element("span", { className: direction ? "unseen" : "name", textContent: `${edge.name}: ` });
    const parts = [element("span", { className: "terms", textContent: terms }), " ", element("b", { textContent: result })];
    this.box = element("div", { className: "chip" }, label, ...parts);
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
    this.box = element("div", { className: "note" }, label, ...this.lines.map(({ line }) => line));
    this.box.dataset.unit = name;
  }

  /** @param {number} share */
  draw(share) {
    for (const { line, from } of this.lines) line.classList.toggle("due", share < from);
  }

  // Sets an input's lines below it and the output's above it; those of a unit between them at its right, or
  // where all runs to the left, at its left; without room there, below it.
  /** @type {(diagram: Diagram, direction: number) => void} */
  set({ spec, squares, nodes, drawing }, direction) {
    const index = spec.nodes.findIndex(({ name }) => name === this.name);
    const { x, y, side } = squares[index];
    const { x: column, picture } = spec.nodes[index];
    const beside = side / 2 + NEAR;
    const name = nodes[index].box.classList.contains("small") ? NAME : 0;
    const room = x - beside - name - squares[0].x - squares[0].side / 2;
    const isCrowded = direction < 0 && column < 1 && this.box.offsetWidth > room;
    const { translate, justify } =
      picture === null || isCrowded ? { translate: at(x, -50, y + side / 2, 0), justify: "center" }
      : column === 1 ? { translate: at(drawing.clientWidth, -100, y - beside, -100), justify: "end" }
      : direction < 0 ? { translate: at(x - beside - name, -100, y, -50), justify: "end" }
      : { translate: at(x + beside, 0, y, -50), justify: "start" };
    Object.assign(this.box.style, { translate, justifyItems: justify });
  }
}

// Where a box is drawn: so many pixels right and down, and so many hundredths of its own size.
/** @type {(x: number, across: number, y: number, down: number) => string} */
function at(x, across, y, down) {
  return `calc(${x}px + ${across}%) calc(${y}px + ${down}%)`;
}

// Lets the chips in each gap between two columns stop one below the other. Returns whether they fit.
/** @type {(diagram: Diagram, chips: Chip[]) => boolean} */
export function arrange({ spec, squares, nodes, drawing }, chips) {
  for (const chip of chips) {
    chip.path = ends(chip.edge, squares);
    chip.box.style.maxWidth = `${chip.path[1][0] - chip.path[0][0] - 2 * NEAR}px`;
  }
  const boxes = chips.map(({ box }) => ({ width: box.offsetWidth, height: box.offsetHeight }));
  const gaps = new Set(chips.map(({ path }) => path[0][0]));
  const { clientHeight } = drawing;
  let fits = true;
  for (const gap of gaps) {
    const inside = [...chips.keys()].filter((index) => chips[index].path[0][0] === gap);
    const sizes = inside.map((index) => boxes[index].height + 2);
    fits &&= sizes.reduce((sum, size) => sum + size, 0) <= clientHeight;
    const stops = inside.map((index) => along(...chips[index].path, chips[index].to));
    const middles = spread(stops.map(([, y]) => y), sizes, 0, clientHeight);
    inside.forEach((index, order) => {
      const { path, edge } = chips[index];
      const half = boxes[index].width / 2 + NEAR;
      const name = nodes[edge.target].box.classList.contains("small") && spec.nodes[edge.target].x < 1 ? NAME : 0;
      const x = Math.min(Math.max(stops[order][0], path[0][0] + half), path[1][0] - half - name);
      chips[index].shift = [x - stops[order][0], middles[order] - stops[order][1]];
    });
  }
  return fits;
}
