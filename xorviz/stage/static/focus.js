// Focus: of several units the one whose numbers are written in full, that of the chosen edge or the one last pointed at.

export class Focus {
  unit = "";
  /** @type {string[]} */ units = [];
  chosen = "";

  // Calls `changed()` where the reader has pointed at another unit.
  /** @param {HTMLElement} root @param {() => void} changed */
  constructor(root, changed) {
    this.root = root;
    this.changed = changed;
    root.addEventListener("pointed", this.point);
  }

  destroy() {
    this.root.removeEventListener("pointed", this.point);
  }

  // Takes the units of another network, and the edge that is chosen.
  /** @type {(units: string[], chosen: string) => void} */
  take(units, chosen) {
    const kept = units.includes(this.unit) ? this.unit : (units[0] ?? "");
    const isNews = chosen !== this.chosen || this.unit === "";
    this.unit = (isNews && unitIn(units, chosen)) || kept;
    Object.assign(this, { units, chosen });
  }

  /** @param {Event} event */
  point = (event) => {
    const unit = unitIn(this.units, String(/** @type {CustomEvent} */ (event).detail));
    if (!unit || unit === this.unit) return;
    this.unit = unit;
    this.changed();
  };
}

// The unit that has this name, or that the edge of this name leads to or from.
/** @type {(units: string[], name: string) => string | undefined} */
function unitIn(units, name) {
  const ends = name.split(" ");
  return units.find((unit) => ends.includes(unit));
}
