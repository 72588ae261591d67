// What stands in for a chart's plot in a view: cells side by side, or a figure of three axes to turn.

import { Multiples } from "./multiples.js";
import { Solid } from "./solid.js";
import { asCells, asSolid } from "./views.js";

/** @import { Drawn } from "./views.js" */

export class StandIn {
  /** @param {HTMLElement} plot */
  constructor(plot) {
    this.plot = plot;
    this.cells = new Multiples(plot);
    this.solid = new Solid(plot);
  }

  destroy() {
    this.cells.destroy();
    this.solid.destroy();
  }

  // The one that is shown; undefined while the plot is.
  get shown() {
    return [this.cells, this.solid].find(({ isShown }) => isShown);
  }

  // Shows what a view draws, if that takes the place of the plot.
  /** @type {(drawn: Drawn, palette: Palette) => void} */
  show(drawn, palette) {
    this.plot.closest("section")?.classList.toggle("replaced", Boolean(asCells(drawn) ?? asSolid(drawn)));
    this.cells.show(asCells(drawn), palette);
    this.solid.show(asSolid(drawn), palette);
  }
}
