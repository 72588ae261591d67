// What lies beside a still: a table of its numbers, and the factors that formulas, table and network share.

import { Diagram } from "./diagram.js";
import { Pointing } from "./pointing.js";
import { Table } from "./table.js";

const PAUSE = 200; // milliseconds between two updates of the table while the playhead moves

export class Inspection {
  /** @type {import("./motion.js").Motion | undefined} */ motion; // of the run, once it has come
  /** @type {string | undefined} */ awaited; // the run whose motion came last
  /** @type {number | undefined} */ epoch; // that the table is of
  writtenAt = 0;

  // Calls `choose(name)` when a row was clicked.
  /** @param {HTMLElement} root @param {import("./charts.js").Charts} charts @param {(name: string) => void} choose */
  constructor(root, charts, choose) {
    this.charts = charts;
    this.table = new Table(root.querySelector(".table"), choose);
    this.pointing = new Pointing(root, (names) => this.diagram?.light(names));
  }

  destroy() {
    this.pointing.destroy();
  }

  get diagram() {
    return this.charts.charts.find((chart) => chart instanceof Diagram);
  }

  /** @param {Still} still */
  show({ table, parts, epochs }) {
    const marked = parts.filter((part) => part.marked);
    this.epoch = epochs[0];
    this.pointing.parts = parts;
    this.diagram?.mark(marked);
    this.table.show(table);
    this.table.mark(marked);
  }

  hide() {
    this.pointing.parts = [];
    this.diagram?.mark([]);
    this.table.hide();
  }

  /** @param {string} name */
  emphasise(name) {
    this.table.emphasise(name);
  }

  // Has the table follow the playhead over a run's frames, until it rests and Python sends all digits.
  /** @type {(run: string, playhead: Playhead, isBetween: boolean) => void} */
  follow(run, { frame, epoch }, isBetween) {
    const now = performance.now();
    if (isBetween || epoch === this.epoch || now - this.writtenAt < PAUSE) return;
    const { motion } = this;
    if (motion?.id !== run || this.table.root.hidden) return;
    this.table.write((cell) => motion.at(cell, frame));
    Object.assign(this, { epoch, writtenAt: now });
  }
}
