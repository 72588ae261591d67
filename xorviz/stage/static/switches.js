// A panel's switches: for each a group of buttons, one of them pressed.

import { element } from "./panel.js";

/** @typedef {SwitchSpec["options"][number]} Option */

export class Switches {
  /** @type {SwitchSpec[]} */ specs = [];
  shown = ""; // the specs and their positions
  /** @type {Record<string, string | undefined>} */
  chosen = {}; // switch label -> option label, kept from run to run

  // Calls `changed(option, before)` when the reader has used a switch.
  /** @param {HTMLElement} box @param {(option: Option, before: Option) => void} changed */
  constructor(box, changed) {
    this.box = box;
    this.changed = changed;
  }

  // Makes the buttons, where they are others than before.
  /** @param {SwitchSpec[]} specs */
  show(specs) {
    this.specs = specs;
    const shown = JSON.stringify([specs, this.positions]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.box.replaceChildren(...specs.map((spec) => this.group(spec)));
  }

  /** @param {SwitchSpec} spec */
  group(spec) {
    const buttons = spec.options.map((option) => {
      const ariaPressed = String(option === this.optionOf(spec));
      const button = element("button", { type: "button", textContent: option.label, ariaPressed });
      button.onclick = () => {
        const before = this.optionOf(spec);
        this.chosen[spec.label] = option.label;
        this.shown = "";
        buttons.forEach((other) => (other.ariaPressed = String(other === button)));
        this.changed(option, before);
      };
      return button;
    });
    return element("div", { role: "group", ariaLabel: spec.label }, ...buttons);
  }

  // The chosen option of each switch.
  get options() {
    return this.specs.map((spec) => this.optionOf(spec));
  }

  /** @type {(spec: SwitchSpec) => Option} */
  optionOf({ label, options }) {
    return options.find((option) => option.label === this.chosen[label]) ?? options[0];
  }

  // What tells these positions from others.
  get positions() {
    return this.options.map(({ label }) => label);
  }

  // The name of the view that is chosen, if one is: its parameter in a link.
  get wanted() {
    const [spec] = this.specs.filter((one) => this.optionOf(one).is_view);
    return spec && `${spec.name}=${this.optionOf(spec).key}`;
  }

  // The name of the view to show: the chosen one, once it is among these.
  /** @param {Views} [views] */
  viewIn(views) {
    return this.wanted && views?.[this.wanted] ? this.wanted : undefined;
  }

  // Has a section tell the view that it shows, as an attribute by the name of its switch.
  /** @type {(section: HTMLElement, view?: string) => void} */
  tell({ dataset }, view) {
    const [spec] = this.specs.filter(({ options }) => options.some((option) => option.is_view));
    if (spec) dataset[spec.name] = view?.split("=")[1] ?? spec.options[0].key;
  }

  // The positions that links hold, by name; undefined for a first position.
  /** @returns {Choices} */
  get choices() {
    /** @type {(spec: SwitchSpec) => string | undefined} */
    const keyOf = (spec) => (this.optionOf(spec) === spec.options[0] ? undefined : this.optionOf(spec).key);
    return Object.fromEntries(this.specs.filter(({ name }) => name).map((spec) => [spec.name, keyOf(spec)]));
  }

  // Takes such positions over for the specs that are shown next. Every other switch goes to its first.
  /** @type {(specs: SwitchSpec[], choices: Choices) => void} */
  take(specs, choices) {
    this.specs = specs;
    for (const { label, name, options } of specs) {
      this.chosen[label] = options.find(({ key }) => name && key === choices[name])?.label;
    }
  }
}
