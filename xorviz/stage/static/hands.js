// Hands: the weights that the reader holds. While a handle is held the stage shows the browser's own forward
// pass, and at rest the numbers that Python has sent.

import { measureAbove } from "./above.js";
import { Handles } from "./handles.js";
import { heldFrames } from "./held.js";
import { hasPython } from "./host.js";
import { element } from "./panel.js";
import { unpack } from "./payload.js";

const PAUSE = 200; // milliseconds between two updates of the handles while the playhead moves

/** @import { Stage } from "./stage.js" */

export class Hands {
  /** @type {Component<unknown>["setStateValue"]} */ setState;
  /** @type {Hand | undefined} */ hand; // as Python has sent it last
  /** @type {{ index: number, value: number } | undefined} */ held;
  root = element("div", { className: "hands", role: "group", ariaLabel: "Handles of the weights" });
  mounts = 0;
  packed = new Uint8Array();
  awaits = false; // whether Python is to answer a move
  values = new Float64Array(); // of the handles
  isAway = false; // whether these are of another epoch, where the playhead has moved on
  writtenAt = 0;
  /** @type {(() => void) | undefined} */ stopMeasuring;

  /** @param {HTMLElement} parent @param {() => Stage | undefined} theStage */
  constructor(parent, theStage) {
    this.theStage = theStage;
    parent.append(this.root);
    this.handles = new Handles(this.root, {
      hold: (index, value) => this.hold(index, value),
      release: (index, text) => this.release(index, text),
      point: (name) => this.theStage()?.inspection.diagram?.light(new Set(name ? [name] : [])),
    });
  }

  destroy() {
    this.handles.destroy();
    this.hand = undefined;
    this.root.remove();
    this.stopMeasuring?.();
    this.theStage()?.letGo();
  }

  /** @param {Error} error */
  fail(error) {
    this.theStage()?.fail(error);
  }

  // Takes a state from Python, which Streamlit may hand over again at any rerun.
  /** @param {Uint8Array<ArrayBuffer>} bytes */
  async show(bytes) {
    if (bytes.length === this.packed.length && bytes.every((byte, index) => byte === this.packed[index])) return;
    this.packed = bytes;
    const hand = await unpack(bytes);
    if (this.packed !== bytes) return; // a newer one has come
    Object.assign(this, { hand, awaits: false });
    this.showHand();
  }

  showHand() {
    const { hand, held } = this;
    const stage = this.theStage();
    if (!hand) return;
    if (stage) this.stopMeasuring ??= measureAbove(stage.root);
    Object.assign(this, { values: hand.handles.values.slice(), isAway: false });
    this.colour(hand);
    this.handles.show(hand.handles);
    this.root.classList.remove("stale");
    if (!held) return this.apply();
    this.handles.write(held.index, held.value);
    this.hold(held.index, held.value);
  }

  // Takes the colours of negative and positive weights from the network.
  /** @param {Hand} hand */
  colour({ charts }) {
    for (const chart of charts) {
      if (!("edges" in chart)) continue;
      this.root.style.setProperty("--negative", chart.colours[0]);
      this.root.style.setProperty("--positive", chart.colours[1]);
    }
  }

  // Whether a handle is held, or Python is to answer.
  get isBusy() {
    return this.held !== undefined || this.awaits;
  }

  // The stage, where its playhead rests at the epoch of the hand.
  get atHand() {
    const stage = this.theStage();
    const isThere = stage?.run?.id === this.hand?.id && stage?.playhead.epoch === this.hand?.epochs[0];
    return isThere && !stage?.playback.playing ? stage : undefined;
  }

  // Has the stage show the state that Python has sent, which without moves is the run's own.
  apply() {
    const { hand, atHand: stage } = this;
    if (!stage || !hand || this.isBusy) return;
    if (hand.counts || stage.playhead.scene.counts) stage.playback.goToStill(hand);
    stage.root.dataset.hand = String(hand.count);
  }

  // Shows the network with another value of a weight.
  /** @type {(index: number, value: number) => void} */
  hold(index, value) {
    const stage = this.theStage();
    const { hand } = this;
    if (!stage?.run || !hand || stage.run.id !== hand.id) return;
    if (stage.playback.playing) stage.playback.pause();
    if (!this.isBusy && !this.atHand) this.write(valuesAt(stage.playhead));
    this.held = { index, value };
    this.values[index] = value;
    this.root.classList.add("stale");
    stage.root.dataset.hand = "held";
    stage.playback.goBetween(heldFrames(hand, this.values, stage.playhead.epoch), 0);
  }

  // Reports the value at which a weight has come to rest. Where no Python hears of it, or it is the value before,
  // it goes back.
  /** @type {(index: number, text: string) => void} */
  release(index, text) {
    const stage = this.theStage();
    this.held = undefined;
    const isBack = Number(text) === this.hand?.handles.values[index];
    if (!stage || !this.hand || isBack || !hasPython(stage.root)) return this.showHand();
    this.awaits = true;
    stage.reported = stage.playhead.epoch;
    stage.page.send(this.setState, "move", [this.hand.handles.names[index], text, stage.reported]);
  }

  // Has the handles follow the playhead over the run, until it rests and Python sends all digits.
  /** @param {Playhead} playhead */
  follow(playhead) {
    const now = performance.now();
    const stage = this.theStage();
    if (!stage || !this.hand || this.isBusy) return;
    if (this.atHand && this.isAway) this.showHand();
    if (this.atHand || now - this.writtenAt < PAUSE) return;
    Object.assign(this, { isAway: true, writtenAt: now });
    this.write(valuesAt(playhead));
    delete stage.root.dataset.hand;
  }

  // Writes other values into the handles, without arrows.
  /** @param {Float64Array<ArrayBuffer>} values */
  write(values) {
    this.values = values;
    values.forEach((value, index) => this.handles.write(index, value));
    this.root.classList.add("stale");
  }

  /** @param {string} name */
  focus(name) {
    this.handles.focus(Number(this.hand?.handles.names.indexOf(name)));
  }
}

// The weights at the playhead, as the network's edges have them.
/** @type {(playhead: Playhead) => Float64Array<ArrayBuffer>} */
function valuesAt({ scene, frame }) {
  const edges = scene.charts.flatMap((chart) => ("edges" in chart ? chart.edges : []));
  return Float64Array.from(edges, ({ values }) => values[frame]);
}
