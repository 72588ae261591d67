// Landscape: the loss over a plane through weight space, beside the stage, whose playhead it follows. Between two
// frames of the run it shows the exact states that Python sends.

import { writeAddress } from "./address.js";
import { Chart } from "./chart.js";
import { sentenceAt } from "./description.js";
import { heightsAt } from "./heights.js";
import { plotly } from "./load.js";
import { element, isDark, write } from "./panel.js";
import { part, unpack } from "./payload.js";
import { Relief } from "./relief.js";
import { Surveyor } from "./surveyor.js";

const MOVING = "The loss over a plane through weight space, while the playhead moves.";

/** @import { Stage } from "./stage.js" */

export class Landscape {
  /** @type {Component<unknown>["setStateValue"]} */ setState;
  /** @type {LandscapeSpec | undefined} */ spec; // as Python has sent it last
  /** @type {Around | undefined} */ around;
  /** @type {Chart} */ chart; // once something is shown, as are the two below
  /** @type {Surveyor} */ surveyor;
  /** @type {Relief} */ relief;
  root = element("div", { className: "stage figure" });
  section = element("section");
  numbers = element("p", { className: "reading" });
  mounts = 0;
  packed = new Uint8Array();
  packedAround = new Uint8Array();
  marked = ""; // what the marks of stationary points are of

  /** @param {HTMLElement} parent @param {() => Stage | undefined} theStage */
  constructor(parent, theStage) {
    this.theStage = theStage;
    this.section.dataset.chart = "landscape";
    this.root.dataset.figure = "landscape";
    this.root.append(this.section);
    parent.append(element("div", { className: "theatre" }, this.root));
  }

  destroy() {
    Object.assign(this, { packed: new Uint8Array(), spec: undefined });
    this.relief?.destroy();
    this.chart?.destroy();
    writeAddress({ relief: undefined });
    this.root.parentElement?.remove();
  }

  /** @param {Error} error */
  fail(error) {
    this.root.textContent = `The chart can't be shown: ${error.message}.`;
  }

  // Takes a run over a plane, which Streamlit may hand over again at any rerun.
  /** @param {Uint8Array<ArrayBuffer>} bytes */
  async show(bytes) {
    const theme = isDark(this.root) ? "dark" : "light";
    if (isSame(bytes, this.packed) && theme === this.root.dataset.theme) return;
    this.packed = bytes;
    this.root.dataset.theme = theme;
    const all = new Uint8Array(bytes);
    const [head, start] = part(all, 0);
    /** @type {[{ choices: Choices }, LandscapeSpec, Plotly]} */
    const [{ choices }, spec, Plotly] = await Promise.all([unpack(head), unpack(all.subarray(start)), plotly()]);
    if (this.packed !== bytes) return; // another came meanwhile, or it is gone
    this.spec = spec;
    this.marked = "";
    if (!this.chart) this.lay(Plotly, choices);
    const moment = this.moment() ?? { epoch: 0, frame: 0, chart: spec.chart };
    this.chart.show(spec.chart, moment, spec.palettes[theme]);
    this.surveyor.show(spec.chart);
    this.relief.show(spec.chart, this.chart.palette);
    this.turn();
    this.settle();
    this.section.dataset.plane = spec.chart.terrain?.plane;
    this.section.dataset.shown = spec.name;
  }

  /** @type {(Plotly: Plotly, choices: Choices) => void} */
  lay(Plotly, choices) {
    this.root.replaceChildren(this.section); // in place of the sentence about a failure
    this.chart = new Chart(Plotly, this.section, () => this.turn());
    this.section.querySelector(".body").after(this.numbers);
    if (this.spec) this.chart.switchboard.take(this.spec.chart.switches, choices);
    this.relief = new Relief(this.chart);
    this.surveyor = new Surveyor(this.chart, (x, y) => this.start(x, y));
  }

  // Takes the states around the playhead.
  /** @param {Uint8Array<ArrayBuffer>} bytes */
  async takeAround(bytes) {
    if (isSame(bytes, this.packedAround)) return;
    this.packedAround = bytes;
    const around = await unpack(bytes).catch((error) => this.fail(error));
    if (this.packedAround !== bytes) return; // newer ones have come
    this.around = around;
    this.settle();
  }

