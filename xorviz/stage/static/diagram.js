// A diagram: nodes with small pictures, and edges as wide as their values are large.

import { layOut, looks, SMALL, WIDEST } from "./arrangement.js";
import { curve, nearest } from "./edges.js";
import { deltasAt, flowAt, hintOf, shownAt } from "./flow.js";
import { keyOfEdges, PICTURES } from "./keys.js";
import { element, Panel, significant, typeScale, write } from "./panel.js";
import { valueAt } from "./payload.js";
import { colourTable } from "./picture.js";
import { node } from "./svg.js";
import { Switches } from "./switches.js";
import { Tiles } from "./tiles.js";
import { DESCRIBED, Tips } from "./tips.js";

export class Diagram extends Panel {
  /** @type {DiagramSpec} */ spec;
  /** @type {Palette} */ palette;
  /** @type {Views | undefined} */ views;
  /** @type {string | undefined} */ view; // name of the view that is shown
  /** @type {import("./flow.js").Shown} */ shown;
  /** @type {SVGElement} */ canvas;
  /** @type {DiagramMoment} */ moment;
  /** @type {Colour[]} */ colours;
  /** @type {string | undefined} */ shape;
  /** @type {string | undefined} */ chosen;
  /** @type {ReturnType<Diagram["layEdge"]>[]} */ edges = [];
  /** @type {ReturnType<Diagram["layNode"]>[]} */ nodes = [];
  signs = element("div", { className: "key" });
  /** @type {Square[]} */ squares = [];
  tiles = new Tiles();
  layer = element("div", { className: "layer" }); // of a film
  widest = WIDEST;
  hidesFuture = false; // whether the run's largest value is not to be seen

  // Calls `choose` with the name of an edge that was clicked, and `switched` when a switch was used.
  /** @param {HTMLElement} section @param {(edge: string) => void} choose @param {() => void} switched */
  constructor(section, choose, switched) {
    const drawing = element("div", { className: "drawing" });
    super(section, drawing);
    this.drawing = drawing;
    this.choose = choose;
    this.tips = new Tips(drawing, (anchor) => this.tell(anchor));
    this.switchboard = new Switches(this.switches, () => {
      switched();
      this.show(this.spec, this.moment, this.palette, this.views);
    });
    this.key.before(this.signs);
    this.key.prepend(`${PICTURES} `);
  }

  /** @type {(spec: DiagramSpec, moment: DiagramMoment, palette: Palette, views?: Views) => void} */
  show(spec, moment, palette, views) {
    const shape = JSON.stringify([spec.nodes, spec.edges.map(({ name }) => name)]);
    this.switchboard.show(spec.switches, views);
    Object.assign(this, { spec, palette, views, view: this.switchboard.viewIn(views) });
    this.switchboard.tell(this.section, this.view);
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
    const boxes = this.nodes.map(({ box }) => box);
    this.drawing.replaceChildren(this.canvas, this.tiles.canvas, ...boxes, this.layer, this.tips.box);
    this.listen();
    this.tips.point();
    this.arrange();
    this.emphasiseEdge(this.chosen);
  }

  // Two lines: one to see, and a wide one that shows whether it is pointed at or has the focus.
  /** @param {EdgeSpec} edge @param {number} index */
  layEdge({ name }, index) {
    const line = node("path");
    const target = node("path", { role: "button", tabindex: 0, "aria-label": name });
    target.setAttribute(...DESCRIBED);
    this.canvas.append(line, target);
    const pointed = this.tips.offer(target, () => `${name}: ${this.symbol}${significant(this.shown.numbers[index])}`);
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
    this.tips.point(edge?.pointed);
  }

  /** @param {NodeSpec} node */
  layNode({ name, hint, picture }) {
    const isPlain = picture === null;
    const className = isPlain ? "node plain" : "node";
    const properties = { className, role: "img", tabIndex: isPlain ? -1 : 0, ariaLabel: hint };
    const box = element("div", properties, element("b", { textContent: name }));
    box.setAttribute(...DESCRIBED);
    this.tips.offer(box, () => hint + this.numbers(picture));
    return { box, picture };
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
    this.shown = this.shownAt(moment);
    looks(this.spec.colours, this.shown, this.widest).forEach((look, index) => set(this.edges[index].line, look));
    const pictures = moment.chart.pictures.map((channel) => valueAt(channel, moment.frame));
    this.tiles.paint(pictures, this.colours, this.shown.rings, this.palette["font.color"]);
    write(this.hint, hintOf(this.flow ?? this.spec, this.shown));
    this.tips.write();
  }

  // What the edges show at a moment: a flow, once its data are here, or their own values.
  /** @param {DiagramMoment} moment */
  shownAt(moment) {
    const [run, flow] = [this.flowIn(this.views), this.flowIn(moment.views)];
    return run && flow ? flowAt(run, flow, moment.frame, this.hidesFuture) : shownAt(this.spec, moment, this.hidesFuture);
  }

  // The flow that is shown now.
  get flow() {
    return this.flowIn(this.views) && this.flowIn(this.moment.views);
  }

  /** @param {Views} [views] */
  flowIn(views) {
    return /** @type {FlowSpec | undefined} */ (views?.[this.view ?? ""]?.drawn);
  }

  // What comes before an edge's number.
  get symbol() {
    return this.flow ? `${this.flow.symbol} = ` : "";
  }

  settle() {}

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

  // Tells others the name of what the reader points at.
  /** @param {Element} [anchor] */
  tell(anchor) {
    this.drawing.dispatchEvent(new CustomEvent("pointed", { bubbles: true, detail: this.nameOf(anchor) }));
  }

  /** @param {Element} [anchor] */
  nameOf(anchor) {
    const edge = this.edges.find(({ target }) => target === anchor);
    const index = this.nodes.findIndex(({ box }) => box === anchor);
    return edge?.name ?? this.spec.nodes[index]?.name;
  }

  // The numbers of a node with a picture on each input: its activations, or its deltas.
  /** @param {number | null} picture */
  numbers(picture) {
    if (picture === null) return "";
    const { frame, chart } = this.moment;
    const { flow } = this;
    const values = flow ? deltasAt(flow, frame)[picture] : valueAt(chart.activations, frame)[picture];
    const named = this.spec.input_names.map((name, index) => `${flow ? significant(values[index]) : values[index].toFixed(2)} for ${name}`);
    return `: ${flow ? "δ " : ""}${named.join(", ")}`;
  }
}

// Sets those attributes that are new: the browser would draw even the same ones anew.
/** @type {(line: SVGElement, attributes: Record<string, string>) => void} */
function set(line, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (line.getAttribute(name) !== value) line.setAttribute(name, value);
  }
}
