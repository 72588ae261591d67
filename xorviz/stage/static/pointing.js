// Pointing: a factor in a formula, its row in a table, and its unit or edge of the network light up together.

import { FORMULA, factorsAround, pageAround } from "./host.js";

const PARTS = "[data-part]"; // rows of tables, by the number of the part
const EVENTS = ["pointerover", "pointerleave", "focusin"];
const NAMED = "[data-name]"; // units, edges and rows of weights

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
  }

  destroy() {
    for (const event of EVENTS) this.page.removeEventListener(event, this.point);
  }

  /** @param {Event} event */
  point = ({ target }) => {
    if (!this.parts.length || !(target instanceof Element)) return;
    const pointed = this.partsAt(target);
    if (!pointed.length && !this.lit.size) return;
    this.lit = new Set(pointed);
    for (const [part, element] of this.shown()) element.classList.toggle("lit", this.lit.has(part));
    this.light(new Set(pointed.map((part) => this.parts[part].at)));
  };

  // The numbers of the parts at which the reader points.
  /** @type {(target: Element) => number[]} */
  partsAt(target) {
    /** @type {HTMLElement | null} */
    const factor = target.closest(`${FORMULA}, ${PARTS}`);
    if (factor && !this.root.contains(factor)) return [partOf(factor)].filter((part) => part in this.parts);
    /** @type {HTMLElement | null} */
    const named = target.closest(NAMED);
    if (!named || !this.root.contains(named)) return [];
    return [...this.parts.keys()].filter((part) => this.parts[part].at === named.dataset.name);
  }

  // All factors of formulas and tables, with the numbers of their parts.
  /** @returns {[part: number, element: HTMLElement][]} */
  shown() {
    return factorsAround(this.page, PARTS).map((element) => [partOf(element), element]);
  }
}

// The number of a factor's part: a row of a table has it as an attribute, a formula as the blue of its colour.
/** @type {(factor: HTMLElement) => number} */
function partOf({ dataset, style }) {
  return Number(dataset.part ?? style.color.match(/\d+/g)?.[2] ?? NaN);
}
