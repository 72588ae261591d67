// Space: a Plotly figure of three axes to turn, in a box of its own, where the browser has WebGL. A picture of it
// costs tens of milliseconds, so what moves in it is drawn at a rate of its own. A finger scrolls the page, and turns
// the figure once its button was pressed.

import { plotly3d } from "./load.js";
import { element } from "./panel.js";

const PAUSE = 50; // milliseconds between the beginnings of two pictures
const TURN = Math.PI / 24; // radians that an arrow key turns the figure by
const STEEPEST = 1.5; // radians above or below the ground that the eye may go up to
export const EYE = { x: 1, y: -1.4, z: 1.7 }; // from where a figure is seen first
const FARTHER = 1.08; // times a box's height against its width, by which the eye goes away
const CONFIG = { displayModeBar: false, showTips: false, plotlyServerURL: "", scrollZoom: false };
const MISSING = "This browser draws no figures in 3-D, as it has no WebGL, or it is switched off.";

/** @type {Record<string, [right: number, up: number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @typedef {{ x: number, y: number, z: number }} Point */
/** @typedef {{ update: Spec, traces: number[] }} Move */

export class Space {
  /** @type {Plotly | undefined} */ Plotly; // once it has drawn a figure
  /** @type {Spec | undefined} */ figure; // that is drawn
  /** @type {Move | undefined} */ next; // that waits for its turn
  /** @type {Point} */ eye = EYE; // from where a figure is seen that the reader has not turned
  /** @type {Record<string, number> | undefined} */ aimed; // the same of the figure that is drawn
  drawnAt = -Infinity;
  waiting = 0;
  plot = /** @type {Plot & HTMLDivElement} */ (element("div", { className: "plot", role: "application", tabIndex: 0, title: "Drag it, or press the arrow keys, to turn it" }));
  button = element("button", { type: "button", className: "turn", textContent: "Turn", ariaPressed: "false" });
  element = element("div", { className: "space" }, this.plot, this.button);

