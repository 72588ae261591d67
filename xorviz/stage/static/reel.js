// Reel: the beats of a film, and how time goes through them. It knows no page.

const OF_INPUT = 2 / 3; // seconds that a beat of one input takes
const OF_ALL = 2; // seconds that a beat of all inputs takes
const LONGEST_PAUSE = 0.1; // seconds that a hidden or busy page owes at most

/** @typedef {{ row: number | null }} Beat */

export class Reel {
  /** @type {Beat[]} */ beats = [];
  beat = 0;
  share = 1; // of the beat's time that has passed
  until = -1; // the last beat that it goes through by itself; -1 where it rests
  speed = 1;

  get last() {
    return this.beats.length - 1;
  }

  get moves() {
    return this.until >= 0;
  }

  // The beats with which an input starts, and those of all inputs.
  get chapters() {
    return [...this.beats.keys()].filter((beat) => this.rowOf(beat) === null || this.rowOf(beat) !== this.rowOf(beat - 1));
  }

  // The number of the present chapter.
  get chapter() {
    return this.chapters.findLastIndex((first) => first <= this.beat);
  }

  /** @param {number} beat */
  rowOf(beat) {
    return this.beats[beat]?.row;
  }

  // Plays on, or from the start where it is at the end.
  play() {
    if (!this.beats.length) return;
    if (this.beat === this.last && this.share === 1) this.restart();
    else this.until = this.last;
  }

  restart() {
    Object.assign(this, { beat: 0, share: 0, until: this.last });
  }

  pause() {
    this.until = -1;
  }

  // Goes to a beat: it is played from its start, or it is over. A film without beats stays at its own.
  /** @type {(beat: number, isPlayed?: boolean) => void} */
  goTo(beat, isPlayed = false) {
    if (this.beats.length) this.beat = Math.min(Math.max(beat, 0), this.last);
    Object.assign(this, isPlayed && beat <= this.last ? { share: 0, until: this.beat } : { share: 1, until: -1 });
  }

  // Goes to a beat, and plays on from there where it was playing.
  /** @type {(beat: number, isPlayed: boolean) => void} */
  skipTo(beat, isPlayed) {
    const plays = this.moves && this.until === this.last;
    this.goTo(beat, isPlayed);
    if (plays) Object.assign(this, { share: 0, until: this.last });
  }

  // The first beat of the next chapter, or of the present one, or of that before it.
  /** @param {1 | -1} direction */
  chapterFrom(direction) {
    const { chapters, beat } = this;
    if (direction > 0) return chapters.find((first) => first > beat) ?? this.last;
    return chapters.findLast((first) => first < beat) ?? 0;
  }

  /** @param {number} seconds */
  advance(seconds) {
    if (!this.moves) return;
    this.share += (Math.min(seconds, LONGEST_PAUSE) * this.speed) / this.duration;
    while (this.share >= 1 && this.beat < this.until) {
      const left = (this.share - 1) * this.duration;
      this.beat++;
      this.share = left / this.duration;
    }
    if (this.share >= 1) Object.assign(this, { share: 1, until: -1 });
  }

  get duration() {
    return this.rowOf(this.beat) === null ? OF_ALL : OF_INPUT;
  }
}
