// Playback: moves the playhead over a run's frames, a picture at a time.

import { Player } from "./player.js";

const REST = 120; // milliseconds without a movement, after which the playhead is at rest

export class Playback {
  /** @type {Scene} */ run;
  /** @type {Frames | undefined} */ exact; // the still at which the playhead is, between two frames
  player = new Player();
  startedAt = 0; // the epoch from which it plays
  request = 0;
  resting = 0;
  drawnAt = 0; // the time of the picture before

  // Calls `stir()` before the playhead moves, and `rest()` where it has come to rest. For every picture it
  // calls `draw(inMotion)`, which returns whether some of the picture still waits.
  /** @param {{ draw(inMotion: boolean): boolean, stir(): void, rest(): void }} act */
  constructor(act) {
    this.act = act;
    this.follows = !matchMedia("(prefers-reduced-motion: reduce)").matches; // plays a run that arrives
  }

  destroy() {
    cancelAnimationFrame(this.request);
    clearTimeout(this.resting);
  }

  // Takes another run.
  /** @param {Scene} run */
  load(run) {
    this.run = run;
    this.exact = undefined;
    this.startedAt = 0;
    this.player.load(run.epochs.length, this.follows);
    this.wake();
  }

  /** @returns {Playhead} */
  get playhead() {
    const [scene, frame] = this.exact ? [this.exact, 0] : [this.run, this.player.frame];
    return { scene, frame, epoch: scene.epochs[frame] };
  }

  get playing() {
    return this.player.playing;
  }

  toggle() {
    if (!this.run) return;
    if (this.playing) return this.pause();
    const { epoch } = this.playhead;
    const { exact, player } = this;
    if (exact) player.seek(player.frame + 1); // on, never back
    this.exact = undefined;
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
    this.exact = undefined;
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

  // Moves the playhead to the frame that is nearest to an epoch.
  /** @param {number} epoch */
  goNear(epoch) {
    const after = this.firstFrom(epoch);
    const { epochs } = this.run;
    this.goTo(after > 0 && epoch - epochs[after - 1] < epochs[after] - epoch ? after - 1 : after);
  }

  // Moves the playhead to a still: to its frame, or between two frames where it is none of them.
  /** @param {Frames} still */
  goToStill(still) {
    const [epoch] = still.epochs;
    const after = this.firstFrom(epoch);
    const isFrame = this.run.epochs[after] === epoch;
    this.goTo(isFrame ? after : after - 0.5);
    if (!isFrame) this.exact = still;
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
    const waiting = this.act.draw(this.playing);
    if (this.playing || waiting) this.request = requestAnimationFrame((next) => this.tick(next));
    else this.resting = setTimeout(() => this.act.rest(), REST);
  }
}
