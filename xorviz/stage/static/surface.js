// A surface: a smooth picture of a grid of values and the line over it, on a canvas behind the plot.

import { boundary } from "./boundary.js";
import { element, penOf, resize } from "./panel.js";
import { rowsAt } from "./payload.js";
import { paint } from "./picture.js";

export class Surface {
  element = element("canvas");
  pen = penOf(this.element);
  grid = penOf(element("canvas"), { willReadFrequently: true }); // a pixel a value

  /** @param {Axes} axes */
  arrange({ left, top, width, height }) {
    this.element.style.cssText = `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
    resize(this.pen, width, height);
  }

  /** @type {(moment: ChartMoment, look: Look) => void} */
  show({ frame, chart: { channels, picture } }, { spec, axes, colours, palette }) {
    const { pen, grid } = this;
    const { trace, boundary: line } = /** @type {PictureSpec & { boundary: BoundarySpec }} */ (picture);
    const { x, y, sizex, sizey } = spec.layout.images[0];
    const toPixels = pixelsOf(axes);
    const [left, top] = [toPixels.a * (x - sizex / 2) + toPixels.e, toPixels.d * (y + sizey / 2) + toPixels.f];
    paint(grid, rowsAt(channels, { trace }, frame), colours);
    pen.clearRect(0, 0, axes.width, axes.height);
    pen.drawImage(grid.canvas, left, top, toPixels.a * sizex, -toPixels.d * sizey);
    const path = new Path2D();
    path.addPath(new Path2D(boundary(line, frame, spec.traces[trace].x)), toPixels);
    Object.assign(pen, { lineWidth: spec.layout.shapes[0].line.width, strokeStyle: palette["font.color"] });
    pen.stroke(path);
  }
}

// The matrix that makes pixels of from the numbers along its axes.
/** @type {(axes: Axes) => DOMMatrix} */
function pixelsOf({ width, height, x: [left, right], y: [bottom, top] }) {
  const [across, up] = [width / (right - left), height / (bottom - top)];
  return new DOMMatrix([across, 0, 0, up, -across * left, -up * top]);
}
