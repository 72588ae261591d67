// What a chart's view draws: another plot, or cells in place of the plot.

import { unpack } from "./payload.js";

/** @typedef {ChartSpec | MultiplesSpec | undefined} Drawn */

// The views that came with a run, unless the one that is shown has them; undefined where none is wanted.
/** @type {(packed: { name: string, bytes: Uint8Array<ArrayBuffer> }, shown: string, run?: Scene) => Promise<Views> | Views | undefined} */
export function unpackViews({ name, bytes }, shown, run) {
  if (!name) return undefined;
  return name === shown ? run?.views : unpack(bytes);
}

// What a view of this name draws, once it is here.
/** @type {(views?: Views, view?: string) => Drawn} */
export function drawnIn(views, view = "") {
  return /** @type {Drawn} */ (views?.[view]?.drawn);
}

/** @type {(drawn: Drawn) => MultiplesSpec | undefined} */
export function asCells(drawn) {
  return drawn && "kind" in drawn ? drawn : undefined;
}

/** @type {(drawn: Drawn) => ChartSpec | undefined} */
export function asChart(drawn) {
  return drawn && !("kind" in drawn) ? drawn : undefined;
}

// What stands around cells that take the place of a chart's plot: the chart's panel, without its list and key.
/** @type {(own: ChartSpec, cells: MultiplesSpec) => ChartSpec} */
export function panelOf(own, { title, hint }) {
  return { ...own, title, hint, values: null, picture: null };
}
