// Tips of a drawing: a text at what the reader points at, or at what has the focus.

import { element } from "./panel.js";

const ID = "diagram-tip";
/** @type {[name: string, value: string]} */
export const DESCRIBED = ["aria-describedby", ID]; // the attribute of what the tip describes

/** @typedef {{ anchor: Element, write(): string }} Pointed */

export class Tips {
  /** @type {Pointed | undefined} */ pointed;
  box = element("div", { className: "tip", id: ID, role: "tooltip", hidden: true });

  // Calls `changed(anchor)` with what the reader points at, or with nothing.
  /** @param {HTMLElement} drawing @param {(anchor?: Element) => void} changed */
  constructor(drawing, changed) {
    this.drawing = drawing;
    this.changed = changed;
  }

  // Shows a tip with what `write()` returns, while the reader points at an element.
  /** @type {(anchor: HTMLElement | SVGElement, write: Pointed["write"]) => Pointed} */
  offer(anchor, write) {
    const pointed = { anchor, write };
    anchor.onpointerenter = anchor.onfocus = () => this.point(pointed);
    anchor.onpointerleave = anchor.onblur = () => this.point();
    return pointed;
  }

  // Shows the tip of what the reader points at, or hides it.
  /** @param {Pointed} [pointed] */
  point(pointed) {
    this.pointed = pointed;
    this.changed(pointed?.anchor);
    this.box.hidden = !pointed;
    if (!pointed) return;
    const anchor = pointed.anchor.getBoundingClientRect();
    const around = this.drawing.getBoundingClientRect();
    this.box.style.left = `${anchor.left + anchor.width / 2 - around.left}px`;
    this.box.style.top = `${anchor.top + anchor.height / 2 - around.top}px`;
    this.write();
  }

  write() {
    if (this.pointed) this.box.textContent = this.pointed.write();
  }
}
