// The playhead of a chart of curves: a line over the plot, on a layer of its own, so that the curves stay as they
// are painted. It is the layer's background, as a layer that itself moves has the browser sort all layers anew.

import { element } from "./panel.js";

export class Cursor {
  element = element("i", { className: "cursor" });

  /** @param {Axes} axes */
  arrange({ left, top, width, height }) {
    this.element.style.cssText = `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
  }

  /** @type {(moment: ChartMoment, look: Look) => void} */
  show({ epoch }, { spec, axes }) {
    const { color, width } = spec.layout.shapes[0].line;
    const [from, to] = axes.x;
    const x = (axes.width * (epoch - from)) / (to - from) - width / 2;
    this.element.style.background = `linear-gradient(${color} 0 0) ${x}px 0 / ${width}px 100% no-repeat`;
  }
}
