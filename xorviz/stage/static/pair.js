// Two lists from which the reader picks the pair of hidden units whose plane is shown.

import { hasServer } from "./host.js";
import { element } from "./panel.js";

/** @import { Drawn } from "./views.js" */

const NAMES = ["Unit across", "Unit up"];

export class Pair {
  /** @type {string[]} */ units = [];
  /** @type {string[]} */ pair = [];
  lists = NAMES.map((name) => Object.assign(document.createElement("select"), { ariaLabel: name, title: name }));
  element = element("span", { className: "pair", hidden: true }, ...this.lists);

  // Calls `pick(pair)` with the units' names, as links spell them.
  /** @param {(pair: string) => void} pick */
  constructor(pick) {
    this.lists.forEach((list, index) => {
      list.onchange = () => {
        const other = list.value === this.pair[1 - index] ? this.pair[index] : this.pair[1 - index];
        pick((index ? [other, list.value] : [list.value, other]).join("_"));
      };
    });
  }

  // Shows the pair of a plane, where there are others to pick.
  /** @param {Drawn} drawn */
  show(drawn) {
    const look = drawn && "kind" in drawn && drawn.kind === "hidden_space" ? drawn.look : undefined;
    this.element.hidden = !look || look.units.length < 3 || !hasServer(this.element);
    if (!look) return;
    if (String(look.units) !== String(this.units)) {
      this.units = look.units;
      for (const list of this.lists) list.replaceChildren(...look.units.map((unit) => element("option", { textContent: unit })));
    }
    this.pair = look.pair;
    this.lists.forEach((list, index) => (list.value = look.pair[index]));
  }
}
