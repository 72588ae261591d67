// The transport bar with the numbers below it: it takes what the reader presses, and writes where the
// playhead is.

import { sentenceAt } from "./description.js";
import { canScroll, keyboardAround, pageAround } from "./host.js";
import { element, significant, write } from "./panel.js";
import { verdictAt } from "./verdict.js";

// Elements that use the keys themselves while they have the focus.
const FIELDS =
  "input, textarea, select, [contenteditable], [role=slider], [role=combobox], [role=option], [role=radio], " +
  "[role=group][tabindex]"; // a box that scrolls

const SCROLLING = [" ", "Home", "End"]; // keys that scroll a page which has more than its window holds
const SHOWN = 2000; // milliseconds that the button Share says whether it copied the link

const FINE = 10_000; // positions of the scrubber

/**
 * What a reader can ask of the stage.
 * @typedef {Record<"toggle" | "forward" | "back" | "start" | "end" | "share", () => void>
 *   & Record<"scrub" | "speed", (value: number) => void> & { step(direction: 1 | -1): void }} Acts
 */

export class Transport {
  shown = NaN; // the epoch, once there is one
  /** @type {Frames | undefined} */ scene; // that it is shown of
  /** @type {Scene} */ run;
  /** @type {(epoch: number) => number} */ shareAt = () => 0; // of the playing time
  /** @type {HTMLElement[]} */ numbers = [];
  /** @type {{ epoch: number, mark: HTMLElement }[]} */ marks = []; // of milestones
  hidesFuture = false;
  /** @type {Record<string, (event: KeyboardEvent) => void>} */ borrowed = {}; // keys that are another part's now

  /** @param {HTMLElement} root @param {Acts} act */
  constructor(root, act) {
    this.root = root;
    /** @type {(selector: string) => HTMLElement} */
    this.find = (selector) => root.querySelector(selector);
    this.scrubber = /** @type {HTMLInputElement} */ (this.find("[aria-label=Epoch]"));
    this.speed = /** @type {HTMLSelectElement} */ (this.find(".speed"));
    this.find(".restart").onclick = act.start;
    const back = (/** @type {{ shiftKey: boolean }} */ { shiftKey }) => (shiftKey ? act.back() : act.step(-1));
    const on = (/** @type {{ shiftKey: boolean }} */ { shiftKey }) => (shiftKey ? act.forward() : act.step(1));
    this.find(".back").onclick = back;
    this.find(".forward").onclick = on;
    this.find(".play").onclick = act.toggle;
    this.speed.onchange = () => act.speed(Number(this.speed.value));
    this.find(".share").onclick = act.share;
    this.scrubber.max = String(FINE);
    this.scrubber.oninput = () => act.scrub(this.scrubber.valueAsNumber / FINE);
    /** @type {Record<string, (event: KeyboardEvent) => void>} */
    this.keys = { " ": act.toggle, ArrowLeft: back, ArrowRight: on, Home: act.start, End: act.end };
    this.keyboard = keyboardAround(root);
    this.keyboard.addEventListener("keydown", this);
  }

  destroy() {
    this.keyboard.removeEventListener("keydown", this);
  }

  // Called by the browser when a key is pressed.
  /** @param {KeyboardEvent} event */
  handleEvent(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = /** @type {Element} */ (event.target);
    if (target !== this.scrubber && target.closest?.(FIELDS)) return;
    const borrowed = target === this.scrubber ? undefined : this.borrowed[event.key];
    const act = borrowed ?? this.keys[event.key];
    if (!act || (event.key === " " && target.closest?.("button, a, summary"))) return;
    if (!borrowed && SCROLLING.includes(event.key) && !this.root.contains(target) && canScroll(this.root)) return;
    event.preventDefault();
    act(event);
  }

  // Takes another run, and where its epochs lie in the playing time.
  /** @type {(run: Scene, shareAt: Transport["shareAt"]) => void} */
  show(run, shareAt) {
    const { epochs, milestones, readouts } = run;
    Object.assign(this, { run, shareAt, shown: NaN });
    this.find(".last").textContent = epochs[epochs.length - 1].toLocaleString("en");
    const isHidden = this.hidesFuture || this.find(".verdict").hidden;
    this.find(".outcome").dataset.longest = isHidden ? "" : run.verdict.text;
    this.marks = milestones.map(({ epoch, text }) => ({ epoch, mark: this.mark(epoch, text) }));
    this.find(".milestones").replaceChildren(...this.marks.map(({ mark }) => mark));
    this.numbers = readouts.map(() => element("dd"));
    const rows = readouts.map(({ label, hint }, index) =>
      element("div", { title: hint }, element("dt", { textContent: label }), this.numbers[index]),
    );
    this.find(".readouts").replaceChildren(...rows);
  }

  /** @type {(epoch: number, text: string) => HTMLElement} */
  mark(epoch, text) {
    const mark = element("i", { title: `epoch ${epoch.toLocaleString("en")}: ${text}` });
    mark.style.setProperty("--share", String(this.shareAt(epoch)));
    return mark;
  }

  // Leaves out the parts that have one of these names.
  /** @param {string[]} names */
  hide(names) {
    this.hidesFuture = names.includes("future");
    for (const name of ["readouts", "verdict", "share"]) this.find(`.${name}`).hidden = names.includes(name);
  }

  // Writes where the playhead is, and the numbers of its frame.
  /** @type {(state: string, playhead: Playhead) => void} */
  write(state, { scene, frame, epoch }) {
    if (this.root.dataset.state !== state) {
      this.root.dataset.state = pageAround(this.root).dataset.state = state;
      const play = this.find(".play");
      play.ariaLabel = play.title = state === "playing" ? "Pause" : "Play";
      this.find(".verdict").ariaLive = state === "playing" ? "off" : "polite";
    }
    this.describe(state === "playing" ? "playing" : sentenceAt(scene.sentences.playhead, frame, epoch));
    if (this.shown === epoch && this.scene === scene) return;
    Object.assign(this, { shown: epoch, scene });
    this.root.dataset.epoch = String(epoch);
    this.scrubber.value = String(Math.round(this.shareAt(epoch) * FINE));
    this.judge(epoch, scene, frame);
    for (const mark of this.marks) mark.mark.hidden = this.hidesFuture && mark.epoch > epoch;
    write(this.find(".epoch"), epoch.toLocaleString("en"));
    scene.readouts.forEach(({ values, right }, index) => {
      write(this.numbers[index], significant(values[frame]));
      const judged = right ? ["wrong", "right"][right[frame]] : "";
      if (this.numbers[index].className !== judged) this.numbers[index].className = judged;
    });
  }

  // Writes the verdict: how many predictions are right, and at the end how the run ended.
  /** @type {(epoch: number, scene: Frames, frame: number) => void} */
  judge(epoch, scene, frame) {
    const { text, colour } = verdictAt(this.run, { scene, frame, epoch });
    write(this.find(".verdict"), text);
    this.find(".verdict").style.borderColor = colour;
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
