// The diagram: nodes with small pictures, and edges as wide as their values are large.

import { drawKey, element, layPanel, penOf, significant, writeHeading } from "./panel.js";
import { valueAt } from "./payload.js";
import { colourTable, paint, squareRows } from "./picture.js";

const SVG = "http://www.w3.org/2000/svg";
const LARGEST = 64; // pixels of a node's side
const FILLED = 0.84; // part of its place that a node fills
export const SMALL = 28; // pixels, from which on a node has its name inside
const WIDEST = 8; // pixels of the widest edge at least; where nodes are large, a quarter of a node
const THINNEST = 0.75; // pixels, so that an edge is never lost

/** @typedef {{ anchor: Element, write(moment: DiagramMoment): string }} Pointed */

export class Diagram {
  /** @type {DiagramSpec} */ spec;
  /** @type {SVGElement} */ canvas;
  /** @type {DiagramMoment} */ moment;
  /** @type {string | undefined} */ shape;
  /** @type {Pointed | undefined} */ pointed;
  /** @type {Colour[]} */ colours;
  /** @type {string | undefined} */ chosen;
  widest = WIDEST;

  // Calls `choose` with the name of an edge that was clicked.
  /** @param {HTMLElement} section @param {(edge: string) => void} choose */
  constructor(section, choose) {
    this.section = section;
    this.choose = choose;
    /** @type {ReturnType<Diagram["layEdge"]>[]} */
    this.edges = [];
    /** @type {ReturnType<Diagram["layNode"]>[]} */
    this.nodes = [];
    this.drawing = element("div", { className: "drawing" });
    this.tip = element("output", { className: "tip", hidden: true });
    layPanel(section, this.drawing);
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.drawing);
  }

  destroy() {
    this.observer.disconnect();
  }

  /** @type {(spec: DiagramSpec, moment: DiagramMoment) => void} */
  show(spec, moment) {
    const shape = JSON.stringify([spec.nodes, spec.edges.map(({ name }) => name)]);
    this.spec = spec;
    if (shape !== this.shape) this.lay();
    this.shape = shape;
    this.follow(moment);
  }

  // Makes the elements; only where another run has other nodes.
  lay() {
    const { spec } = this;
    writeHeading(this.section, spec);
    drawKey(this.section, spec.colorscale);
    this.colours = colourTable(spec.colorscale);
    const [ink, ground] = spec.names;
    this.drawing.style.setProperty("--ink", ink);
    this.drawing.style.setProperty("--ground", ground);
    this.canvas = document.createElementNS(SVG, "svg");
    this.edges = spec.edges.map((edge) => this.layEdge(edge));
    this.nodes = spec.nodes.map((node) => this.layNode(node));
    this.drawing.replaceChildren(this.canvas, ...this.nodes.map(({ box }) => box), this.tip);
    this.point();
    this.place();
    this.emphasiseEdge(this.chosen);
  }

  // Two lines: one to see, and a wide one to point at.
  /** @param {EdgeSpec} edge */
  layEdge({ name }) {
    const line = document.createElementNS(SVG, "path");
    const target = document.createElementNS(SVG, "path");
    target.setAttribute("role", "button");
    target.setAttribute("tabindex", "0");
    target.setAttribute("aria-label", name);
    target.dataset.edge = name;
    this.canvas.append(line, target);
    const point = () => this.point({ anchor: target, write: (moment) => this.edgeText(name, moment) });
    target.onpointerenter = target.onfocus = point;
    target.onpointerleave = target.onblur = () => this.point();
    target.onclick = () => this.choose(name);
    target.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(name);
    };
    return { name, line, target };
  }

  /** @param {NodeSpec} node */
  layNode({ name, hint, picture }) {
    const box = element("div", { className: "node", tabIndex: picture === null ? -1 : 0 }, element("b", { textContent: name }));
    box.setAttribute("aria-label", hint);
    const context = picture === null ? null : penOf(box.appendChild(element("canvas")), { willReadFrequently: true });
    box.classList.toggle("plain", !context);
    box.onpointerenter = box.onfocus = () =>
      this.point({ anchor: box, write: (moment) => hint + this.activations(picture, moment) });
    box.onpointerleave = box.onblur = () => this.point();
    return { box, context, picture };
  }

  fit() {
    if (!this.nodes.length) return;
    this.place();
    this.follow(this.moment);
  }

  // Lays nodes and edges out in the room there is.
  place() {
    const { clientWidth: width, clientHeight: height } = this.drawing;
    const { places, widest } = layOut(this.spec.nodes, width, height);
    this.widest = widest;
    this.nodes.forEach(({ box }, index) => {
      const { x, y, side } = places[index];
      box.style.cssText = `left: ${x}px; top: ${y}px; --side: ${side}px`;
      box.classList.toggle("small", side < SMALL);
    });
    this.canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.edges.forEach(({ line, target }, index) => {
      const path = curve(this.spec.edges[index], places);
      line.setAttribute("d", path);
      target.setAttribute("d", path);
    });
  }

  /** @param {DiagramMoment} moment */
  follow(moment) {
    this.moment = moment;
    const { frame, chart } = moment;
    chart.edges.forEach(({ values }, index) => this.drawEdge(this.edges[index].line, values[frame]));
    const pictures = valueAt(channel(chart, "pictures"), frame);
    for (const { context, picture } of this.nodes) {
      if (context && picture !== null) paint(context, squareRows(pictures[picture]), this.colours);
    }
    this.writeTip();
  }

  /** @type {(line: SVGElement, value: number) => void} */
  drawEdge(line, value) {
    for (const [name, seen] of Object.entries(look(this.spec, value, this.widest))) set(line, name, seen);
  }

  settle() {}

  recolour() {}

  take() {}

  get choices() {
    return {};
  }

  // Lets one edge stand out, or none.
  /** @param {string} [chosen] */
  emphasiseEdge(chosen) {
    this.chosen = chosen;
    this.drawing.classList.toggle("chosen", this.edges.some(({ name }) => name === chosen));
    this.edges.forEach(({ name, line, target }) => {
      line.classList.toggle("chosen", name === chosen);
      target.setAttribute("aria-pressed", String(name === chosen));
    });
  }

  // Shows the numbers of what is pointed at, or those of nothing.
  /** @param {Pointed} [pointed] */
  point(pointed) {
    this.pointed = pointed;
    this.tip.hidden = !pointed;
    if (!pointed) return;
    const box = pointed.anchor.getBoundingClientRect();
    const around = this.drawing.getBoundingClientRect();
    this.tip.style.left = `${box.left + box.width / 2 - around.left}px`;
    this.tip.style.top = `${box.top + box.height / 2 - around.top}px`;
    this.writeTip();
  }

  writeTip() {
    if (this.pointed) this.tip.textContent = this.pointed.write(this.moment);
  }

  /** @type {(name: string, moment: DiagramMoment) => string} */
  edgeText(name, { frame, chart }) {
    const { values } = /** @type {EdgeSpec} */ (chart.edges.find((edge) => edge.name === name));
    return `${name}: ${significant(values[frame])}`;
  }

  /** @type {(picture: number | null, moment: DiagramMoment) => string} */
  activations(picture, { frame, chart }) {
    if (picture === null) return "";
    const values = valueAt(channel(chart, "activations"), frame)[picture];
    const named = this.spec.input_names.map((name, index) => `${values[index].toFixed(2)} for ${name}`);
    return `: ${named.join(", ")}`;
  }
}

