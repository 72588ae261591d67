// Focus: of several units the one whose numbers are written in full, that of the chosen edge or the one last pointed at.

export class Focus {
  unit = "";
  /** @type {string[]} */ crowd = [];
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

  // Takes another crowd, and the edge that is chosen.
  /** @type {(crowd: string[], chosen: string) => void} */
  take(crowd, chosen) {
    const kept = crowd.includes(this.unit) ? this.unit : (crowd[0] ?? "");
    const isNews = chosen !== this.chosen || this.unit === "";
    this.unit = (isNews && unitIn(crowd, chosen)) || kept;
    Object.assign(this, { crowd, chosen });
  }

  /** @param {Event} event */
  point = (event) => {
    const unit = unitIn(this.crowd, String(/** @type {CustomEvent} */ (event).detail));
    if (!unit || unit === this.unit) return;
    this.unit = unit;
    this.changed();
  };
}

// The unit of a crowd that has this name, or that the edge of this name leads to or from.
/** @type {(crowd: string[], name: string) => string | undefined} */
function unitIn(crowd, name) {
  const ends = name.split(" ");
  return crowd.find((unit) => ends.includes(unit));
}