  constructor() {
    this.plot.onkeydown = (event) => this.press(event);
    this.button.onclick = () => this.arm(this.button.ariaPressed === "false");
    /** @type {(event: Event) => void} */
    const keepFromPlotly = (event) => this.button.ariaPressed === "true" || event.stopPropagation();
    this.plot.addEventListener("touchend", () => this.note());
    for (const touch of ["touchstart", "touchmove"]) this.plot.addEventListener(touch, keepFromPlotly, { capture: true, passive: true });
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.element);
  }

  destroy() {
    clearTimeout(this.waiting);
    this.observer.disconnect();
    this.Plotly?.purge(this.plot);
    this.element.remove();
  }

  // Has Plotly note from where the figure is seen, as it does where a mouse lets go.
  note() {
    this.plot.querySelector("canvas")?.dispatchEvent(new MouseEvent("mouseup"));
  }

  // Has fingers turn the figure, or scroll the page.
  /** @param {boolean} isArmed */
  arm(isArmed) {
    this.button.ariaPressed = String(isArmed);
    this.plot.classList.toggle("armed", isArmed);
  }

  // Draws a figure; without WebGL, a sentence in its place. A figure that is drawn already stays, and the reader's
  // view of it stays with any other.
  /** @param {{ data: Spec[], layout: Spec }} figure */
  async show(figure) {
    this.figure = figure;
    this.next = undefined;
    this.element.dataset.space = hasWebGL() ? "drawn" : "missing";
    if (!hasWebGL()) return this.element.replaceChildren(element("p", { textContent: MISSING }));
    const Plotly = await plotly3d();
    if (this.figure !== figure || !this.element.isConnected) return; // another came meanwhile, or none is wanted
    const { data, layout } = figure;
    const scene = { ...layout.scene, camera: this.camera, uirevision: "space" };
    this.Plotly = Plotly;
    this.aimed = this.turnedTo ? this.aimed : this.eye;
    Plotly.react(this.plot, data, { ...layout, ...this.room(), scene }, { ...CONFIG, plotGlPixelRatio: sharpness() });
    this.drawnAt = performance.now();
    this.draw(); // what came meanwhile
  }

  // From where the reader looks at it.
  get camera() {
    return this.turnedTo ?? { eye: this.eye };
  }

  // The reader's own view, if there is one.
  get turnedTo() {
    const camera = this.plot.layout?.scene?.camera;
    const isOwn = camera && ["x", "y", "z"].some((axis) => camera.eye[axis] !== this.aimed?.[axis]);
    return isOwn ? camera : undefined;
  }

  // Has a figure be seen from there, until the reader turns it. In a narrow box the eye is farther away.
  /** @param {Point} eye */
  aim({ x, y, z }) {
    const { width, height } = this.room();
    const away = Math.max(1, (FARTHER * height) / (width || height || 1));
    if (!this.turnedTo) this.eye = { x: x * away, y: y * away, z: z * away };
  }

  // Says why there is no figure.
  /** @param {Error} error */
  fail(error) {
    this.element.replaceChildren(element("p", { textContent: `The figure can't be drawn: ${error.message}.` }));
  }

  // Gives the same traces as before other values; of several that come in a short time, those that come last.
  /** @type {(update: Spec, traces: number[]) => void} */
  move(update, traces) {
    this.next = { update: merged(this.next?.update ?? {}, update), traces };
    if (this.waiting || !this.Plotly) return;
    const wait = this.drawnAt + PAUSE - performance.now();
    if (wait <= 0) return this.draw();
    this.waiting = setTimeout(() => {
      this.waiting = 0;
      this.draw();
    }, wait);
  }

  draw() {
    if (!this.next || !this.Plotly) return;
    const { update, traces } = this.next;
    this.next = undefined;
    this.drawnAt = performance.now();
    this.Plotly.restyle(this.plot, update, traces);
    this.element.dataset.pictures = String(Number(this.element.dataset.pictures ?? 0) + 1);
  }

  room() {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  fit() {
    const { width, height } = this.room();
    if (width && height) this.Plotly?.relayout(this.plot, { width, height });
  }

  // Tells what the figure shows, for readers who don't see it.
  /** @param {string} sentence */
  describe(sentence) {
    this.plot.ariaLabel = `${sentence} The arrow keys turn it.`;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const way = WAYS[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey || !this.Plotly) return;
    event.preventDefault(); // the stage's playhead stays where it is
    const { camera } = this;
    this.Plotly.relayout(this.plot, { "scene.camera": { ...camera, eye: turned(camera.eye, ...way) } });
  }
}

// An update of the same traces that has the values of two, those of the later one first.
/** @type {(earlier: Spec, later: Spec) => Spec} */
export function merged(earlier, later) {
  const both = Object.entries(later).map(([name, values]) => [name, values.map((/** @type {unknown} */ value, /** @type {number} */ index) => value ?? earlier[name]?.[index])]);
  return { ...earlier, ...Object.fromEntries(both) };
}

// The eye turned around the middle of a figure.
/** @type {(eye: Point, right: number, up: number) => Point} */
export function turned({ x, y, z }, right, up) {
  const distance = Math.hypot(x, y, z);
  const around = Math.atan2(y, x) + right * TURN;
  const height = Math.asin(z / distance) + up * TURN;
  const above = Math.min(Math.max(height, -STEEPEST), STEEPEST);
  const flat = distance * Math.cos(above);
  return { x: flat * Math.cos(around), y: flat * Math.sin(around), z: distance * Math.sin(above) };
}

// Pixels of a canvas a pixel of the page: as many as the screen has, and no more than two.
function sharpness() {
  return Math.min(window.devicePixelRatio, 2);
}

/** @type {boolean | undefined} */
let isThere;

// Whether the browser can draw such figures.
export function hasWebGL() {
  return (isThere ??= probe());
}

// A browser keeps few contexts at a time, so this one is given back at once.
function probe() {
  const context = document.createElement("canvas").getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
