// What a chart's view draws: another plot, or cells or a solid in place of the plot.

import { sentenceAt } from "./description.js";
import { unpack } from "./payload.js";

/** @typedef {ChartSpec | MultiplesSpec | SolidSpec | undefined} Drawn */

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

// Writes what the view of this name shows in a frame.
/** @type {(moment: Moment<any>, view?: string) => string} */
export function sentenceIn({ views, frame, epoch }, view = "") {
  const sentence = views?.[view]?.sentence;
  return sentence ? sentenceAt(sentence, frame, epoch) : "";
}

/** @type {(drawn: Drawn) => MultiplesSpec | undefined} */
export function asCells(drawn) {
  return drawn && "kind" in drawn && drawn.kind !== "solid" ? drawn : undefined;
}

/** @type {(drawn: Drawn) => SolidSpec | undefined} */
export function asSolid(drawn) {
  return drawn && "kind" in drawn && drawn.kind === "solid" ? drawn : undefined;
}

/** @type {(drawn: Drawn) => ChartSpec | undefined} */
export function asChart(drawn) {
  return drawn && !("kind" in drawn) ? drawn : undefined;
}

// What stands around a view that takes the place of a chart's plot: the chart's panel, without its list and key.
/** @type {(own: ChartSpec, view: { title: string, hint: string }) => ChartSpec} */
export function panelOf(own, { title, hint }) {
  return { ...own, title, hint, values: null, picture: null };
}
