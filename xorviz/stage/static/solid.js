// A solid: a figure of three axes in place of a chart's plot. Its first trace is as high as the chart's first channel.

import { plotly3d } from "./load.js";
import { valueAt } from "./payload.js";
import { Space } from "./space.js";
import { assignAll } from "./spec.js";
import { node } from "./svg.js";

const SHARPNESS = 2; // pixels of a picture for one of its own units

/** @typedef {{ data: Spec[], layout: Spec }} Figure */

export class Solid {
  /** @type {SolidSpec | undefined} */ spec; // while it is shown
  /** @type {Palette} */ palette;
  /** @type {Space | undefined} */ space;
  /** @type {Figure | undefined} */ figure; // as it was first drawn
  /** @type {number[]} */ heights = [];
  shown = ""; // the spec and its palette

  /** @param {HTMLElement} plot */
  constructor(plot) {
    this.plot = plot;
  }

  destroy() {
    this.space?.destroy();
  }

  get isShown() {
    return this.spec !== undefined;
  }

  // Takes the place of the plot, or gives it back.
  /** @type {(spec: SolidSpec | undefined, palette: Palette) => void} */
  show(spec, palette) {
    const shown = JSON.stringify([spec, palette]);
    this.spec = spec;
    if (this.space) this.space.element.hidden = !spec; // kept, as to make one takes a second
    if (!spec) return;
    if (shown !== this.shown) this.figure = undefined;
    Object.assign(this, { palette, shown });
    this.space ??= new Space();
    if (!this.space.element.isConnected) this.plot.after(this.space.element);
  }

  // Moves on to a moment.
  /** @type {(moment: ChartMoment, name?: string) => void} */
  follow({ chart: { channels }, frame }) {
    if (!this.spec || !this.space) return;
    /** @type {Float32Array[]} */
    const rows = valueAt(channels[0], frame);
    this.heights = rows.flatMap((row) => [...row]);
    if (this.figure) return this.space.move({ z: [this.heights], intensity: [this.heights] }, [0]);
    this.figure = this.draw(this.spec);
    this.space.show(this.figure).catch((error) => this.space?.fail(error));
  }

  settle() {}

  /** @param {string} sentence */
  describe(sentence) {
    this.space?.describe(sentence);
  }

  /** @type {(spec: SolidSpec) => Figure} */
  draw(spec) {
    const { traces: data, layout } = structuredClone({ traces: spec.traces, layout: spec.layout });
    const ink = this.palette["font.color"];
    Object.assign(data[0], { z: this.heights, intensity: this.heights, colorscale: this.palette["coloraxis.colorscale"] });
    assignAll(layout, { "font.color": ink });
    for (const axis of ["xaxis", "yaxis", "zaxis"]) Object.assign(layout.scene[axis], { color: ink, gridcolor: this.palette["xaxis.gridcolor"] });
    return { data, layout };
  }

  // Draws it for a picture, as the reader has turned it.
  /** @type {(width: number, height: number) => Promise<SVGElement>} */
  async picture(width, height) {
    if (!this.spec) return node("g");
    const { data, layout } = this.draw(this.spec);
    layout.scene.camera = this.space?.camera;
    const Plotly = await plotly3d();
    const href = await Plotly.toImage({ data, layout: { ...layout, width, height } }, { format: "png", width, height, scale: SHARPNESS });
    return node("image", { href, width, height });
  }
}
