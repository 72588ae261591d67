// A chart's zoom. A mouse drags a rectangle. A finger scrolls the page, and drags a rectangle once the
// chart's button was pressed. The same button zooms back out.

import { element } from "./panel.js";

export class Zoom {
  button = element("button", { type: "button", className: "zoom" });
  isArmed = false; // whether the next finger on the chart zooms
  isZoomed = false;

  // Calls `move()` where the axes go elsewhere, amid a drag too.
  /** @param {Plotly} Plotly @param {Plot} plot @param {() => void} move */
  constructor(Plotly, plot, move) {
    this.Plotly = Plotly;
    this.plot = plot;
    this.move = move;
    this.button.onclick = () => this.press();
    // Plotly would keep the page from scrolling. Of a tap it then hears by the mouse events that follow.
    /** @type {(event: Event) => void} */
    const keepFromPlotly = (event) => this.isArmed || event.stopPropagation();
    plot.addEventListener("touchstart", keepFromPlotly, { capture: true, passive: true });
  }

  // Takes the chart's axes, whenever the figure was drawn anew.
  /** @param {ChartSpec} spec */
  show({ title, layout }) {
    if (!this.home) this.listen();
    this.title = title;
    this.home = home(layout);
    this.button.hidden = !Object.keys(this.home).length;
    this.look();
  }

  listen() {
    this.plot.on("plotly_relayouting", () => this.move());
    this.plot.on("plotly_relayout", (change) => {
      if (!Object.keys(change).some((path) => path.includes("axis"))) return;
      this.look();
      this.move();
    });
  }

  press() {
    if (this.isZoomed) this.Plotly.relayout(this.plot, { ...this.home });
    else this.arm(!this.isArmed);
  }

  look() {
    this.isZoomed = isZoomed(this.plot.layout, this.home ?? {});
    this.button.classList.toggle("zoomed", this.isZoomed);
    this.button.textContent = this.isZoomed ? "Reset zoom" : "Zoom";
    this.button.ariaLabel = `${this.button.textContent}: ${this.title}`;
    this.arm(false);
  }

  /** @param {boolean} isArmed */
  arm(isArmed) {
    this.isArmed = isArmed;
    this.plot.classList.toggle("armed", isArmed);
    if (this.isZoomed) this.button.removeAttribute("aria-pressed");
    else this.button.ariaPressed = String(isArmed);
  }
}

// The update of a layout that zooms all the way out: each axis that can be zoomed has its own range again.
/** @type {(layout: Spec) => Spec} */
export function home(layout) {
  const axes = Object.entries(layout).filter(([name, axis]) => /^[xy]axis\d*$/.test(name) && !axis.fixedrange);
  return Object.fromEntries(
    axes.map(([name, { range }]) => (range ? [`${name}.range`, range] : [`${name}.autorange`, true])),
  );
}

/** @type {(layout: Spec, whole: Spec) => boolean} */
export function isZoomed(layout, whole) {
  return Object.entries(whole).some(([path, value]) => {
    const [axis, attribute] = path.split(".");
    return String(layout[axis][attribute]) !== String(value);
  });
}
