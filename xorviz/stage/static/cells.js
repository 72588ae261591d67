// A table of values: a cell each in the colour of its value, with its number in it. In every picture only those
// cells are painted that look otherwise than before.

import { element, penOf } from "./panel.js";
import { colourAt, inkOn } from "./picture.js";

const GAP = 1; // pixels around a cell
const NO_NUMBER = [128, 128, 128]; // the colour in its place

export class Cells {
  canvas = element("canvas");
  pen = penOf(this.canvas, { willReadFrequently: true });
  size = [0, 0];
  /** @type {string[]} */ looks = []; // of the cells as they are painted
  shape = ""; // the size of a cell, and of its type

  // Takes the place of the table in its panel, in pixels.
  /** @param {{ left: number, top: number, width: number, height: number }} place */
  arrange({ left, top, width, height }) {
    this.size = [width, height];
    this.shape = "";
    this.canvas.style.cssText = `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
  }

  // Shows values with so many decimals, the first row on top, in type of this scale.
  /** @type {(rows: Float32Array[], colours: Colour[], decimals: number, scale: number) => void} */
  show(rows, colours, decimals, scale) {
    const [width, height] = [this.size[0] / rows[0].length, this.size[1] / rows.length];
    this.begin(`${width} ${height} ${scale}`, Math.min(14 * scale, width / 2.6, 0.8 * height));
    rows.forEach((row, y) =>
      row.forEach((value, x) => {
        const colour = Number.isFinite(value) ? colourAt(colours, value) : NO_NUMBER;
        this.paint(y * row.length + x, value.toFixed(decimals), colour, [x * width, y * height, width, height]);
      }),
    );
  }

  // Begins anew where cells have another size.
  /** @type {(shape: string, font: number) => void} */
  begin(shape, font) {
    if (shape === this.shape) return;
    const sharpness = window.devicePixelRatio;
    const [width, height] = this.size;
    Object.assign(this, { shape, looks: [] });
    Object.assign(this.canvas, { width: width * sharpness, height: height * sharpness });
    this.pen.scale(sharpness, sharpness);
    Object.assign(this.pen, { font: `${font}px sans-serif`, textAlign: "center", textBaseline: "middle" });
  }

  /** @type {(cell: number, text: string, colour: Colour, place: number[]) => void} */
  paint(cell, text, colour, [left, top, width, height]) {
    const { pen, looks } = this;
    const look = `${colour} ${text}`;
    if (looks[cell] === look) return;
    looks[cell] = look;
    pen.clearRect(left, top, width, height);
    pen.fillStyle = `rgb(${colour})`;
    pen.fillRect(left + GAP, top + GAP, width - 2 * GAP, height - 2 * GAP);
    pen.fillStyle = inkOn(colour);
    pen.fillText(text, left + width / 2, top + height / 2);
  }
}
