// Spotlight: what a beat of a step's film is about lights up in the table and in the formulas beside it. A press
// of a formula goes to its beat.

import { beatAround, pageAround, partOfBeat } from "./host.js";

/**
 * @import { Reel } from "./reel.js"
 * @import { Stage } from "./stage.js"
 */

const BUTTON = "[data-to]"; // goes to the beat of a formula, by keys too

export class Spotlight {
  /** @type {number | null | undefined} */ row; // the input that Python knows of
  follows = true; // whether the formulas are scrolled into view: until the reader scrolls them

  // Calls `goTo(kind)` where a formula is pressed.
  /** @param {Stage} stage @param {(kind: string) => void} goTo */
  constructor(stage, goTo) {
    this.stage = stage;
    this.goTo = goTo;
    this.page = pageAround(stage.root);
    this.page.addEventListener("click", this.press);
    this.page.addEventListener("wheel", this.scroll, { passive: true });
  }

  destroy() {
    this.page.removeEventListener("click", this.press);
    this.page.removeEventListener("wheel", this.scroll);
  }

  scroll = () => {
    this.follows = false;
  };

  // Lights up what a beat is about; without one, nothing. Python sets the formulas of another input.
  /** @type {(reel: Reel, beat?: BeatSpec) => void} */
  show({ beat: index, beats }, beat) {
    const { inspection, page } = this.stage;
    inspection.table.light(beat?.columns ?? []);
    const section = inspection.diagram?.section;
    if (!section) return;
    if (!beat) {
      delete this.page.dataset.film;
      delete section.dataset.beat;
      delete section.dataset.beats;
      this.row = undefined;
      return;
    }
    this.page.dataset.film = beat.kind;
    Object.assign(section.dataset, { beat: index, beats: beats.length });
    if (this.row !== undefined && this.row !== beat.row) page.report("film", index);
    this.row = beat.row;
    requestAnimationFrame(() => this.bring(beat)); // once the page is laid out
  }

  // Scrolls the formulas of a beat into view where they are beside the stage.
  /** @param {BeatSpec} beat */
  bring({ kind, row }) {
    const part = partOfBeat(this.page, kind) ?? (row === null ? partOfBeat(this.page, "shares") : null);
    if (!part || !this.follows) return;
    const { left, top, bottom } = part.getBoundingClientRect();
    const isBeside = left > this.stage.root.getBoundingClientRect().right;
    if (isBeside && (top < 0 || bottom > innerHeight)) part.scrollIntoView({ block: "nearest" });
  }

  /** @param {MouseEvent} event */
  press = ({ target }) => {
    const pressed = /** @type {HTMLElement} */ (target);
    if (!this.page.dataset.film || (pressed.closest("button, a") && !pressed.closest(BUTTON))) return;
    const kind = beatAround(pressed);
    if (kind) this.goTo(kind);
  };
}
