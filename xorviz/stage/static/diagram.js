// A diagram: nodes with small pictures, and edges as wide as their values are large.

import { layOut, look, SMALL, WIDEST } from "./arrangement.js";
import { curve, nearest } from "./edges.js";
import { keyOfEdges, PICTURES } from "./keys.js";
import { element, Panel, significant, typeScale } from "./panel.js";
import { valueAt } from "./payload.js";
import { colourTable } from "./picture.js";
import { node } from "./svg.js";
import { Tiles } from "./tiles.js";

const TIP = "diagram-tip"; // id of the tip, which describes what has the focus

/** @typedef {{ anchor: Element, write(moment: DiagramMoment): string }} Pointed */

export class Diagram extends Panel {
  /** @type {DiagramSpec} */ spec;
  /** @type {SVGElement} */ canvas;
  /** @type {DiagramMoment} */ moment;
  /** @type {Colour[]} */ colours;
  /** @type {string | undefined} */ shape;
  /** @type {Pointed | undefined} */ pointed;
  /** @type {string | undefined} */ chosen;
  /** @type {ReturnType<Diagram["layEdge"]>[]} */ edges = [];
  /** @type {ReturnType<Diagram["layNode"]>[]} */ nodes = [];
  signs = element("div", { className: "key" });
  tip = element("div", { className: "tip", id: TIP, role: "tooltip", hidden: true });
  /** @type {Square[]} */ squares = [];
  tiles = new Tiles();
  layer = element("div", { className: "layer" }); // of a film
  widest = WIDEST;
  hidesFuture = false; // whether the run's largest value is not to be seen

  // Calls `choose` with the name of an edge that was clicked.
  /** @param {HTMLElement} section @param {(edge: string) => void} choose */
  constructor(section, choose) {
    const drawing = element("div", { className: "drawing" });
    super(section, drawing);
    this.drawing = drawing;
    this.choose = choose;
    this.key.before(this.signs);
    this.key.prepend(`${PICTURES} `);
  }

  /** @type {(spec: DiagramSpec, moment: DiagramMoment, palette: Palette) => void} */
  show(spec, moment, palette) {
    const shape = JSON.stringify([spec.nodes, spec.edges.map(({ name }) => name)]);
    this.spec = spec;
    this.label(spec, palette["coloraxis.colorscale"]);
    this.colours = colourTable(palette["coloraxis.colorscale"]);
    if (shape !== this.shape) this.lay();
    this.shape = shape;
    this.follow(moment);
  }

  // Makes the elements, for a run that has other nodes than the one before.
  lay() {
    const { spec } = this;
    this.signs.replaceChildren(...keyOfEdges(spec.colours));
    this.canvas = node("svg");
    this.edges = spec.edges.map((edge, index) => this.layEdge(edge, index));
    this.nodes = spec.nodes.map((each) => this.layNode(each));
    this.drawing.replaceChildren(this.canvas, this.tiles.canvas, ...this.nodes.map(({ box }) => box), this.layer, this.tip);
    this.listen();
    this.point();
    this.arrange();
    this.emphasiseEdge(this.chosen);
  }

