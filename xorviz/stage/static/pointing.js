// Pointing: a factor in a formula, its row in a table, and its unit or edge of the network light up together.

import { FORMULA, factorsAround, pageAround } from "./host.js";

const PARTS = "[data-part]"; // rows of factors, by the number of the part
const ROWS = "tr[data-name]"; // rows of the table beside a still, by the name of an edge
const NETWORK = ".drawing";
const EVENTS = ["pointerover", "pointerleave", "focusin"];

export class Pointing {
  /** @type {Still["parts"]} */ parts = [];
  /** @type {Set<number>} */ lit = new Set();

  // Calls `light(names)` with the units and edges that light up.
  /** @param {HTMLElement} root @param {(names: Set<string>) => void} light */
  constructor(root, light) {
    this.root = root;
    this.light = light;
    this.page = pageAround(root);
    for (const event of EVENTS) this.page.addEventListener(event, this.point);
    root.addEventListener("pointed", this.pointAtNetwork);
  }

  destroy() {
    for (const event of EVENTS) this.page.removeEventListener(event, this.point);
    this.root.removeEventListener("pointed", this.pointAtNetwork);
  }

  // The network says itself which of its nodes and edges is pointed at, if any.
  /** @param {Event} event */
  pointAtNetwork = (event) => {
    this.show(this.partsOf(/** @type {CustomEvent} */ (event).detail));
  };

  /** @param {Event} event */
  point = ({ target }) => {
    if (!(target instanceof Element) || target.closest(NETWORK)) return;
    /** @type {HTMLElement | null} */
    const factor = target.closest(`${FORMULA}, ${PARTS}`);
    /** @type {HTMLElement | null} */
    const row = target.closest(ROWS);
    this.show(factor ? [partOf(factor)] : this.partsOf(row?.dataset.name));
  };

  // The numbers of the parts of a unit or edge.
  /** @param {string} [name] */
  partsOf(name) {
    return [...this.parts.keys()].filter((part) => this.parts[part].at === name);
  }

  // Lights up these parts, and no others.
  /** @param {number[]} numbers */
  show(numbers) {
    const pointed = numbers.filter((part) => part in this.parts);
    if (!pointed.length && !this.lit.size) return;
    this.lit = new Set(pointed);
    for (const factor of factorsAround(this.page, PARTS)) factor.classList.toggle("lit", this.lit.has(partOf(factor)));
    this.light(new Set(pointed.map((part) => this.parts[part].at)));
  }
}

// The number of a factor's part: a row of a table has it as an attribute, a formula as the blue of its colour.
/** @type {(factor: HTMLElement) => number} */
function partOf({ dataset, style }) {
  return Number(dataset.part ?? style.color.match(/\d+/g)?.[2] ?? NaN);
}
