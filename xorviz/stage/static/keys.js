// Keys: what the colours of a panel mean, on the page and in a picture.

import { swatch } from "./lists.js";
import { FAINT, node, piece, text, widthOf } from "./svg.js";

/** @import { Captured } from "./drawing.js" */

const EDGES = "lines:";
const SIGNS = ["< 0", "> 0"]; // of an edge's value
export const PICTURES = "units:";
const GAP = 10;

// The key to the colours of a diagram's edges.
/** @type {(colours: DiagramSpec["colours"]) => (HTMLElement | string)[]} */
export function keyOfEdges(colours) {
  return [EDGES, ...colours.flatMap((colour, index) => [swatch(colour), SIGNS[index]])];
}

export const SPAN = 124; // pixels of the key to the colours of values

// The colours of values from 0 to 1, and of a diagram's edges, to the left of here and in a line at this height.
/** @type {(captured: Captured, right: number, y: number) => SVGElement[]} */
export function drawKey({ name, spec, colorscale }, right, y) {
  if (!colorscale) return [];
  const [low, high] = ("terrain" in spec && spec.terrain?.heights?.ends[0]) || ["0", "1"];
  const end = right - wider(high, "1");
  const id = `key-${name}`;
  const stops = colorscale.map(([offset, colour]) => node("stop", { offset, "stop-color": colour }));
  return [
    node("linearGradient", { id }, ...stops),
    text(low, end - 104 - wider(low, "0"), y, FAINT),
    node("rect", { x: end - 92, y: y - 4, width: 80, height: 8, rx: 2, fill: `url(#${id})` }),
    text(high, end - 8, y, FAINT),
    ...("nodes" in spec ? drawSigns(spec, right - 110, y) : []),
  ];
}

/** @type {(one: string, other: string) => number} */
function wider(one, other) {
  return widthOf(one) - widthOf(other);
}

// The words of a diagram's keys, and the colours of its edges.
/** @type {(spec: DiagramSpec, right: number, y: number) => SVGElement[]} */
function drawSigns({ colours }, right, y) {
  let x = right - widthOf(PICTURES);
  const parts = [text(PICTURES, x, y, FAINT)];
  x -= 2 * GAP;
  for (const [index, sign] of [...SIGNS.entries()].toReversed()) {
    x -= widthOf(sign);
    parts.push(text(sign, x, y, FAINT), piece(x - 24, y, colours[index]));
    x -= 24 + GAP;
  }
  return [...parts, text(EDGES, x - widthOf(EDGES), y, FAINT)];
}
