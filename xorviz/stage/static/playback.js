// Playback: moves the playhead over a run's frames, a picture at a time.

import { Player } from "./player.js";

const REST = 120; // milliseconds without a movement, after which the playhead is at rest

export class Playback {
  /** @type {Scene} */ run;
  /** @type {Frames | undefined} */ exact; // a still that the playhead is at
  startedAt = 0; // the epoch from which it plays
  request = 0;
  resting = 0;
  seen = 0; // when the picture before was made

  // Calls `draw(inMotion)` for every picture, which returns whether some of it still waits; `stir()`
  // before the playhead moves, and `rest()` where it has come to rest.
  /** @param {{ draw(inMotion: boolean): boolean, stir(): void, rest(): void }} act */
  constructor(act) {
    this.act = act;
    this.player = new Player();
    this.follows = !matchMedia("(prefers-reduced-motion: reduce)").matches; // plays what arrives
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

  // What the playhead is at: a frame of a scene.
  /** @returns {Place} */
  get place() {
    const [scene, frame] = this.exact ? [this.exact, 0] : [this.run, this.player.frame];
    return { scene, frame, epoch: scene.epochs[frame] };
  }

  get playing() {
    return this.player.playing;
  }

  toggle() {
    if (!this.run) return;
    if (this.playing) return this.pause();
    const { epoch } = this.place;
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

  // Goes to the frame that is nearest to an epoch.
  /** @param {number} epoch */
  goNear(epoch) {
    const after = this.firstFrom(epoch);
    const { epochs } = this.run;
    this.goTo(after > 0 && epoch - epochs[after - 1] < epochs[after] - epoch ? after - 1 : after);
  }

  // The playhead is put between two frames, where the still is not one of them.
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
    this.seen = performance.now();
    this.request = requestAnimationFrame((now) => this.tick(now));
  }

  // One picture: move the playhead, and draw what is there.
  /** @param {number} now */
  tick(now) {
    if (this.playing) this.player.advance(Math.max(now - this.seen, 0) / 1000);
    this.seen = now;
    const waiting = this.act.draw(this.playing);
    if (this.playing || waiting) this.request = requestAnimationFrame((next) => this.tick(next));
    else this.resting = setTimeout(() => this.act.rest(), REST);
  }
}