  // Two lines: one to see, and a wide one that shows whether it is pointed at or has the focus.
  /** @param {EdgeSpec} edge @param {number} index */
  layEdge({ name }, index) {
    const line = node("path");
    const target = node("path", { role: "button", tabindex: 0, "aria-label": name, "aria-describedby": TIP });
    this.canvas.append(line, target);
    const pointed = this.offerTip(target, ({ frame, chart }) => `${name}: ${significant(chart.edges[index].values[frame])}`);
    target.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(name);
    };
    return { name, line, target, pointed };
  }

  // The mouse and fingers mean the edge that is nearest to them.
  listen() {
    /** @type {(event: MouseEvent) => ReturnType<Diagram["layEdge"]> | undefined} */
    const edgeAt = ({ offsetX, offsetY }) => this.edges[nearest([offsetX, offsetY], this.spec.edges, this.squares)];
    this.canvas.onpointermove = (event) => this.pointAtEdge(edgeAt(event));
    this.canvas.onpointerleave = () => this.pointAtEdge();
    this.canvas.onclick = (event) => {
      const edge = edgeAt(event);
      if (edge) this.choose(edge.name);
    };
  }

  /** @param {ReturnType<Diagram["layEdge"]>} [edge] */
  pointAtEdge(edge) {
    this.canvas.classList.toggle("pointed", edge !== undefined);
    this.edges.forEach(({ target }) => target.classList.toggle("pointed", target === edge?.target));
    this.point(edge?.pointed);
  }

  /** @param {NodeSpec} node */
  layNode({ name, hint, picture }) {
    const isPlain = picture === null;
    const className = isPlain ? "node plain" : "node";
    const looks = { className, role: "img", tabIndex: isPlain ? -1 : 0, ariaLabel: hint };
    const box = element("div", looks, element("b", { textContent: name }));
    box.setAttribute("aria-describedby", TIP);
    this.offerTip(box, (moment) => hint + this.activations(picture, moment));
    return { box, picture };
  }

  // Shows a tip with what `write(moment)` returns, while the reader points at an element.
  /** @type {(anchor: HTMLElement | SVGElement, write: Pointed["write"]) => Pointed} */
  offerTip(anchor, write) {
    const pointed = { anchor, write };
    anchor.onpointerenter = anchor.onfocus = () => this.point(pointed);
    anchor.onpointerleave = anchor.onblur = () => this.point();
    return pointed;
  }

  fit() {
    if (!this.nodes.length) return;
    this.arrange();
    this.follow(this.moment);
  }

  // Arranges nodes and edges in the room there is.
  arrange() {
    const { clientWidth: width, clientHeight: height } = this.drawing;
    const { squares, widest } = layOut(this.spec.nodes, width, height, typeScale());
    Object.assign(this, { squares, widest });
    this.nodes.forEach(({ box }, index) => {
      const { x, y, side } = squares[index];
      box.style.cssText = `left: ${x}px; top: ${y}px; --side: ${side}px`;
      box.classList.toggle("small", side < SMALL);
    });
    this.tiles.arrange(squares.filter((_, index) => this.nodes[index].picture !== null), width, height);
    this.canvas.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.edges.forEach(({ line, target }, index) => {
      const d = curve(this.spec.edges[index], squares);
      for (const path of [line, target]) path.setAttribute("d", d);
    });
  }

  /** @param {DiagramMoment} moment */
  follow(moment) {
    this.moment = moment;
    const { frame, chart } = moment;
    const scale = this.scaled(moment);
    chart.edges.forEach(({ values }, index) => set(this.edges[index].line, look(scale, values[frame], this.widest)));
    this.tiles.paint(chart.pictures.map((channel) => valueAt(channel, frame)), this.colours);
    this.writeTip();
  }

  // The spec with the value whose edge is drawn widest: the run's largest, or the playhead's.
  /** @type {(moment: DiagramMoment) => DiagramSpec} */
  scaled({ frame, chart }) {
    if (!this.hidesFuture) return this.spec;
    const sizes = chart.edges.map(({ values }) => Math.abs(values[frame]));
    return { ...this.spec, widest: Math.max(...sizes.filter(Number.isFinite), Number.MIN_VALUE) };
  }

  settle() {}

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

  // Lets the nodes and edges stand out that factors belong to, by the kinds of the factors.
  /** @param {Still["parts"]} parts */
  mark(parts) {
    for (const [name, { dataset }] of this.named()) {
      dataset.kinds = parts.filter(({ at }) => at === name).map(({ kind }) => kind).join(" ");
    }
  }

  // Lights up the nodes and edges of these names.
  /** @param {Set<string>} names */
  light(names) {
    for (const [name, { classList }] of this.named()) classList.toggle("lit", names.has(name));
  }

  /** @returns {[name: string, element: HTMLElement | SVGElement][]} */
  named() {
    const boxes = this.spec.nodes.map(({ name }, index) => [name, this.nodes[index].box]);
    return /** @type {any} */ ([...boxes, ...this.edges.map(({ name, line }) => [name, line])]);
  }

  /** @param {Element} [anchor] */
  nameOf(anchor) {
    const edge = this.edges.find(({ target }) => target === anchor);
    const index = this.nodes.findIndex(({ box }) => box === anchor);
    return edge?.name ?? this.spec.nodes[index]?.name;
  }

  // Shows the tip of what the reader points at, or hides it.
  /** @param {Pointed} [pointed] */
  point(pointed) {
    this.pointed = pointed;
    this.drawing.dispatchEvent(new CustomEvent("pointed", { bubbles: true, detail: this.nameOf(pointed?.anchor) }));
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

  /** @type {(picture: number | null, moment: DiagramMoment) => string} */
  activations(picture, { frame, chart }) {
    if (picture === null) return "";
    const values = valueAt(chart.activations, frame)[picture];
    const named = this.spec.input_names.map((name, index) => `${values[index].toFixed(2)} for ${name}`);
    return `: ${named.join(", ")}`;
  }
}

// Sets those attributes that are new: the browser would draw even the same ones anew.
/** @type {(line: SVGElement, attributes: Record<string, string>) => void} */
function set(line, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (line.getAttribute(name) !== value) line.setAttribute(name, value);
  }
}
