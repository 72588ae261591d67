// The table: rows of numbers, one of which may be chosen.

import { element, significant } from "./panel.js";

export class Table {
  // Calls `choose` with the name of a row that was clicked.
  constructor(root, choose) {
    this.root = root;
    this.choose = choose;
  }

  // Shows { corner, columns: [{ name, hint }], names, values, veiled }, the values row by row;
  // a veiled place [row, column] shows no number.
  show(spec) {
    this.root.hidden = false;
    const head = element("tr", {}, element("th", { textContent: spec.corner, scope: "col" }));
    head.append(...spec.columns.map(({ name, hint }) => element("th", { textContent: name, title: hint, scope: "col" })));
    const rows = spec.names.map((name, row) => this.row(spec, name, row));
    this.root.replaceChildren(
      element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)),
    );
    this.emphasise(this.chosen);
  }

  hide() {
    this.root.hidden = true;
  }

  row(spec, name, row) {
    const button = element("button", { type: "button", textContent: name });
    const width = spec.columns.length;
    const cells = spec.columns.map((_, column) => {
      if (spec.veiled?.[0] === row && spec.veiled[1] === column) return element("td", { textContent: "?" });
      const value = spec.values[row * width + column];
      return element("td", { textContent: significant(value), title: String(value) });
    });
    const line = element("tr", {}, element("th", { scope: "row" }, button), ...cells);
    line.dataset.name = name;
    line.onclick = () => this.choose(name);
    return line;
  }

  // Marks the chosen row, or none.
  emphasise(chosen) {
    this.chosen = chosen;
    for (const line of this.root.querySelectorAll("tbody tr")) {
      const isChosen = line.dataset.name === chosen;
      line.classList.toggle("chosen", isChosen);
      line.querySelector("button").ariaPressed = String(isChosen);
    }
  }
}
