// The layer of a chart: what follows the playhead over or behind the plot, which stays as it is painted.

import { Cells } from "./cells.js";
import { Cursor } from "./cursor.js";
import { Surface } from "./surface.js";
import { Terrain } from "./terrain.js";

// Puts the layer that a chart needs beside its plot, if it needs one.
/** @type {(spec: ChartSpec, plot: HTMLElement) => ReturnType<typeof made>} */
export function layerOf(spec, plot) {
  const layer = made(spec);
  if (layer) plot.before(layer.element);
  return layer;
}

/** @param {ChartSpec} spec */
function made({ cursor, picture, terrain }) {
  if (terrain) return new Terrain();
  if (cursor) return new Cursor();
  if (picture) return picture.boundary ? new Surface() : new Cells();
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
