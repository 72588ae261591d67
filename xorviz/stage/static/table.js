// The table beside a still: rows of numbers, one of which may be chosen.

import { element, significant } from "./panel.js";

const VEILED = "?"; // in place of a number that is to be predicted

export class Table {
  /** @type {HTMLElement[]} */ cells = [];
  /** @type {number[]} */ lit = [];

  // Calls `choose(name)` when a row was clicked.
  /** @param {HTMLElement} root @param {(name: string) => void} choose */
  constructor(root, choose) {
    this.root = root;
    this.choose = choose;
  }

  // Writes other numbers into the rows that are shown, with three digits, by their index row by row.
  /** @param {(cell: number) => number} value */
  write(value) {
    this.cells.forEach((cell, index) => {
      if (cell.textContent === VEILED) return;
      cell.textContent = significant(value(index), 3);
      cell.title = "";
    });
  }

  // Shows other rows. A name that has the focus keeps it.
  /** @param {TableSpec} spec */
  show(spec) {
    this.root.hidden = false;
    const head = element("tr", {}, element("th", { textContent: spec.corner, scope: "col" }));
    head.append(...spec.columns.map(({ name, hint }) => element("th", { textContent: name, title: hint, scope: "col" })));
    const rows = spec.names.map((name, row) => this.row(spec, name, row));
    const focused = this.root.contains(document.activeElement) && document.activeElement?.textContent;
    const columns = [spec.corner, ...spec.columns].map(() => element("col"));
    const body = [element("colgroup", {}, ...columns), element("thead", {}, head), element("tbody", {}, ...rows)];
    this.root.replaceChildren(element("table", {}, ...body));
    this.cells = [...this.root.querySelectorAll("td")];
    this.emphasise(this.chosen);
    this.light(this.lit);
    const again = [...this.root.querySelectorAll("button")].find(({ textContent }) => textContent === focused);
    again?.focus({ preventScroll: true });
  }

  hide() {
    this.root.hidden = true;
  }

  /** @type {(spec: TableSpec, name: string, row: number) => HTMLElement} */
  row(spec, name, row) {
    const button = element("button", { type: "button", textContent: name });
    const width = spec.columns.length;
    const cells = spec.columns.map(({ texts }, column) => {
      const value = spec.values[row * width + column];
      if (spec.veiled && Number.isNaN(value)) return element("td", { textContent: VEILED });
      const [kept, changed] = texts?.[row] ?? [significant(value), ""];
      return element("td", { title: String(value) }, kept, ...(changed ? [element("b", {}, changed)] : []));
    });
    const line = element("tr", {}, element("th", { scope: "row" }, button), ...cells);
    line.dataset.name = name;
    line.onclick = () => this.choose(name);
    return line;
  }

  // Colours the rows of these parts' edges by the kinds of the factors.
  /** @param {Still["parts"]} parts */
  mark(parts) {
    for (const line of this.root.querySelectorAll("tbody tr")) {
      line.dataset.kind = parts.find(({ at }) => at === line.dataset.name)?.kind ?? "";
    }
  }

  // Lights up the columns of these numbers, and no others.
  /** @param {number[]} columns */
  light(columns) {
    this.lit = columns;
    for (const each of ["col", "thead th"]) {
      this.root.querySelectorAll(each).forEach(({ classList }, index) => classList.toggle("filmed", columns.includes(index - 1)));
    }
  }

  // Marks the chosen row, or none.
  /** @param {string} [chosen] */
  emphasise(chosen) {
    this.chosen = chosen;
    for (const line of this.root.querySelectorAll("tbody tr")) {
      const isChosen = line.dataset.name === chosen;
      line.classList.toggle("chosen", isChosen);
      line.querySelector("button").ariaPressed = String(isChosen);
    }
  }
}
