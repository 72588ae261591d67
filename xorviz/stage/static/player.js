// Player: a position in a run's playing time, and how time moves it. It knows no page.

const FRAMES_PER_SECOND = 24; // on average: a run of 240 frames plays for ten seconds
const LONGEST_PAUSE = 0.1; // seconds that a hidden or busy page owes at most

export class Player {
  position = 0; // share of the playing time
  /** @type {ArrayLike<number>} */ times = [0]; // when each frame is reached, as such shares
  speed = 1;
  playing = false;

  get last() {
    return this.times.length - 1;
  }

  // The last frame that is reached.
  get frame() {
    return after(this.times, this.position) - 1;
  }

  get state() {
    if (this.playing) return "playing";
    return this.frame === this.last ? "ended" : "paused";
  }

  // Takes a run whose frames are reached at these times: plays it from its start, or rests at the same
  // share of its time.
  /** @type {(times: ArrayLike<number>, fromStart: boolean) => void} */
  load(times, fromStart) {
    this.times = times;
    this.position = fromStart ? 0 : times[near(times, this.position)];
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
    this.position = this.times[Math.min(Math.max(frame, 0), this.last)];
  }

  /** @param {number} seconds */
  advance(seconds) {
    const whole = this.times.length / FRAMES_PER_SECOND;
    const owed = (Math.min(seconds, LONGEST_PAUSE) * this.speed) / whole;
    this.position = Math.min(this.position + owed, this.times[this.last]);
    if (this.frame === this.last) this.playing = false;
  }
}

// How many of these ascending numbers are not larger than a value.
/** @type {(ascending: ArrayLike<number>, value: number) => number} */
export function after(ascending, value) {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The index of the number that is nearest to a value, of ascending ones; the later one of two.
/** @type {(ascending: ArrayLike<number>, value: number) => number} */
export function near(ascending, value) {
  const next = Math.min(after(ascending, value), ascending.length - 1);
  return next > 0 && value - ascending[next - 1] < ascending[next] - value ? next - 1 : next;
}
