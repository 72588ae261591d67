// The pictures in a diagram's nodes, on one canvas: a canvas each would cost the browser a layer each.

import { ringIn } from "./arrangement.js";
import { element, penOf, resize } from "./panel.js";
import { paint } from "./picture.js";

const ROUNDING = 4; // pixels

export class Tiles {
  canvas = element("canvas");
  pen = penOf(this.canvas, { willReadFrequently: true });
  tile = penOf(element("canvas"), { willReadFrequently: true });
  /** @type {Square[]} */ squares = [];
  outlines = new Path2D();

  // Takes the places of the pictures, in a room of so many pixels.
  /** @type {(squares: Square[], width: number, height: number) => void} */
  arrange(squares, width, height) {
    this.squares = squares;
    resize(this.pen, width, height);
    this.outlines = new Path2D();
    for (const { x, y, side } of squares) this.outlines.roundRect(x - side / 2, y - side / 2, side, side, ROUNDING);
  }

  // Paints a picture at each place, and rings around them.
  /** @type {(pictures: Rows[], colours: Colour[], rings: number[], ink: string) => void} */
  paint(pictures, colours, rings, ink) {
    const { pen, canvas, tile } = this;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.save();
    pen.clip(this.outlines);
    pictures.forEach((rows, index) => {
      const { x, y, side } = this.squares[index];
      paint(tile, rows, colours);
      pen.drawImage(tile.canvas, x - side / 2, y - side / 2, side, side);
    });
    pen.restore();
    pen.strokeStyle = ink;
    rings.forEach((share, index) => {
      const { x, y, side, width } = ringIn(this.squares[index], share);
      pen.lineWidth = width;
      pen.beginPath();
      pen.roundRect(x - side / 2, y - side / 2, side, side, ROUNDING);
      if (width) pen.stroke();
    });
  }
}
