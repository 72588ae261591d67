// Player: a position among a run's frames, and how time moves it. It knows no page.

const FRAMES_PER_SECOND = 64; // a little over a 60 Hz screen's rate: each of its pictures is new
const LONGEST_PAUSE = 0.1; // seconds that a hidden or busy page owes at most

export class Player {
  position = 0;
  last = 0;
  speed = 1;
  playing = false;

  get frame() {
    return Math.floor(this.position);
  }

  get state() {
    if (this.playing) return "playing";
    return this.frame === this.last ? "ended" : "paused";
  }

  // Takes a run of so many frames: plays it from its start, or rests at the same share of it.
  /** @type {(frames: number, fromStart: boolean) => void} */
  load(frames, fromStart) {
    const share = this.last ? this.frame / this.last : 0;
    this.last = frames - 1;
    this.position = fromStart ? 0 : Math.round(share * this.last);
    this.playing = fromStart;
  }

  play() {
    if (this.frame === this.last) this.position = 0;
    this.playing = true;
  }

  pause() {
    this.playing = false;
  }

  /** @param {number} frame */
  seek(frame) {
    this.pause();
    this.position = Math.min(Math.max(frame, 0), this.last);
  }

  /** @param {number} seconds */
  advance(seconds) {
    const owed = Math.min(seconds, LONGEST_PAUSE) * this.speed * FRAMES_PER_SECOND;
    this.position = Math.min(this.position + owed, this.last);
    if (this.position === this.last) this.playing = false;
  }
}
