// The film of a step on the stage: opened with the still of the step, played, and closed.

import { FilmBar } from "./filmbar.js";
import { Focus } from "./focus.js";
import { Reel } from "./reel.js";
import { Screen } from "./screen.js";
import { Spotlight } from "./spotlight.js";

/** @import { Stage } from "./stage.js" */

const REST = 120; // milliseconds without a movement, after which the address tells the beat

export class StepFilm {
  /** @type {FilmSpec | undefined} */ film; // while it is open
  /** @type {number | undefined} */ asked; // the beat at which it opens once it is here
  /** @type {FilmBar} */ bar;
  /** @type {Screen} */ screen;
  willPlay = false; // once it is here
  epoch = NaN; // from which the step goes
  run = ""; // of which it is a step
  isStale = false; // whether the stage shows another step
  reel = new Reel();
  request = 0;
  resting = 0;
  drawnAt = 0;

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.spotlight = new Spotlight(stage, (kind) => this.goToKind(kind));
    this.focus = new Focus(stage.root, () => this.show());
    /** @type {(direction: 1 | -1) => (event: KeyboardEvent) => void} */
    const go = (direction) => ({ shiftKey }) => (shiftKey ? this.skip(direction) : this.step(direction));
    /** @type {Record<string, (event: KeyboardEvent) => void>} */
    this.keys = { " ": () => this.toggle(), ArrowRight: go(1), ArrowLeft: go(-1) };
  }

  destroy() {
    this.spotlight.destroy();
    this.focus.destroy();
    this.observer?.disconnect();
    this.stop();
  }

  // The beat, for the address.
  get beat() {
    return this.film ? this.reel.beat : this.asked;
  }

  get hasMotion() {
    return !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  // Opens at the beat of a link once the film is here, or closes where a link has none.
  /** @param {number | null} beat */
  open(beat) {
    if (beat === null) return this.leave();
    this.asked = beat;
    if (this.film) this.start(this.film);
  }

  // Has Python send the film, to play it from its first beat.
  watch() {
    if (this.stage.page.report("film", 0)) Object.assign(this, { asked: 0, willPlay: true });
  }

  close() {
    const wasInBar = this.bar.root.contains(document.activeElement);
    this.leave();
    if (wasInBar) this.bar.watch.focus();
    this.stage.page.report("film", null);
    this.stage.writeAddress();
  }

  // Closes it, where Python knows that.
  leave() {
    Object.assign(this, { asked: undefined, willPlay: false });
    if (!this.film) return;
    this.film = undefined;
    this.stop();
    this.stage.transport.borrowed = {};
    this.bar.show(false);
    this.stage.root.classList.remove("filming");
    this.show();
  }

  // Takes the still of a step, which has the film where Python knows that one is open.
  /** @param {Still} still */
  take({ film, id, epochs, chosen }) {
    this.build();
    const isAnother = epochs[0] !== this.epoch || id !== this.run;
    Object.assign(this, { epoch: epochs[0], run: id, isStale: this.stage.playhead.epoch !== epochs[0] });
    if (!film) return this.asked === undefined ? this.leave() : undefined;
    this.focus.take(film.units, chosen);
    if (this.asked !== undefined) return this.start(film);
    if (!this.film) return; // the reader has closed it meanwhile
    this.load(film);
    if (isAnother) this.reel.goTo(this.reel.beat);
    this.show();
  }

  // Makes the parts of the film once there is a network to draw it on.
  build() {
    const { diagram } = this.stage.inspection;
    if (this.bar || !diagram) return;
    this.screen = new Screen(diagram);
    this.bar = new FilmBar(diagram.section, {
      open: () => this.watch(),
      close: () => this.close(),
      toggle: () => this.toggle(),
      back: () => this.step(-1),
      forward: () => this.step(1),
      speed: (times) => (this.reel.speed = times),
      skip: (chapter) => this.skipTo(this.reel.chapters[chapter]),
    });
    this.observer = new ResizeObserver(() => this.show()); // after the network's own, which lays it out
    this.observer.observe(diagram.drawing);
  }

  /** @param {FilmSpec} film */
  start(film) {
    if (this.stage.playback.playing) this.stage.playback.pause();
    const wasWatched = document.activeElement === this.bar.watch;
    this.load(film);
    if (wasWatched) (film.problem ? this.bar.close : this.bar.play).focus({ preventScroll: true });
    this.stage.transport.borrowed = this.keys;
    this.reel.beat = this.asked ?? 0;
    this.reel.goTo(this.reel.beat);
    if (this.willPlay) this.reel.restart();
    Object.assign(this, { asked: undefined, willPlay: false });
    this.arrive(wasWatched); // a link leaves the page at its top
    if (wasWatched) this.bar.root.parentElement?.scrollIntoView({ block: "nearest" });
  }

  /** @param {FilmSpec} film */
  load(film) {
    this.film = film;
    this.reel.beats = film.beats;
    this.bar.show(true, film.beats.length > 0);
    this.stage.root.classList.add("filming");
  }

  toggle() {
    if (this.reel.moves) this.reel.pause();
    else this.reel.play();
    this.arrive();
  }

  // A step forward is played, unless no motion is wanted; a step back shows the beat as it ends.
  /** @param {1 | -1} direction */
  step(direction) {
    this.goTo(this.reel.beat + direction, direction > 0);
  }

  /** @param {1 | -1} direction */
  skip(direction) {
    this.skipTo(this.reel.chapterFrom(direction));
  }

  /** @param {number} beat */
  skipTo(beat) {
    this.reel.skipTo(beat, this.hasMotion);
    this.arrive();
  }

  // The beat of a kind for the present input, or of all inputs; or the last one of this kind.
  /** @param {string} kind */
  goToKind(kind) {
    const { beats } = this.film ?? { beats: [] };
    const now = beats[this.reel.beat];
    if (!now) return;
    const wanted = kind === "shares" && now.row === null ? "sum" : kind;
    const mine = beats.findIndex((beat) => beat.kind === wanted && (beat.row === now.row || beat.row === null));
    this.goTo(mine < 0 ? beats.findLastIndex((beat) => beat.kind === wanted) : mine);
  }

  /** @type {(beat: number, isPlayed?: boolean) => void} */
  goTo(beat, isPlayed = true) {
    this.reel.goTo(beat, isPlayed && this.hasMotion);
    this.arrive();
  }

  // Shows where the reader has brought it, and plays on from there if it moves.
  arrive(follows = true) {
    this.spotlight.follows = follows;
    this.show();
    this.stop();
    this.drawnAt = performance.now();
    this.tick(this.drawnAt);
  }

  // Draws the present beat anew, and tells Python where it is of another input.
  show() {
    const beat = this.isStale ? undefined : this.film?.beats[this.reel.beat];
    if (!this.screen) return;
    this.spotlight.show(this.reel, beat);
    if (this.film && beat) this.screen.show(this.film, beat, this.focus.unit);
    else this.screen.clear();
    this.draw();
    this.write();
  }

  draw() {
    this.screen.draw(this.hasMotion ? this.reel.share : 1);
  }

  write() {
    const { reel, film } = this;
    if (!film) return;
    const written = this.screen.isShort ? film.in_full : film.focus;
    const sentences = [film.beats[reel.beat]?.sentence ?? film.problem, written.replace("{unit}", this.focus.unit)];
    this.bar.write(sentences.join(" ").trim(), reel.chapter, reel.moves);
  }

  /** @param {number} now */
  tick(now) {
    const { beat } = this.reel;
    this.reel.advance(Math.max(now - this.drawnAt, 0) / 1000);
    this.drawnAt = now;
    if (this.reel.beat === beat) this.draw();
    else this.show();
    if (this.reel.moves) this.request = requestAnimationFrame((next) => this.tick(next));
    else this.rest();
  }

  rest() {
    this.write();
    this.resting = setTimeout(() => this.stage.writeAddress(), REST);
  }

  stop() {
    cancelAnimationFrame(this.request);
    clearTimeout(this.resting);
  }

  // The stage shows an epoch of a run: the numbers of another step are not shown.
  /** @type {(run: string, epoch: number) => void} */
  follow(run, epoch) {
    const isStale = epoch !== this.epoch || run !== this.run;
    if (isStale === this.isStale) return;
    this.isStale = isStale;
    if (!this.film) return;
    this.reel.pause();
    this.show();
  }
}
