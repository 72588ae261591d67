// The charts together: laid out once, and moved by the playhead. A place is where that is: a frame of
// a scene, { scene, frame, epoch }.

import { Chart } from "./chart.js";
import { Diagram } from "./diagram.js";
import { element, isDark } from "./panel.js";

const BUDGET = 10; // milliseconds that the charts may take of a picture in motion, before the rest wait

export class Charts {
  // Calls `choose` with the name of an edge that was clicked.
  constructor(root, choose) {
    this.root = root;
    this.choose = choose;
    this.charts = [];
  }

  destroy() {
    this.charts.forEach((chart) => chart.destroy());
  }

  // Shows another run. The sections are made once: a new run has the same charts.
  show(Plotly, run, place) {
    if (!this.charts.length) this.lay(Plotly, run.charts);
    this.palette = this.pick(run.palettes);
    run.charts.forEach((spec, index) => this.charts[index].show(spec, momentOf(index, place), this.palette));
  }

  lay(Plotly, specs) {
    this.charts = specs.map(({ name, nodes }) => {
      const section = element("section");
      section.dataset.chart = name;
      this.root.querySelector(".charts").append(section);
      return nodes ? new Diagram(section, this.choose) : new Chart(Plotly, section);
    });
  }

  pick(palettes) {
    this.root.dataset.theme = isDark(this.root) ? "dark" : "light";
    return palettes[this.root.dataset.theme];
  }

  recolour(palettes) {
    const palette = this.pick(palettes);
    if (palette["font.color"] === this.palette["font.color"]) return;
    this.palette = palette;
    this.charts.forEach((chart) => chart.recolour(palette));
  }

  // In motion, the charts that waited longest go first, until the picture's time is used up. Returns
  // whether some still wait.
  follow(place, inMotion) {
    const started = performance.now();
    const shown = (index) => this.charts[index].moment.epoch;
    const behind = [...this.charts.keys()].filter((index) => shown(index) !== place.epoch);
    behind.sort((a, b) => shown(a) - shown(b));
    while (behind.length) {
      const index = behind.shift();
      this.charts[index].follow(momentOf(index, place));
      if (inMotion && performance.now() - started > BUDGET) break;
    }
    return behind.length > 0;
  }

  settle() {
    this.charts.forEach((chart) => chart.settle());
  }

  // Lets one edge stand out, or none.
  emphasise(edge) {
    this.charts.forEach((chart) => chart.emphasiseEdge?.(edge));
  }
}

// What a chart shows at a place.
function momentOf(index, { scene, frame, epoch }) {
  return { epoch, frame, chart: scene.charts[index] };
}
