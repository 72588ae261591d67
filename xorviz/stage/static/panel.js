// What the parts of the stage have in common: elements, numbers as texts, the page's theme, and a panel.

import { backgroundOf } from "./host.js";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {(Node | string)[]} children
 */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** @type {(canvas: HTMLCanvasElement, settings?: CanvasRenderingContext2DSettings) => CanvasRenderingContext2D} */
export function penOf(canvas, settings) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", settings));
}

// Gives a canvas a size in the page's pixels, and as many of its own as the screen has there.
/** @type {(pen: CanvasRenderingContext2D, width: number, height: number) => void} */
export function resize(pen, width, height) {
  const sharpness = window.devicePixelRatio;
  Object.assign(pen.canvas, { width: width * sharpness, height: height * sharpness });
  pen.scale(sharpness, sharpness);
}

// Four significant digits, or so many, with a true minus sign.
/** @param {number} value */
export function significant(value, digits = 4) {
  if (!Number.isFinite(value)) return "not finite";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e5 ? value.toExponential(digits - 1) : value.toPrecision(digits);
  return text.replaceAll("-", "−");
}

// Writes a text where it is another: even the same one would cost the page a new layout. The node of the text
// stays, as the browser would match the rules of the whole page with a new one.
/** @type {(target: Element, text: string) => void} */
export function write(target, text) {
  if (target.textContent === text) return;
  if (target.firstChild) target.firstChild.nodeValue = text;
  else target.textContent = text;
}

// How large the page's type is, as a share of its usual size.
export function typeScale() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

// Whether the page's theme is dark, as the lightness of its background has it.
/** @param {HTMLElement} root */
export function isDark(root) {
  const [red, green, blue] = (backgroundOf(root).match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

// A panel of the stage: a title with a key of colours and switches, a hint, and below them a body.
export class Panel {
  /** @type {ColourScale | undefined} */ colorscale; // of its pictures
  title = element("h3");
  bar = element("i", { className: "scale" });
  key = element("div", { className: "key" }, "0", this.bar, "1");
  switches = element("div", { className: "switches" });
  hint = element("p", { className: "hint" });
  enlarger = element("button", { type: "button", className: "enlarge", textContent: "⤢" });

  // Calls `fit()` where the first part of the body has another size.
  /** @param {HTMLElement} section @param {HTMLElement[]} body */
  constructor(section, ...body) {
    this.section = section;
    this.body = body[0];
    this.body.role = "group";
    const header = element("header", {}, this.title, this.key, this.switches, this.enlarger);
    section.append(header, this.hint, element("div", { className: "body" }, ...body));
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(body[0]);
  }

  destroy() {
    this.observer.disconnect();
  }

  fit() {}

  // Tells what the figure shows, for readers who don't see it.
  /** @param {string} sentence */
  describe(sentence) {
    this.body.ariaLabel = sentence;
  }

  // Writes title and hint, and draws the key of its pictures' colours, if there are any.
  /** @type {(spec: { title: string, hint: string }, scale?: ColourScale, ends?: [low: string, high: string]) => void} */
  label({ title, hint }, scale, ends) {
    this.colorscale = scale;
    this.title.textContent = title;
    this.enlarger.ariaLabel = this.enlarger.title = `Enlarge ${title}`;
    this.hint.textContent = hint;
    this.key.hidden = !scale;
    if (ends) this.tellEnds(ends);
    const stops = (scale ?? []).map(([position, colour]) => `${colour} ${100 * position}%`);
    this.bar.style.background = `linear-gradient(90deg, ${stops})`;
  }

  // Writes what the colours at both ends of the key stand for.
  /** @param {[low: string, high: string]} ends */
  tellEnds(ends) {
    const [first, last] = [this.key.firstChild, this.key.lastChild].map((node) => /** @type {Text} */ (node));
    if (first.data !== ends[0]) first.data = ends[0];
    if (last.data !== ends[1]) last.data = ends[1];
  }
}
