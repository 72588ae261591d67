// The playhead of a chart of curves: a line over the plot. It is a layer of its own, so that it moves while the
// curves stay as they are painted.

import { element } from "./panel.js";

export class Cursor {
  element = element("i", { className: "cursor" });

  /** @param {Axes} axes */
  arrange({ left, top, height }) {
    this.element.style.cssText = `left: ${left}px; top: ${top}px; height: ${height}px`;
  }

  // Stands at the moment's epoch, unless the zoom leaves it out.
  /** @type {(moment: ChartMoment, look: Look) => void} */
  show({ epoch }, { spec, axes }) {
    const { color, width } = spec.layout.shapes[0].line;
    const [from, to] = axes.x;
    const share = (epoch - from) / (to - from);
    this.element.hidden = share < 0 || share > 1;
    const { style } = this.element;
    style.borderLeft = `${width}px solid ${color}`;
    style.transform = `translateX(${share * axes.width - width / 2}px)`;
  }
}