  // What is shown at the playhead, where it is known: the exact state, or that of a frame.
  moment() {
    const stage = this.theStage();
    const { spec, around } = this;
    if (!spec || stage?.run?.id !== spec.id) return undefined;
    const { epoch } = stage.playhead;
    const known = [spec, ...(around?.name === spec.name ? [around] : [])];
    const shown = known.find(({ epochs }) => epochs.includes(epoch));
    const fine = known.includes(/** @type {any} */ (around)) && around?.epoch === epoch ? around.heights : undefined;
    return shown && { epoch, frame: shown.epochs.indexOf(epoch), chart: shown.chart, shown, fine };
  }

  follow() {
    const moment = this.moment();
    this.section.classList.toggle("stale", !moment);
    if (this.section.dataset.epoch !== String(moment?.epoch)) this.rouse();
    if (!moment || !this.chart) return;
    if (this.relief.space) this.relief.follow(moment);
    else this.chart.follow(moment);
    this.mark(moment.epoch);
    this.write(moment);
  }

  // Takes back the tips and the description of the epoch at which the playhead rested.
  rouse() {
    if (!this.section.dataset.epoch) return;
    delete this.section.dataset.epoch;
    this.surveyor.rouse();
    this.describe(MOVING);
  }

  // At rest all is written, and the traces have the values that hover reads.
  settle() {
    const moment = this.moment();
    if (!moment || !this.chart) return;
    this.follow();
    if (this.theStage()?.playback.playing) return;
    this.surveyor.settle(moment);
    this.describe(sentenceAt(moment.shown.sentence, moment.frame, moment.epoch));
    this.section.dataset.epoch = String(moment.epoch); // for programs that wait for that
  }

  /** @param {string} sentence */
  describe(sentence) {
    this.chart.describe(sentence);
    this.relief.describe(sentence);
  }

  // Writes the numbers, what contours and arrow mean where there are some, and both ends of the colours.
  /** @param {NonNullable<ReturnType<Landscape["moment"]>>} moment */
  write(moment) {
    const { shown: { readings: { losses, contours, arrow } }, frame, epoch } = moment;
    const { stepIndex, ends: [low, high] } = heightsAt(this.chart.spec, moment);
    const sentences = [sentenceAt(losses, frame, epoch)];
    if (!this.relief.space) sentences.push(sentenceAt({ ...contours, values: { 0: Int32Array.of(stepIndex) } }, 0, epoch));
    if (this.relief.isDrawn) sentences.push(sentenceAt(arrow, frame, epoch));
    write(this.numbers, sentences.join(" "));
    this.chart.tellEnds([low, high]);
  }

  // Marks the stationary points of a plane that moves where Python has sent them, and nowhere else.
  /** @param {number} epoch */
  mark(epoch) {
    const { spec, around, chart } = this;
    if (!spec?.chart.terrain?.moves) return;
    const marks = around?.name === spec.name && around.epoch === epoch ? around.marks : null;
    const marked = marks ? `${around?.name} ${epoch}` : "none";
    if (marked === this.marked) return;
    this.marked = marked;
    const { x, y, text, marker } = marks ?? { x: [], y: [], text: [], marker: { symbol: [] } };
    chart.Plotly.restyle(chart.plot, { x: [x], y: [y], text: [text], "marker.symbol": [marker.symbol] }, [spec.chart.traces.length - 1]);
  }

  // Shows contours or three axes, as the switch has it.
  turn() {
    const { choices } = this.chart.switchboard;
    writeAddress(choices);
    this.section.dataset.relief = choices.relief ?? "contours";
    const moment = this.moment();
    this.relief.turn(choices.relief === "3d", moment);
    if (!moment) return;
    if (!this.relief.space) this.chart.follow(moment);
    this.write(moment);
  }

  // Reports a point of the plane, from which Python starts a run.
  /** @type {(x: string, y: string) => void} */
  start(x, y) {
    const stage = this.theStage();
    if (!stage || stage.page.server.isAway || !this.spec?.chart.terrain?.opens) return;
    stage.page.send(this.setState, "start", [x, y, stage.playhead.epoch]);
  }
}

/** @type {(one: Uint8Array, other: Uint8Array) => boolean} */
function isSame(one, other) {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
