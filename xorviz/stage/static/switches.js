// A panel's switches: for each a group of buttons, one of them pressed.

import { hasServer } from "./host.js";
import { element } from "./panel.js";

/** @typedef {SwitchSpec["options"][number]} Option */

export class Switches {
  /** @type {SwitchSpec[]} */ specs = [];
  shown = ""; // the specs and their positions
  /** @type {Record<string, string | undefined>} */
  chosen = {}; // switch label -> option label, kept from run to run
  /** @type {Record<string, string | undefined>} */
  details = {}; // of views, by their parameters

  // Calls `changed(option, before)` when the reader has used a switch.
  /** @param {HTMLElement} box @param {(option: Option, before: Option) => void} changed */
  constructor(box, changed) {
    this.box = box;
    this.changed = changed;
  }

  // Makes the buttons, where they are others than before: of views those that are here or may be asked for.
  /** @type {(specs: SwitchSpec[], views?: Views) => void} */
  show(specs, views = {}) {
    const here = Object.keys(views).map(viewOf);
    /** @type {(spec: SwitchSpec) => SwitchSpec} */
    const offered = (spec) => ({ ...spec, options: spec.options.filter(({ is_view, key }) => !is_view || here.includes(`${spec.name}=${key}`)) });
    this.specs = hasServer(this.box) ? specs : specs.map(offered);
    const shown = JSON.stringify([this.specs, this.positions]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.box.replaceChildren(...this.specs.map((spec) => this.group(spec)));
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

  // The units that were picked for a view, as long as the network has them.
  /** @param {Option} option */
  detailOf({ detail, units }) {
    const picked = this.details[detail];
    return picked?.split("_").every((unit) => units.includes(unit)) ? picked : undefined;
  }

  // What tells these positions from others.
  get positions() {
    return this.options.map(({ label }) => label);
  }

  // The name of the view that is chosen, if one is: its parameter in a link, and its detail.
  get wanted() {
    const [spec] = this.specs.filter((one) => this.optionOf(one).is_view);
    if (!spec) return undefined;
    const option = this.optionOf(spec);
    return [`${spec.name}=${option.key}`, this.detailOf(option)].filter(Boolean).join(":");
  }

  // The name of the view to show: the chosen one, once it is among these, and until then one with another detail.
  /** @param {Views} [views] */
  viewIn(views = {}) {
    const { wanted } = this;
    return Object.keys(views).find((name) => name === wanted) ?? Object.keys(views).find((name) => viewOf(name) === viewOf(wanted));
  }

  // Has a section tell the view that it shows, as an attribute by the name of its switch.
  /** @type {(section: HTMLElement, view?: string) => void} */
  tell({ dataset }, view) {
    const [spec] = this.specs.filter(({ options }) => options.some((option) => option.is_view));
    if (spec) dataset[spec.name] = viewOf(view)?.split("=")[1] ?? spec.options[0].key;
  }

  // The positions that links hold, by name, and the detail of a view that is chosen; undefined for a first position.
  /** @returns {Choices} */
  get choices() {
    /** @type {(spec: SwitchSpec) => string | undefined} */
    const keyOf = (spec) => (this.optionOf(spec) === spec.options[0] ? undefined : this.optionOf(spec).key);
    const details = this.specs.flatMap(({ options }) => options).filter(({ detail }) => detail);
    return Object.fromEntries([
      ...this.specs.filter(({ name }) => name).map((spec) => [spec.name, keyOf(spec)]),
      ...details.map((option) => [option.detail, this.options.includes(option) ? this.detailOf(option) : undefined]),
    ]);
  }

  // Takes such positions over for the specs that are shown next. Every other switch goes to its first.
  /** @type {(specs: SwitchSpec[], choices: Choices) => void} */
  take(specs, choices) {
    this.specs = specs;
    for (const { label, name, options } of specs) {
      this.chosen[label] = options.find(({ key }) => name && key === choices[name])?.label;
      for (const { detail } of options) if (detail) this.details[detail] = choices[detail];
    }
  }
}

// A view's name without its detail.
/** @param {string} [name] */
function viewOf(name) {
  return name?.split(":")[0];
}