// Sets an attribute where it is another: the same one would be drawn anew.
/** @type {(line: SVGElement, name: string, value: string) => void} */
function set(line, name, value) {
  if (line.getAttribute(name) !== value) line.setAttribute(name, value);
}

/** @type {(chart: DiagramSpec, attribute: string) => Channel} */
export function channel(chart, attribute) {
  return /** @type {Channel} */ (chart.channels.find((candidate) => candidate.attribute === attribute));
}

// Places nodes in so much room, each column's as large as fits; and tells how wide edges get.
/** @type {(nodes: NodeSpec[], width: number, height: number) => { places: NodePlace[], widest: number }} */
export function layOut(nodes, width, height) {
  const places = nodes.map(({ x, y }) => {
    const rows = nodes.filter((node) => node.x === x).length;
    const side = Math.min(LARGEST, width / 6, (height / rows) * FILLED);
    return { x: side / 2 + x * (width - side), y: y * height, side };
  });
  return { places, widest: Math.max(WIDEST, Math.min(...places.map(({ side }) => side)) / 4) };
}

// A curve that leaves a node to the right and enters the other from the left.
/** @type {(edge: EdgeSpec, places: NodePlace[]) => string} */
export function curve({ source, target }, places) {
  const [from, to] = [places[source], places[target]];
  const [start, end] = [from.x + from.side / 2, to.x - to.side / 2];
  const middle = (start + end) / 2;
  return `M${start},${from.y}C${middle},${from.y} ${middle},${to.y} ${end},${to.y}`;
}

// An edge's attributes: as wide as its value is large, and coloured by its sign.
/** @type {(spec: DiagramSpec, value: number, widest: number) => Record<string, string>} */
export function look({ colours: [negative, positive], widest: largest }, value, widest) {
  const width = Math.max(THINNEST, (Math.abs(value) / largest) * widest || 0);
  return { "stroke-width": width.toFixed(1), stroke: value < 0 ? negative : positive };
}
