// The transport bar and the numbers below it: what the reader presses, and where the playhead is.

import { pageAround } from "./host.js";
import { element, significant, write } from "./panel.js";

// Where keys belong to what has the focus.
const FIELDS =
  "input, textarea, select, [contenteditable], [role=slider], [role=combobox], [role=option], [role=radio]";

const SHOWN = 2000; // milliseconds that a button tells what it did

/**
 * What the reader may want of the stage.
 * @typedef {Record<"toggle" | "forward" | "back" | "start" | "end" | "share", () => void>
 *   & Record<"scrub" | "speed", (value: number) => void>} Acts
 */

export class Transport {
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
    /** @type {(event: KeyboardEvent) => void} */
    this.onKey = (event) => this.press(event);
    document.addEventListener("keydown", this.onKey);
    this.shown = NaN; // the epoch, once there is one
    /** @type {HTMLElement[]} */
    this.numbers = [];
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
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

  // Leaves out what has one of these names.
  /** @param {string[]} names */
  hide(names) {
    for (const name of ["readouts", "verdict", "share"]) this.find(`.${name}`).hidden = names.includes(name);
  }

  // Writes where the playhead is, and a frame's numbers.
  /** @type {(state: string, epoch: number, readouts: Readout[], frame: number) => void} */
  write(state, epoch, readouts, frame) {
    if (this.root.dataset.state !== state) this.writeState(state);
    if (this.shown === epoch) return;
    this.shown = epoch;
    this.root.dataset.epoch = this.scrubber.value = String(epoch);
    this.find(".epoch").textContent = epoch.toLocaleString("en");
    readouts.forEach(({ values, right }, index) => {
      write(this.numbers[index], significant(values[frame]));
      const judged = right ? ["wrong", "right"][right[frame]] : "";
      if (this.numbers[index].className !== judged) this.numbers[index].className = judged;
    });
  }

  /** @param {number} times */
  writeSpeed(times) {
    this.speed.value = String(times);
  }

  // Says for a moment whether the link was copied; where it could not be, it is shown to be copied.
  /** @param {boolean | undefined} copied */
  tellShared(copied) {
    const share = this.find(".share span");
    share.textContent = copied ? "Link copied" : "Copy the link";
    setTimeout(() => (share.textContent = "Share"), SHOWN);
  }

  /** @param {string} state */
  writeState(state) {
    this.root.dataset.state = state;
    pageAround(this.root).dataset.state = state;
    const play = this.find(".play");
    play.ariaLabel = play.title = state === "playing" ? "Pause" : "Play";
  }
}
