// A table of values: a cell each in the colour of its value, with its number in it. In every picture only those
// cells are painted that look otherwise than before. Every number is written once, on a canvas of its own, and
// copied from there: at each writing on the page, the browser goes through the page's styles.

import { element, penOf, resize } from "./panel.js";
import { rowsAt } from "./payload.js";
import { colourAt, inkOn } from "./picture.js";

const GAP = 1; // pixels around a cell
const NO_NUMBER = [128, 128, 128]; // the colour in its place

export class Cells {
  element = element("canvas");
  pen = penOf(this.element, { willReadFrequently: true });
  size = [0, 0];
  /** @type {string[]} */ looks = []; // of the cells as they are painted
  shape = ""; // the size of a cell, and of its type
  font = 0; // pixels
  /** @type {Map<string, HTMLCanvasElement>} */ stamps = new Map(); // numbers as they are written

  /** @param {Axes} axes */
  arrange({ left, top, width, height }) {
    this.size = [width, height];
    this.shape = "";
    this.element.style.cssText = `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
  }

  // The first row is on top.
  /** @type {(moment: ChartMoment, look: Look) => void} */
  show({ frame, chart: { channels, picture } }, { colours, scale }) {
    const { trace, decimals } = /** @type {PictureSpec} */ (picture);
    const rows = rowsAt(channels, { trace }, frame);
    const [width, height] = [this.size[0] / rows[0].length, this.size[1] / rows.length];
    this.begin(`${width} ${height} ${scale}`, Math.min(14 * scale, width / 2.6, 0.8 * height));
    rows.forEach((row, y) =>
      row.forEach((value, x) => {
        const colour = Number.isFinite(value) ? colourAt(colours, value) : NO_NUMBER;
        this.paint(y * row.length + x, value.toFixed(decimals ?? 0), colour, [x * width, y * height, width, height]);
      }),
    );
  }

  // Begins anew where cells have another size.
  /** @type {(shape: string, font: number) => void} */
  begin(shape, font) {
    if (shape === this.shape) return;
    Object.assign(this, { shape, font, looks: [], stamps: new Map() });
    resize(this.pen, this.size[0], this.size[1]);
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
    const stamp = this.stamp(text, inkOn(colour), width, height);
    const sharpness = window.devicePixelRatio;
    const [x, y] = [left, top].map((pixels) => Math.round(pixels * sharpness) / sharpness);
    pen.drawImage(stamp, x, y, stamp.width / sharpness, stamp.height / sharpness);
  }

  // A number in the middle of a cell.
  /** @type {(text: string, ink: string, width: number, height: number) => HTMLCanvasElement} */
  stamp(text, ink, width, height) {
    const known = this.stamps.get(ink + text);
    if (known) return known;
    const pen = penOf(element("canvas"), { willReadFrequently: true });
    resize(pen, Math.ceil(width), Math.ceil(height));
    Object.assign(pen, { font: `${this.font}px sans-serif`, textAlign: "center", textBaseline: "middle", fillStyle: ink });
    pen.fillText(text, width / 2, height / 2);
    this.stamps.set(ink + text, pen.canvas);
    return pen.canvas;
  }
}
