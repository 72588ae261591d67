// What a chart's view draws: another plot, or cells in place of the plot.

/** @typedef {ChartSpec | MultiplesSpec | undefined} Drawn */

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
