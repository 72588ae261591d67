// Screen: draws a beat of a step's film on the network. Numbers run along the edges and gather at the units;
// they come as texts, with the direction in which they run.

import { looks } from "./arrangement.js";
import { along, ends } from "./edges.js";
import { shownAt } from "./flow.js";
import { arrange, Chip, Note } from "./chips.js";
import { element, penOf } from "./panel.js";

/** @import { Diagram } from "./diagram.js" */

const TRAVEL = 0.6; // share of a beat in which its numbers run
const FADE = 0.25; // share of a beat in which a number comes that stays where it is
const DOT = 3.5; // pixels
const SWELL = 0.6; // share of its width by which an edge swells, or shrinks, on the way to its new one

export class Screen {
  /** @type {Chip[]} */ chips = [];
  /** @type {Note[]} */ notes = [];
  /** @type {EdgeSpec[]} */ dots = []; // edges whose numbers are not written
  /** @type {FilmSpec} */ film;
  /** @type {BeatSpec | undefined} */ beat;
  canvas = element("canvas");
  pen = penOf(this.canvas);

  /** @param {Diagram} diagram */
  constructor(diagram) {
    this.diagram = diagram;
    this.root = diagram.layer;
  }

  // Shows a beat of a film. Where the film names the unit whose numbers are written, those of the other units and of
  // their edges are not.
  /** @type {(film: FilmSpec, beat: BeatSpec, focus: string) => void} */
  show(film, beat, focus) {
    const { spec, drawing } = this.diagram;
    const isWritten = (/** @type {string} */ node) => !film.focus || node === focus || !film.units.includes(node);
    const edges = spec.edges.filter(({ name }) => name in beat.edges);
    /** @type {(edge: EdgeSpec) => boolean} */
    const hasNumbers = ({ source, target }) => [source, target].every((index) => isWritten(spec.nodes[index].name));
    const start = beat.direction ? TRAVEL : 0;
    this.restore();
    Object.assign(this, { film, beat, dots: edges.filter((edge) => !hasNumbers(edge)) });
    this.chips = edges.filter(hasNumbers).map((edge) => new Chip(this.diagram, edge, beat));
    this.notes = Object.keys(beat.units).filter(isWritten).map((name) => new Note(name, beat.units[name], start));
    this.root.replaceChildren(this.canvas, ...[...this.chips, ...this.notes].map(({ box }) => box));
    this.root.dataset.kind = beat.kind;
    drawing.classList.add("filmed");
    drawing.style.setProperty("--one", spec.colours[1]);
    this.diagram.edges.forEach(({ name, line }) => line.classList.toggle("active", name in beat.edges));
    this.name(Object.keys(beat.units));
    this.fit(focus);
  }

  clear() {
    this.restore();
    this.beat = undefined;
    this.root.replaceChildren();
    this.diagram.drawing.classList.remove("filmed");
    this.light([]);
    this.name([]);
  }

  // Gives the edges their old widths back.
  restore() {
    if (this.beat?.kind === "update") this.diagram.follow(this.diagram.moment);
  }

  // Lays the beat out in the room there is.
  /** @param {string} focus */
  fit(focus) {
    if (!this.beat) return;
    const { clientWidth, clientHeight } = this.diagram.drawing;
    const sharpness = window.devicePixelRatio;
    Object.assign(this.canvas, { width: clientWidth * sharpness, height: clientHeight * sharpness });
    this.pen.scale(sharpness, sharpness);
    this.root.classList.remove("summed");
    for (const note of this.notes) note.set(this.diagram, this.beat.direction);
    arrange(this.diagram, this.chips, this.notes, focus);
  }

  // Whether there is room for the terms of some numbers alone.
  get isShort() {
    return this.beat?.kind !== "sum" && this.chips.some(({ box }) => box.classList.contains("short"));
  }

  // Draws so much of the beat.
  /** @param {number} share */
  draw(share) {
    if (!this.beat) return;
    const { direction, kind, units, inputs } = this.beat;
    const run = direction ? ease(Math.min(share / TRAVEL, 1)) : 1;
    for (const chip of this.chips) chip.draw(run);
    for (const note of this.notes) note.draw(share);
    this.root.style.setProperty("--come", direction ? "1" : Math.min(share / FADE, 1).toFixed(2));
    this.root.classList.toggle("summed", share > TRAVEL);
    this.light([...inputs, ...(direction && share < TRAVEL ? [] : Object.keys(units).filter((name) => units[name].length > 1))]);
    this.drawDots(run);
    if (kind === "update") this.swell(share);
  }

  // Lights up these units, and no others.
  /** @param {string[]} names */
  light(names) {
    const { nodes, spec } = this.diagram;
    nodes.forEach(({ box }, index) => box.classList.toggle("beats", names.includes(spec.nodes[index].name)));
  }

  // Leaves the names of these inputs to the notes in them.
  /** @param {string[]} names */
  name(names) {
    const { nodes, spec } = this.diagram;
    nodes.forEach(({ box, picture }, index) => box.classList.toggle("noted", picture === null && names.includes(spec.nodes[index].name)));
  }

  // Draws a dot for each number that is not written, so much of its way.
  /** @param {number} run */
  drawDots(run) {
    const { pen, canvas, beat } = this;
    if (!beat || !this.dots.length) return;
    const { squares, spec } = this.diagram;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    if (beat.direction && run === 1) return; // they have arrived
    const share = beat.direction < 0 ? 1 - run : beat.direction ? run : 0.5;
    for (const edge of this.dots) {
      const [x, y] = along(...ends(edge, squares), share);
      pen.fillStyle = [spec.colours[0], spec.muted, spec.colours[1]][beat.edges[edge.name][2] + 1];
      pen.beginPath();
      pen.arc(x, y, DOT, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  // Draws the edges on the way from their old widths to their new ones. Most changes are too small to be seen,
  // so on the way each edge swells that becomes wider, and shrinks that becomes thinner.
  /** @param {number} share */
  swell(share) {
    const { diagram, film } = this;
    const { spec, moment, hidesFuture, widest: pixels } = diagram;
    const { widest } = shownAt(spec, moment, hidesFuture);
    const changes = diagram.edges.map((_, index) => film.changes.subarray(2 * index, 2 * index + 2));
    const numbers = changes.map(([before, after]) => before + share * (after - before));
    const drawn = looks(spec.colours, { numbers, widths: numbers.map((number) => Math.abs(number) / widest) }, pixels);
    changes.forEach(([before, after], index) => {
      const swollen = 1 + SWELL * Math.sign(Math.abs(after) - Math.abs(before)) * Math.sin(Math.PI * share);
      const { line } = diagram.edges[index];
      line.setAttribute("stroke", drawn[index].stroke);
      line.setAttribute("stroke-width", (Number(drawn[index]["stroke-width"]) * swollen).toFixed(1));
    });
  }
}

// Starts and ends slowly.
/** @param {number} share */
function ease(share) {
  return share * share * (3 - 2 * share);
}
