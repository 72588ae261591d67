// The bar of a step's film: the button that opens it, and while it is open its own buttons and a sentence about
// the beat.

import { icon } from "./icons.js";
import { element, write } from "./panel.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4];
const NAMES = ["00", "01", "10", "11", "Σ", "new"]; // of the chapters
const TITLES = [...NAMES.slice(0, 4).map((name) => `Skip to input ${name}`), "Skip to the sum", "Skip to the new weights"];

/**
 * What a reader can ask of a film.
 * @typedef {Record<"open" | "close" | "toggle" | "back" | "forward", () => void>
 *   & { speed(times: number): void, skip(chapter: number): void }} Acts
 */

export class FilmBar {
  /** @type {HTMLButtonElement} */ watch;
  /** @type {HTMLButtonElement} */ play;
  /** @type {HTMLButtonElement[]} */ chapters;
  speed = document.createElement("select");
  /** @type {HTMLElement} */ bar = element("div", { className: "bar", role: "toolbar", ariaLabel: "Film of this step" });
  sentence = element("p", { className: "sentence" });

  /** @param {HTMLElement} section @param {Acts} act */
  constructor(section, act) {
    this.watch = button("watch", "Watch this step", act.open, icon("play"), "Watch this step");
    this.play = button("play", "Play the film", act.toggle, icon("play"));
    this.speed.append(...SPEEDS.map((times) => element("option", { value: String(times), textContent: `${times}×`, selected: times === 1 })));
    this.speed.ariaLabel = this.speed.title = "Speed of the film";
    this.speed.onchange = () => act.speed(Number(this.speed.value));
    this.chapters = NAMES.map((name, index) => button("chapter", TITLES[index], () => act.skip(index), name));
    const skips = element("span", { className: "chapters", role: "group", ariaLabel: "Skip to" }, ...this.chapters);
    const back = button("back", "Back one beat (←)", act.back, icon("back"));
    const forward = button("forward", "On one beat (→)", act.forward, icon("forward"));
    this.close = button("close", "Close the film", act.close, icon("close"));
    this.bar.append(back, this.play, forward, this.speed, skips, this.close);
    this.root = element("div", { className: "film" }, this.sentence, this.bar, this.watch);
    section.append(this.root);
    // After a click the space bar plays and pauses; by keys it presses what has the focus.
    this.bar.onclick = ({ detail, target }) => detail && target !== this.speed && this.play.focus();
    this.show(false);
  }

  // Shows the buttons of an open film, or the one that opens it. A film without beats can only be closed.
  /** @type {(isOpen: boolean, hasBeats?: boolean) => void} */
  show(isOpen, hasBeats = true) {
    this.sentence.hidden = this.bar.hidden = !isOpen;
    for (const part of this.bar.children) /** @type {HTMLElement} */ (part).hidden = !hasBeats && part !== this.close;
    this.watch.hidden = isOpen;
  }

  // Writes what happens in a beat. While the film plays nothing is spoken.
  /** @type {(sentence: string, chapter: number, plays: boolean) => void} */
  write(sentence, chapter, plays) {
    this.sentence.ariaLive = plays ? "off" : "polite";
    write(this.sentence, sentence);
    const name = plays ? "Pause the film" : "Play the film";
    if (this.play.ariaLabel !== name) {
      this.play.ariaLabel = this.play.title = name;
      this.play.replaceChildren(icon(plays ? "pause" : "play"));
    }
    this.chapters.forEach((each, index) => (each.ariaCurrent = String(index === chapter)));
  }
}

/** @type {(className: string, name: string, onclick: () => void, ...content: (Node | string)[]) => HTMLButtonElement} */
function button(className, name, onclick, ...content) {
  return element("button", { type: "button", className, ariaLabel: name, title: name, onclick }, ...content);
}
