// A list of a chart's lines, with the value of each at the playhead.

import { element, significant, write } from "./panel.js";
import { mark } from "./scrolling.js";
import { node, piece } from "./svg.js";

// The lines whose values are listed: the last traces.
/** @param {ChartSpec} spec */
export function listedLines({ values, traces }) {
  return values === null ? [] : traces.slice(values);
}

// A name and a value for each line, where the chart lists them.
export class ValueList {
  /** @type {HTMLElement[]} */ numbers = [];
  /** @type {[first: number, end: number]} */ sight = [0, Infinity]; // the rows that are not scrolled away

  // Calls `point(trace)` with the index of the trace at which the reader points, and `point()` afterwards.
  /** @param {HTMLElement} list @param {(trace?: number) => void} point */
  constructor(list, point) {
    this.list = list;
    this.point = point;
    this.observer = new ResizeObserver(() => this.measure());
    list.addEventListener("scroll", () => this.look(), { passive: true });
  }

  /** @param {ChartSpec} spec */
  show(spec) {
    const lines = listedLines(spec);
    this.list.hidden = lines.length === 0;
    this.numbers = lines.map(() => element("dd"));
    this.sight = [0, Infinity]; // until the browser has laid them out
    const rows = lines.map(({ name, line }, index) => {
      const term = element("dt", {}, swatch(line.color, line.dash), name);
      const row = element("div", {}, term, this.numbers[index]);
      row.onpointerenter = () => this.point(spec.traces.length - lines.length + index);
      row.onpointerleave = () => this.point();
      return row;
    });
    this.list.replaceChildren(...rows);
    this.observer.disconnect();
    for (const part of [this.list, ...rows.slice(-1)]) this.observer.observe(part);
  }

  // Shows whether the list goes on, and lets keys reach one that scrolls, once the browser has laid it out.
  measure() {
    this.look();
    if (this.list.scrollHeight > this.list.clientHeight) this.list.tabIndex = 0;
    else this.list.removeAttribute("tabindex");
  }

  // Takes how far the list is scrolled.
  look() {
    mark(this.list);
    const { scrollTop, clientHeight, scrollHeight } = this.list;
    const rows = this.numbers.length / scrollHeight; // in a pixel
    this.sight = [Math.floor(scrollTop * rows), Math.ceil((scrollTop + clientHeight) * rows)];
  }

  destroy() {
    this.observer.disconnect();
  }

  // Writes the values of a moment: all of them, or those that the reader sees.
  /** @param {ChartMoment} moment */
  write({ frame, chart }, [first, end] = [0, Infinity]) {
    listedLines(chart).slice(first, end).forEach(({ y }, index) =>
      write(this.numbers[first + index], significant(y[frame])),
    );
  }
}

// A short piece of a line.
/** @type {(colour: string, dash?: string) => HTMLElement} */
export function swatch(colour, dash) {
  return element("i", {}, node("svg", { viewBox: "0 0 20 2" }, piece(0, 1, colour, dash, 20)));
}
