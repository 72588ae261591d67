// Images of a grid of values, in a tenth of the time that Plotly's heatmap takes.
// A chart shows a surface or a table on a canvas of its own behind the plot; the trace there keeps the values
// for hover.

import { penOf } from "./panel.js";

const SHADES = 256;
const EVEN = 0.179; // the luminance on which black and white have the same contrast

// The colours [red, green, blue] of values from 0 to 1, along Plotly's [[position, "#rrggbb"], ...].
/** @type {(scale: ColourScale) => Colour[]} */
export function colourTable(scale) {
  const positions = scale.map(([position]) => position);
  const stops = scale.map(([, hex]) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
  return Array.from({ length: SHADES }, (_, shade) => {
    const value = shade / (SHADES - 1);
    const next = Math.max(1, positions.findIndex((position) => position >= value));
    const [from, to] = [positions[next - 1], positions[next]];
    const [low, high] = [stops[next - 1], stops[next]];
    return low.map((part, i) => Math.round(part + ((high[i] - part) * (value - from)) / (to - from)));
  });
}

export class Painter {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = penOf(this.canvas, { willReadFrequently: true });
  }

  // The address of an image with a pixel a value.
  /** @type {(rows: Rows, colours: Colour[]) => string} */
  surface(rows, colours) {
    paint(this.context, rows, colours);
    return this.canvas.toDataURL();
  }

}

// Paints a pixel a value, the last row on top as on a y axis, and none where a value is not a number. The
// browser smooths them.
/** @type {(context: CanvasRenderingContext2D, rows: Rows, colours: Colour[]) => void} */
export function paint(context, rows, colours) {
  const [height, width] = [rows.length, rows[0].length];
  const { canvas } = context;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const image = new ImageData(width, height);
  let pixel = 0;
  for (const row of rows.toReversed()) {
    for (let x = 0; x < width; x++, pixel += 4) {
      if (!Number.isFinite(row[x])) continue;
      const colour = colourAt(colours, row[x]);
      image.data[pixel] = colour[0];
      image.data[pixel + 1] = colour[1];
      image.data[pixel + 2] = colour[2];
      image.data[pixel + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

// The colour of a value; below 0 that of 0, above 1 that of 1.
/** @type {(colours: Colour[], value: number) => Colour} */
export function colourAt(colours, value) {
  return colours[Math.round(Math.min(Math.max(value, 0), 1) * (SHADES - 1))];
}

// Black or white, whichever has the higher contrast on a colour.
/** @param {Colour} colour */
export function inkOn(colour) {
  return luminance(colour) > EVEN ? "#000" : "#fff";
}

// Relative luminance, as WCAG 2 defines it.
/** @param {Colour} colour */
function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
