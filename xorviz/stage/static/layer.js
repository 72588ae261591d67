// The layer of a chart: what follows the playhead over or behind the plot, which stays as it is painted.

import { Cells } from "./cells.js";
import { Cursor } from "./cursor.js";
import { Surface } from "./surface.js";

// Puts the layer that a chart needs beside its plot, if it needs one.
/** @type {(spec: ChartSpec, plot: HTMLElement) => Cursor | Surface | Cells | undefined} */
export function layerOf({ cursor, picture }, plot) {
  if (!cursor && !picture) return undefined;
  const layer = cursor ? new Cursor() : picture?.boundary ? new Surface() : new Cells();
  plot.before(layer.element);
  return layer;
}

// The axes as Plotly has drawn them. Their box is read from attributes: to measure it, the browser would lay the
// page out.
/** @type {(plot: Plot) => Axes} */
export function axesOf(plot) {
  const box = plot.querySelector(".nsewdrag");
  const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
  const { xaxis, yaxis } = plot._fullLayout;
  return { left, top, width, height, x: xaxis.range, y: yaxis.range };
}
