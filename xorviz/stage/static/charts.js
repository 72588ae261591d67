// The charts together: laid out once, and moved by the playhead. A place is where that is: a frame of
// a scene, { scene, frame, epoch }.

import { Chart } from "./chart.js";
import { Diagram } from "./diagram.js";
import { element, isDark } from "./panel.js";

const BUDGET = 10; // milliseconds that the charts may take of a picture in motion, before the rest wait

// How the charts are arranged, on the page where it is wide and in a picture of it: how many columns there
// are, and how many of them a chart takes.
export const COLUMNS = 24;
/** @type {Record<string, number>} */
export const SPANS = { network: 13, surface: 11, loss: 8, weights: 9, hidden: 7 };

export class Charts {
  /** @type {Palette} */ palette;

  // Calls `choose` with the name of an edge that was clicked, and `switched` when a switch was used.
  /** @param {HTMLElement} root @param {(edge: string) => void} choose @param {() => void} switched */
  constructor(root, choose, switched) {
    this.root = root;
    this.choose = choose;
    this.switched = switched;
    /** @type {(Chart | Diagram)[]} */
    this.charts = [];
  }

  destroy() {
    this.charts.forEach((chart) => chart.destroy());
  }

  // Shows another run, with its switches in these positions where they are given. The sections are
  // made once: a new run has the same charts.
  /** @type {(run: Scene, place: Place, choices?: Choices) => void} */
  show(run, place, choices) {
    this.palette = this.pick(run.palettes);
    if (choices) run.charts.forEach((spec, index) => this.charts[index].take(/** @type {any} */ (spec), choices));
    run.charts.forEach((spec, index) => this.charts[index].show(/** @type {any} */ (spec), momentOf(index, place), this.palette));
  }

  /** @type {(Plotly: Plotly, specs: Scene["charts"]) => void} */
  lay(Plotly, specs) {
    if (this.charts.length) return;
    const place = this.root.querySelector(".charts");
    place.style.setProperty("--columns", String(COLUMNS));
    this.charts = specs.map((spec) => {
      const section = element("section");
      section.dataset.chart = spec.name;
      section.style.setProperty("--span", String(SPANS[spec.name]));
      place.append(section);
      return "nodes" in spec ? new Diagram(section, this.choose) : new Chart(Plotly, section, this.switched);
    });
  }

  // Leaves out the charts of these names; the others share the room.
  /** @param {string[]} names */
  hide(names) {
    const sections = this.charts.map(({ section }) => section);
    sections.forEach((section) => (section.hidden = names.includes(String(section.dataset.chart))));
    this.root.classList.toggle("partial", sections.some(({ hidden }) => hidden));
    this.root.dataset.charts = String(sections.filter(({ hidden }) => !hidden).length);
  }

  // The positions of all charts' switches that links hold.
  get choices() {
    return Object.assign({}, ...this.charts.map((chart) => chart.choices));
  }

  /** @param {Scene["palettes"]} palettes */
  pick(palettes) {
    const theme = isDark(this.root) ? "dark" : "light";
    this.root.dataset.theme = theme;
    return palettes[theme];
  }

  /** @param {Scene["palettes"]} palettes */
  recolour(palettes) {
    const palette = this.pick(palettes);
    if (palette["font.color"] === this.palette["font.color"]) return;
    this.palette = palette;
    this.charts.forEach((chart) => chart.recolour(palette));
  }

  // In motion, the charts that waited longest go first, until the picture's time is used up. Returns
  // whether some still wait.
  /** @type {(place: Place, inMotion: boolean) => boolean} */
  follow(place, inMotion) {
    const started = performance.now();
    /** @type {(index: number) => number} */
    const shown = (index) => this.charts[index].moment.epoch;
    const behind = [...this.charts.keys()].filter((index) => shown(index) !== place.epoch);
    behind.sort((a, b) => shown(a) - shown(b));
    while (behind.length) {
      const index = /** @type {number} */ (behind.shift());
      this.charts[index].follow(momentOf(index, place));
      if (inMotion && performance.now() - started > BUDGET) break;
    }
    return behind.length > 0;
  }

  settle() {
    this.charts.forEach((chart) => chart.settle());
  }

  // Lets one edge stand out, or none.
  /** @param {string} [edge] */
  emphasise(edge) {
    this.charts.forEach((chart) => chart.emphasiseEdge(edge));
  }
}

// What a chart shows at a place.
/** @type {(index: number, place: Place) => any} */
export function momentOf(index, { scene, frame, epoch }) {
  return { epoch, frame, chart: scene.charts[index] };
}
