// What stands around a chart's plot: the names of pinned runs, and the values of its lines.

import { element, significant, write } from "./panel.js";

// The lines whose values are listed: the last traces.
/** @param {ChartSpec} spec */
export function listedLines({ values, traces }) {
  return values === null ? [] : traces.slice(values);
}

// The names of pinned runs, each in its curve's colour.
/** @param {ChartSpec["legend"]} legend */
export function pinRows(legend) {
  return legend.map(([name, colour]) => element("li", { title: name }, swatch(colour), name));
}

// A name and a value for each line, where the chart lists them.
export class ValueList {
  // Calls `point` with the index of the trace that is pointed at, or with none.
  /** @param {HTMLElement} list @param {(trace?: number) => void} point */
  constructor(list, point) {
    this.list = list;
    this.point = point;
    /** @type {HTMLElement[]} */
    this.numbers = [];
  }

  /** @param {ChartSpec} spec */
  show(spec) {
    const lines = listedLines(spec);
    this.list.hidden = lines.length === 0;
    this.numbers = lines.map(() => element("dd"));
    const rows = lines.map(({ name, line }, index) => {
      const term = element("dt", {}, swatch(line.color, line.dash), name);
      const row = element("div", {}, term, this.numbers[index]);
      row.onpointerenter = () => this.point(spec.traces.length - lines.length + index);
      row.onpointerleave = () => this.point();
      return row;
    });
    this.list.replaceChildren(...rows);
  }

  // Writes the values of a moment.
  /** @param {ChartMoment} moment */
  write({ frame, chart }) {
    listedLines(chart).forEach(({ y }, index) => write(this.numbers[index], significant(y[frame])));
  }
}

/** @type {(colour: string, dash?: string) => HTMLElement} */
function swatch(colour, dash = "") {
  const mark = element("i", { className: dash });
  mark.style.borderColor = colour;
  return mark;
}
