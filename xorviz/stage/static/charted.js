// Charted: a landscape for a picture, which Plotly draws whole.

import { contour } from "./contour.js";
import { contoursOf, heightsAt } from "./heights.js";
import { Painter } from "./picture.js";
import { arrowAt, cellsOf } from "./terrain.js";

/** @import { Chart } from "./chart.js" */

const RADIUS = 0.014; // of the playhead's dot, as a share of the plane's width

// Has Plotly draw the colours, the contours, the playhead and its arrow.
/** @type {(layout: Spec, chart: Chart, moment: ChartMoment) => void} */
export function showTerrain(layout, { spec, palette, colours }, moment) {
  const heights = heightsAt(spec, moment);
  const { shares } = heights;
  const { left, bottom, wide, tall } = cellsOf(spec, shares);
  const [width, height] = [wide * shares[0].length, tall * shares.length];
  const source = new Painter().surface(shares, colours);
  const on = { xref: "x", yref: "y" };
  const color = palette["font.color"];
  layout.images = [
    { ...on, source, x: left - wide / 2, y: bottom - tall / 2, sizex: width, sizey: height, xanchor: "left", yanchor: "bottom", sizing: "stretch", layer: "below" },
  ];
  /** @type {(point: [number, number]) => string} */
  const at = ([column, row]) => `${(left + column * wide).toPrecision(6)},${(bottom + row * tall).toPrecision(6)}`;
  let path = "";
  contour(shares, contoursOf(heights), (from, to) => (path += `M${at(from)}L${at(to)}`));
  const line = { ...on, type: "path", path, layer: "between", opacity: 0.4, line: { color, width: 1 } };
  const { point: [right, up], tip } = arrowAt(moment);
  const radius = RADIUS * width;
  const dot = { ...on, type: "circle", x0: right - radius, x1: right + radius, y0: up - radius, y1: up + radius, fillcolor: color, line: { width: 0 } };
  const isShown = Number.isFinite(right);
  layout.shapes = [...(path ? [line] : []), ...(isShown ? [dot] : [])];
  const arrow = { ...on, axref: "x", ayref: "y", x: tip[0], y: tip[1], ax: right, ay: up, text: "", showarrow: true, arrowhead: 2, arrowwidth: 2, arrowcolor: color };
  layout.annotations = isShown ? [arrow] : [];
}
