// The transport bar with the numbers below it: it takes what the reader presses, and writes where the
// playhead is.

import { sentenceAt } from "./description.js";
import { pageAround } from "./host.js";
import { element, significant, write } from "./panel.js";

// Elements that use the keys themselves while they have the focus.
const FIELDS =
  "input, textarea, select, [contenteditable], [role=slider], [role=combobox], [role=option], [role=radio], " +
  "[role=group][tabindex]"; // a box that scrolls

const SHOWN = 2000; // milliseconds that the button Share says whether it copied the link

/**
 * What a reader can ask of the stage.
 * @typedef {Record<"toggle" | "forward" | "back" | "start" | "end" | "share", () => void>
 *   & Record<"scrub" | "speed", (value: number) => void>} Acts
 */

export class Transport {
  shown = NaN; // the epoch, once there is one
  /** @type {HTMLElement[]} */ numbers = [];

  /** @param {HTMLElement} root @param {Acts} act */
  constructor(root, act) {
    this.root = root;
    /** @type {(selector: string) => HTMLElement} */
    this.find = (selector) => root.querySelector(selector);
    this.scrubber = /** @type {HTMLInputElement} */ (this.find("[aria-label=Epoch]"));
    this.speed = /** @type {HTMLSelectElement} */ (this.find(".speed"));
    this.find(".restart").onclick = act.start;
    this.find(".back").onclick = act.back;
    this.find(".forward").onclick = act.forward;
    this.find(".play").onclick = act.toggle;
    this.speed.onchange = () => act.speed(Number(this.speed.value));
    this.find(".share").onclick = act.share;
    this.scrubber.oninput = () => act.scrub(this.scrubber.valueAsNumber);
    /** @type {Record<string, () => void>} */
    this.keys = { " ": act.toggle, ArrowLeft: act.back, ArrowRight: act.forward, Home: act.start, End: act.end };
    document.addEventListener("keydown", this);
  }

  destroy() {
    document.removeEventListener("keydown", this);
  }

  // Called by the browser when a key is pressed.
  /** @param {KeyboardEvent} event */
  handleEvent(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = /** @type {Element} */ (event.target);
    if (target !== this.scrubber && target.closest?.(FIELDS)) return;
    const act = this.keys[event.key];
    if (!act || (event.key === " " && target.closest?.("button, a, summary"))) return;
    event.preventDefault();
    act();
  }

  // Takes another run.
  /** @param {Scene} run */
  show({ epochs, verdict, readouts }) {
    const last = epochs[epochs.length - 1];
    this.shown = NaN;
    this.scrubber.max = String(last);
    this.find(".last").textContent = last.toLocaleString("en");
    this.find(".verdict").textContent = verdict.text;
    this.find(".verdict").style.borderColor = verdict.colour ?? "";
    this.numbers = readouts.map(() => element("dd"));
    const rows = readouts.map(({ label, hint }, index) =>
      element("div", { title: hint }, element("dt", { textContent: label }), this.numbers[index]),
    );
    this.find(".readouts").replaceChildren(...rows);
  }

  // Leaves out the parts that have one of these names.
  /** @param {string[]} names */
  hide(names) {
    for (const name of ["readouts", "verdict", "share"]) this.find(`.${name}`).hidden = names.includes(name);
  }

  // Writes where the playhead is, and the numbers of its frame.
  /** @type {(state: string, playhead: Playhead) => void} */
  write(state, { scene, frame, epoch }) {
    if (this.root.dataset.state !== state) {
      this.root.dataset.state = pageAround(this.root).dataset.state = state;
      const play = this.find(".play");
      play.ariaLabel = play.title = state === "playing" ? "Pause" : "Play";
    }
    this.describe(state === "playing" ? "playing" : sentenceAt(scene.sentences.playhead, frame, epoch));
    if (this.shown === epoch) return;
    this.shown = epoch;
    this.root.dataset.epoch = this.scrubber.value = String(epoch);
    this.find(".epoch").textContent = epoch.toLocaleString("en");
    scene.readouts.forEach(({ values, right }, index) => {
      write(this.numbers[index], significant(values[frame]));
      const judged = right ? ["wrong", "right"][right[frame]] : "";
      if (this.numbers[index].className !== judged) this.numbers[index].className = judged;
    });
  }

  // Tells where the playhead is, for readers who don't see it; while it moves on, always the same.
  /** @param {string} text */
  describe(text) {
    if (this.scrubber.ariaValueText !== text) this.scrubber.ariaValueText = text;
  }

  // Says for a moment whether the link was copied. Where it was not, Python shows it for the reader to copy.
  /** @param {boolean | undefined} copied */
  showCopied(copied) {
    const share = this.find(".share span");
    share.textContent = copied ? "Link copied" : "Copy the link";
    setTimeout(() => (share.textContent = "Share"), SHOWN);
  }
}
