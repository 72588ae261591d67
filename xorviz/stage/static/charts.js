// All charts of the stage: they are laid out once, and follow the playhead.

import { Chart } from "./chart.js";
import { Diagram } from "./diagram.js";
import { element, isDark } from "./panel.js";

const BUDGET = 10; // milliseconds that the charts may take of a picture, before the rest wait

// How the charts are arranged on a wide page and in a picture of it: how many columns there are, and how
// many of them each chart takes.
export const COLUMNS = 24;
/** @type {Record<string, number>} */
export const SPANS = { network: 13, surface: 11, loss: 8, weights: 9, hidden: 7, curves: 13, landscape: 13, atlas: 24 };

export class Charts {
  /** @type {Palette} */ palette;
  /** @type {number[]} */ followed = []; // when each chart last followed the playhead

  // Calls `choose(name)` when an edge was clicked, and `switched()` when a switch was used.
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

  // Shows another run, with its switches in these positions where they are given.
  /** @type {(run: Scene, playhead: Playhead, choices?: Choices) => void} */
  show(run, playhead, choices) {
    run.charts.forEach((spec, index) => {
      /** @type {any} */
      const chart = this.charts[index];
      if (choices) chart.switchboard.take(spec.switches, choices);
      chart.show(spec, momentOf(index, playhead), this.palette, run.views);
    });
  }

  // Makes the charts once: every run has the same ones.
  /** @type {(Plotly: Plotly, specs: Scene["charts"]) => void} */
  lay(Plotly, specs) {
    if (this.charts.length) return;
    this.root.style.setProperty("--columns", String(COLUMNS));
    this.charts = specs.map((spec) => {
      const section = element("section");
      section.dataset.chart = spec.name;
      section.style.setProperty("--span", String(SPANS[spec.name]));
      return "nodes" in spec ? new Diagram(section, this.choose, this.switched) : new Chart(Plotly, section, this.switched);
    });
    const around = this.root.querySelector(".charts");
    around.onclick = (event) => {
      const pressed = /** @type {Element} */ (event.target).closest(".enlarge");
      if (pressed) this.enlarge(pressed.closest("section"));
    };
    around.append(...this.charts.map(({ section }) => section));
  }

  // Leaves out the charts of these names; the others share the room.
  /** @param {string[]} names */
  hide(names) {
    this.charts.forEach((chart) => (chart.hidesFuture = names.includes("future")));
    const sections = this.charts.map(({ section }) => section);
    sections.forEach((section) => (section.hidden = names.includes(String(section.dataset.chart))));
    this.root.classList.toggle("partial", sections.some(({ hidden }) => hidden));
    this.root.dataset.charts = String(sections.filter(({ hidden }) => !hidden).length);
  }

  // Enlarges the chart of this section, or makes it as small as before.
  /** @param {HTMLElement | null} section */
  enlarge(section) {
    for (const chart of this.charts) {
      const isLarge = chart.section === section && !chart.section.classList.contains("large");
      chart.section.classList.toggle("large", isLarge);
      chart.enlarger.ariaPressed = String(isLarge);
    }
    this.root.classList.toggle("enlarges", this.charts.some((chart) => chart.section.classList.contains("large")));
  }

  // The positions of all charts' switches that links hold.
  get choices() {
    return Object.assign({}, ...this.charts.map(({ switchboard }) => switchboard.choices));
  }

  // The names of the views that the switches ask for.
  get wanted() {
    return this.charts.flatMap(({ switchboard: { wanted } }) => wanted ?? []);
  }

  // Takes the palette of the page's theme. Returns whether it is another than before.
  /** @param {Scene["palettes"]} palettes */
  recolour(palettes) {
    const before = this.palette;
    const theme = isDark(this.root) ? "dark" : "light";
    this.root.dataset.theme = theme;
    this.palette = palettes[theme];
    return this.palette !== before;
  }

  // Moves the charts on to the playhead: those that waited longest first, until the picture's time is
  // used up. Returns whether some still wait.
  /** @type {(playhead: Playhead) => boolean} */
  follow(playhead) {
    const started = performance.now();
    /** @type {(index: number) => boolean} */
    const isBehind = (index) => {
      const { epoch, chart, views } = this.charts[index].moment;
      const isOther = chart !== playhead.scene.charts[index] || views !== playhead.scene.views;
      return isOther || epoch !== playhead.epoch; // by hand, one epoch has many states
    };
    const behind = [...this.charts.keys()].filter(isBehind);
    behind.sort((a, b) => (this.followed[a] ?? 0) - (this.followed[b] ?? 0));
    while (behind.length) {
      const index = /** @type {number} */ (behind.shift());
      this.charts[index].follow(momentOf(index, playhead));
      this.followed[index] = started;
      if (performance.now() - started > BUDGET) break;
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

// What a chart shows at the playhead.
/** @type {(index: number, playhead: Playhead) => any} */
export function momentOf(index, { scene, frame, epoch }) {
  return { epoch, frame, chart: scene.charts[index], views: scene.views };
}
