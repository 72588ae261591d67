// The transport bar and the numbers below it: what the reader presses, and where the playhead is.

import { element, PAGE, significant, write } from "./panel.js";

// Where keys belong to what has the focus.
const FIELDS =
  "input, textarea, select, [contenteditable], [role=slider], [role=combobox], [role=option], [role=radio]";

const SHOWN = 2000; // milliseconds that a button tells what it did

export class Transport {
  // Calls `act.toggle()`, `act.forward()`, `act.back()`, `act.start()`, `act.end()`, `act.scrub(epoch)`
  // `act.speed(times)` and `act.share()`.
  constructor(root, act) {
    this.root = root;
    this.find = (selector) => root.querySelector(selector);
    this.scrubber = this.find("[aria-label=Epoch]");
    this.find(".restart").onclick = act.start;
    this.find(".back").onclick = act.back;
    this.find(".forward").onclick = act.forward;
    this.find(".play").onclick = act.toggle;
    this.find(".speed").onchange = (event) => act.speed(Number(event.target.value));
    this.find(".share").onclick = act.share;
    this.scrubber.oninput = () => act.scrub(this.scrubber.valueAsNumber);
    this.keys = { " ": act.toggle, ArrowLeft: act.back, ArrowRight: act.forward, Home: act.start, End: act.end };
    this.onKey = (event) => this.press(event);
    document.addEventListener("keydown", this.onKey);
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { target } = event;
    if (target !== this.scrubber && target.closest?.(FIELDS)) return;
    const act = this.keys[event.key];
    if (!act || (event.key === " " && target.closest?.("button, a, summary"))) return;
    event.preventDefault();
    act();
  }

  // Takes another run.
  show({ epochs, verdict, readouts }) {
    this.shown = undefined;
    this.scrubber.max = epochs.at(-1);
    this.find(".last").textContent = epochs.at(-1).toLocaleString("en");
    this.find(".verdict").textContent = verdict.text;
    this.find(".verdict").dataset.kind = verdict.kind;
    this.numbers = readouts.map(() => element("dd"));
    const rows = readouts.map(({ label, hint }, index) =>
      element("div", { title: hint }, element("dt", { textContent: label }), this.numbers[index]),
    );
    this.find(".readouts").replaceChildren(...rows);
  }

  // Writes where the playhead is, and a frame's numbers.
  write(state, epoch, readouts, frame) {
    if (this.root.dataset.state !== state) this.writeState(state);
    if (this.shown === epoch) return;
    this.shown = epoch;
    this.root.dataset.epoch = epoch;
    this.scrubber.value = epoch;
    this.find(".epoch").textContent = epoch.toLocaleString("en");
    readouts.forEach(({ values, right }, index) => {
      write(this.numbers[index], significant(values[frame]));
      const judged = right ? ["wrong", "right"][right[frame]] : "";
      if (this.numbers[index].className !== judged) this.numbers[index].className = judged;
    });
  }

  writeSpeed(times) {
    this.find(".speed").value = times;
  }

  // Says for a moment whether the link was copied; where it could not be, it is shown to be copied.
  tellShared(copied) {
    const share = this.find(".share span");
    share.textContent = copied ? "Link copied" : "Copy the link";
    setTimeout(() => (share.textContent = "Share"), SHOWN);
  }

  writeState(state) {
    this.root.dataset.state = state;
    this.root.closest(PAGE).dataset.state = state;
    const play = this.find(".play");
    play.ariaLabel = play.title = state === "playing" ? "Pause" : "Play";
  }
}
