// What lies beside a still: a table of its numbers, and the factors that formulas, table and network share.

import { Diagram } from "./diagram.js";
import { Pointing } from "./pointing.js";
import { Table } from "./table.js";
import { Tug } from "./tug.js";

const PAUSE = 200; // milliseconds between two updates of the table while the playhead moves

export class Inspection {
  /** @type {import("./motion.js").Motion | undefined} */ motion; // of the run, once it has come
  /** @type {number | undefined} */ epoch; // that the table is of
  /** @type {number | undefined} */ drawn; // the epoch that the tug of war is of
  writtenAt = 0;

  // Calls `choose(name)` when a row was clicked.
  /** @param {HTMLElement} root @param {import("./charts.js").Charts} charts @param {(name: string) => void} choose */
  constructor(root, charts, choose) {
    this.charts = charts;
    this.table = new Table(root.querySelector(".table"), choose);
    this.tug = new Tug(root.querySelector(".tug"));
    this.pointing = new Pointing(root, (names) => this.diagram?.light(names));
  }

  destroy() {
    this.pointing.destroy();
    this.tug.destroy();
  }

  get diagram() {
    return this.charts.charts.find((chart) => chart instanceof Diagram);
  }

  /** @param {Still} still */
  show({ table, parts, epochs }) {
    const marked = parts.filter((part) => part.marked);
    this.epoch = this.drawn = epochs[0];
    this.pointing.parts = parts;
    this.diagram?.mark(marked);
    this.table.show(table);
    this.tug.show(table);
    this.table.mark(marked);
  }

  hide() {
    this.pointing.parts = [];
    this.diagram?.mark([]);
    this.table.hide();
    this.tug.show();
  }

  /** @param {string} name */
  emphasise(name) {
    this.table.emphasise(name);
    this.tug.choose(name);
  }

  // Has tug of war and table follow the playhead over a run's frames, until it rests and Python sends all digits.
  // The bars move with every picture.
  /** @type {(run: string, playhead: Playhead, isBetween: boolean) => void} */
  follow(run, { frame, epoch }, isBetween) {
    const { motion } = this;
    if (isBetween || motion?.id !== run || this.table.root.hidden) return;
    /** @param {number} cell */
    const read = (cell) => motion.at(cell, frame);
    if (epoch !== this.drawn) this.tug.draw(read);
    this.drawn = epoch;
    const now = performance.now();
    if (epoch === this.epoch || now - this.writtenAt < PAUSE) return;
    this.table.write(read);
    this.tug.write(read);
    Object.assign(this, { epoch, writtenAt: now });
  }
}
