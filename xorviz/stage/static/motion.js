// Motion: the numbers of a table in every frame of a run, as Python packs them; see motion.py.

import { unpack } from "./payload.js";

const ID = 16; // letters that name the run, before its numbers

/** @param {Uint8Array<ArrayBuffer>} bytes */
export function runOf(bytes) {
  return new TextDecoder().decode(bytes.subarray(0, ID));
}

export class Motion {
  /** @param {string} id @param {Float32Array} values @param {number} frames @param {number} every */
  constructor(id, values, frames, every) {
    this.id = id;
    this.values = values;
    this.frames = frames;
    this.every = every; // frames of the run for each of these
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  static async unpack(bytes) {
    /** @type {{ frames: number, every: number, shift: number, planes: Uint8Array }} */
    const { frames, every, shift, planes } = await unpack(bytes.subarray(ID));
    return new Motion(runOf(bytes), decode(planes, frames, shift), frames, every);
  }

  // A number of the table, counted row by row, in the last such frame up to one of the run.
  /** @type {(cell: number, frame: number) => number} */
  at(cell, frame) {
    return this.values[cell * this.frames + Math.floor(frame / this.every)];
  }
}

// Adds up the differences between frames, whose bytes lie apart. The sums are the upper bits of numbers in
// single precision.
/** @type {(planes: Uint8Array, frames: number, shift: number) => Float32Array} */
export function decode(planes, frames, shift) {
  const count = planes.length / 4;
  const bits = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    let difference = 0;
    for (let byte = 3; byte >= 0; byte--) difference = (difference << 8) | planes[byte * count + index];
    bits[index] = (index % frames ? bits[index - 1] : 0) + (difference << shift);
  }
  return new Float32Array(bits.buffer);
}
