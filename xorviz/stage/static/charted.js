// Charted: a landscape for a picture, which Plotly draws whole.

import { contour, levels } from "./contour.js";
import { Painter } from "./picture.js";
import { arrowAt, gridAt, shares } from "./terrain.js";

/** @import { Chart } from "./chart.js" */

const RADIUS = 0.014; // of the playhead's dot, as a share of the plane's width

// Has Plotly draw the colours, the contours, the playhead and its arrow.
/** @type {(layout: Spec, chart: Chart, moment: ChartMoment) => void} */
export function showTerrain(layout, { spec, palette, colours }, moment) {
  const { low, high, step } = /** @type {TerrainSpec} */ (spec.terrain);
  const [{ x, y }] = spec.traces;
  const rows = gridAt(spec, moment);
  const [wide, tall] = [x[1] - x[0], y[1] - y[0]];
  const [width, height] = [x[x.length - 1] - x[0], y[y.length - 1] - y[0]];
  const source = new Painter().surface(shares(rows, low, high), colours);
  const on = { xref: "x", yref: "y" };
  const color = palette["font.color"];
  layout.images = [
    { ...on, source, x: x[0] - wide / 2, y: y[0] - tall / 2, sizex: width + wide, sizey: height + tall, xanchor: "left", yanchor: "bottom", sizing: "stretch", layer: "below" },
  ];
  /** @type {(point: [number, number]) => string} */
  const at = ([column, row]) => `${(x[0] + column * wide).toPrecision(5)},${(y[0] + row * tall).toPrecision(5)}`;
  let path = "";
  contour(rows, levels(low, high, step), (from, to) => (path += `M${at(from)}L${at(to)}`));
  const line = { ...on, type: "path", path, layer: "between", opacity: 0.4, line: { color, width: 1 } };
  const { point: [right, up], tip } = arrowAt(moment);
  const radius = RADIUS * width;
  const dot = { ...on, type: "circle", x0: right - radius, x1: right + radius, y0: up - radius, y1: up + radius, fillcolor: color, line: { width: 0 } };
  const isShown = Number.isFinite(right);
  layout.shapes = [...(path ? [line] : []), ...(isShown ? [dot] : [])];
  const arrow = { ...on, axref: "x", ayref: "y", x: tip[0], y: tip[1], ax: right, ay: up, text: "", showarrow: true, arrowhead: 2, arrowwidth: 2, arrowcolor: color };
  layout.annotations = isShown ? [arrow] : [];
}
