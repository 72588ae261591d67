// Boxes that scroll by themselves: each shows on which side there is more, and keys can reach it.

import { watchBlock } from "./host.js";

/** @type {Record<string, string>} */
const NAMES = { runs: "Runs side by side" }; // of boxes by class, that hold no button
const BOXES = [".table", ...Object.keys(NAMES).map((name) => `.${name}`)].join();

export class Scrolling {
  /** @type {WeakSet<Element>} */ seen = new WeakSet();

  // Minds the boxes of the stage, and those that come with the tab of which this part is one.
  /** @param {HTMLElement} part */
  constructor(part) {
    this.observer = new ResizeObserver((changes) => changes.forEach(({ target }) => mark(target)));
    this.leave = watchBlock(part, () => this.look());
    this.look();
  }

  destroy() {
    this.observer.disconnect();
    this.leave();
  }

  // Takes in the boxes that have come since the last look. Each counts as one that scrolls until it is
  // measured, which is once the browser has laid it out.
  look() {
    for (const box of document.querySelectorAll(BOXES)) {
      if (this.seen.has(box)) continue;
      this.seen.add(box);
      letReach(box, true);
      this.observer.observe(box);
      box.addEventListener("scroll", () => mark(box), { passive: true });
    }
  }
}

// Marks a box with the sides on which there is more: the styles let it fade there.
/** @param {Element} target */
export function mark(target) {
  const box = /** @type {HTMLElement} */ (target);
  const { scrollWidth, clientWidth, scrollLeft, scrollHeight, clientHeight, scrollTop } = box;
  const right = scrollWidth - clientWidth - scrollLeft > 1 ? "right" : "";
  const below = scrollHeight - clientHeight - scrollTop > 1 ? "below" : "";
  box.dataset.more = `${right} ${below}`.trim();
  letReach(box, scrollWidth > clientWidth);
}

// Lets keys reach a box as long as it scrolls.
/** @type {(box: Element, scrolls: boolean) => void} */
function letReach(box, scrolls) {
  const name = NAMES[box.classList[0]];
  if (!name) return;
  if (!scrolls) return ["tabindex", "role", "aria-label"].forEach((attribute) => box.removeAttribute(attribute));
  Object.assign(box, { tabIndex: 0, role: "group", ariaLabel: name });
}
