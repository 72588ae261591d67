// Playback: moves the playhead over a run's frames and, epoch by epoch, over the exact states between them.

import { after, near, Player } from "./player.js";

const REST = 120; // milliseconds without a movement, after which the playhead is at rest
const PATIENCE = 1000; // milliseconds after which states that were asked for are asked for again
const AHEAD = 10; // epochs ahead of a step that are to be here before the steps reach them

export class Playback {
  /** @type {Scene} */ run;
  /** @type {{ scene: Frames, frame: number } | undefined} */ exact; // where it is, between two frames
  /** @type {Frames | undefined} */ window; // exact states, an epoch each
  /** @type {number | undefined} */ awaited; // the epoch of a step, until its state is here
  askedAt = -Infinity; // the time at which the window that is on its way was asked for
  pace = "change";
  player = new Player();
  startedAt = 0; // the epoch from which it plays
  request = 0;
  resting = 0;
  drawnAt = 0; // the time of the picture before

  // Calls `stir()` before the playhead moves, and `rest()` where it has come to rest. For every picture it
  // calls `draw()`, which returns whether some of the picture still waits. Calls `ask(epoch)` for
  // the states around an epoch, which returns whether they will come.
  /** @param {{ draw(): boolean, stir(): void, rest(): void, ask(epoch: number): boolean }} act */
  constructor(act) {
    this.act = act;
    this.follows = !matchMedia("(prefers-reduced-motion: reduce)").matches; // plays a run that arrives
  }

  destroy() {
    cancelAnimationFrame(this.request);
    clearTimeout(this.resting);
  }

  // Takes another run. Where it rests, it rests as far on as the run before it, or at its start.
  /** @type {(run: Scene, fromStart: boolean) => void} */
  load(run, fromStart) {
    this.run = run;
    this.startedAt = 0;
    this.forget();
    this.window = undefined;
    this.player.load(this.times, this.follows);
    if (fromStart && !this.follows) this.player.seek(0);
    this.wake();
  }

  // When each frame is reached, as a share of the playing time.
  get times() {
    const { epochs, times } = this.run;
    return this.pace === "even" ? Float64Array.from(epochs, (epoch) => epoch / this.lastEpoch) : times;
  }

  get lastEpoch() {
    return this.run.epochs[this.run.epochs.length - 1];
  }

  /** @param {string} pace */
  setPace(pace) {
    if (pace === this.pace) return;
    this.pace = pace;
    if (!this.run) return;
    const { frame, playing } = this.player;
    this.player.load(this.times, false);
    this.player.seek(frame);
    this.player.playing = playing;
  }

  /** @returns {Playhead} */
  get playhead() {
    const { scene, frame } = this.exact ?? { scene: this.run, frame: this.player.frame };
    return { scene, frame, epoch: scene.epochs[frame] };
  }

  get playing() {
    return this.player.playing;
  }

  // The share of the playing time at which an epoch is reached.
  /** @param {number} epoch */
  shareAt(epoch) {
    const { epochs } = this.run;
    const { times, last } = this.player;
    const next = Math.min(after(epochs, epoch), last);
    const part = next && (epoch - epochs[next - 1]) / (epochs[next] - epochs[next - 1]);
    return next ? times[next - 1] + part * (times[next] - times[next - 1]) : 0;
  }

  toggle() {
    if (!this.run) return;
    if (this.playing) return this.pause();
    const { epoch } = this.playhead;
    const { exact, player } = this;
    if (exact) player.seek(player.frame + 1); // on, never back
    this.forget();
    if (!exact || player.frame < player.last) player.play();
    this.startedAt = player.frame === 0 ? 0 : epoch;
    this.follows = true;
    this.wake();
  }

  pause() {
    this.player.pause();
    this.follows = false;
    this.wake();
  }

  /** @param {number} frame */
  goTo(frame) {
    if (!this.run) return;
    this.forget();
    this.player.seek(frame);
    this.follows = false;
    this.wake();
  }

  forward() {
    this.goTo(this.player.frame + 1);
  }

  back() {
    this.goTo(this.exact ? this.player.frame : this.player.frame - 1);
  }

  toEnd() {
    this.goTo(this.player.last);
  }

  // Steps an epoch forward or back, once its state is here. Where no state will come, the step goes to the
  // next frame.
  /** @param {1 | -1} direction */
  step(direction) {
    if (!this.run || (this.awaited !== undefined && this.isAsked)) return;
    const { epoch } = this.playhead;
    if (this.playing) this.pause();
    const target = this.within(epoch + direction);
    if (this.goToEpoch(target)) {
      if (!this.knows(this.within(epoch + direction * AHEAD))) this.ask(target);
    } else if (this.ask(target)) this.awaited = target;
    else if (direction > 0) this.forward();
    else this.back();
  }

  // Takes exact states of the run, for the epoch that is awaited, or the one between two frames that is shown. A
  // run with gaps may not have the awaited one: then the step goes to the next frame.
  /** @param {Frames} window */
  take(window) {
    const { awaited, exact } = this, epoch = awaited ?? (exact && this.playhead.epoch);
    Object.assign(this, { window, askedAt: -Infinity, awaited: undefined });
    if (epoch === undefined || this.goToEpoch(epoch) || awaited === undefined || !this.run.gaps) return;
    this[awaited > this.playhead.epoch ? "forward" : "back"]();
  }

  // Goes to an epoch whose state is here. Returns whether it is.
  /** @param {number} epoch */
  goToEpoch(epoch) {
    const frame = this.frameOf(epoch);
    const { window } = this;
    if (frame >= 0) this.goTo(frame);
    else if (window?.epochs.includes(epoch)) this.goBetween(window, window.epochs.indexOf(epoch));
    else return false;
    return true;
  }

  // Goes to an epoch whose state is here, or on its way.
  /** @param {number} epoch */
  goWhenHere(epoch) {
    if (!this.goToEpoch(epoch)) Object.assign(this, { awaited: epoch, askedAt: performance.now() });
  }

  // Moves the playhead to the frame that is nearest to an epoch.
  /** @param {number} epoch */
  goNear(epoch) {
    this.goTo(near(this.run.epochs, epoch));
  }

  // Moves the playhead to the frame that is nearest to a share of the playing time.
  /** @param {number} share */
  scrub(share) {
    if (this.run) this.goTo(near(this.player.times, share));
  }

  // Moves the playhead to a still: to its frame, or between two frames where it is the state of none.
  /** @param {Frames} still */
  goToStill(still) {
    const frame = this.frameOf(still.epochs[0]);
    if (frame >= 0 && !still.counts) this.goTo(frame);
    else this.goBetween(still, 0);
  }

  /** @type {(scene: Frames, frame: number) => void} */
  goBetween(scene, frame) {
    this.goTo(this.firstFrom(scene.epochs[frame]) - 1);
    this.exact = { scene, frame };
  }

  // No longer between two frames, and no longer on the way to a state.
  forget() {
    Object.assign(this, { exact: undefined, awaited: undefined });
  }

  get isAsked() {
    return performance.now() - this.askedAt < PATIENCE;
  }

  // Asks for the states around an epoch, unless some are on their way. Returns whether they will come.
  /** @param {number} epoch */
  ask(epoch) {
    if (!this.isAsked && this.act.ask(epoch)) this.askedAt = performance.now();
    return this.isAsked;
  }

  /** @param {number} epoch */
  knows(epoch) {
    return this.frameOf(epoch) >= 0 || Boolean(this.window?.epochs.includes(epoch));
  }

  /** @param {number} epoch */
  within(epoch) {
    return Math.min(Math.max(epoch, 0), this.lastEpoch);
  }

  /** @param {number} epoch */
  frameOf(epoch) {
    return this.run.epochs.indexOf(epoch);
  }

  /** @param {number} epoch */
  firstFrom(epoch) {
    return this.run.epochs.findIndex((candidate) => candidate >= epoch);
  }

  wake() {
    this.act.stir();
    clearTimeout(this.resting);
    cancelAnimationFrame(this.request);
    this.drawnAt = performance.now();
    this.request = requestAnimationFrame((now) => this.tick(now));
  }

  // Makes one picture: moves the playhead, and draws.
  /** @param {number} now */
  tick(now) {
    if (this.playing) this.player.advance(Math.max(now - this.drawnAt, 0) / 1000);
    this.drawnAt = now;
    const waiting = this.act.draw();
    if (this.playing || waiting) this.request = requestAnimationFrame((next) => this.tick(next));
    else this.resting = setTimeout(() => this.act.rest(), REST);
  }
}
