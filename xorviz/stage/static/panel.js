// What the parts of the stage have in common: how a heading, a number and a theme are made out.

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

// Four significant digits, with a true minus sign.
/** @param {number} value */
export function significant(value) {
  if (!Number.isFinite(value)) return "not finite";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e5 ? value.toExponential(3) : value.toPrecision(4);
  return text.replaceAll("-", "−");
}

// Writes a text where it is another: even the same one would cost the page a new layout.
/** @type {(target: HTMLElement, text: string) => void} */
export function write(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

// Lays out a panel: its title, a key of colours, switches, a hint, and below them its body.
/** @type {(section: HTMLElement, ...body: HTMLElement[]) => void} */
export function layPanel(section, ...body) {
  section.append(
    element("header", {}, element("h3"), element("div", { className: "key" }), element("div", { className: "switches" })),
    element("p", { className: "hint" }),
    element("div", { className: "body" }, ...body),
  );
}

/** @type {(section: HTMLElement, spec: { title: string, hint: string }) => void} */
export function writeHeading(section, { title, hint }) {
  section.querySelector("h3").textContent = title;
  section.querySelector(".hint").textContent = hint;
}

// What the colours of a picture mean; none without a scale.
/** @type {(section: HTMLElement, scale?: ColourScale) => void} */
export function drawKey(section, scale) {
  const key = section.querySelector(".key");
  key.hidden = !scale;
  if (!scale) return;
  const bar = element("i");
  const stops = scale.map(([place, colour]) => `${colour} ${100 * place}%`);
  bar.style.background = `linear-gradient(90deg, ${stops})`;
  key.replaceChildren("0", bar, "1");
}

// The theme is the page's: told by how light its background is.
/** @param {HTMLElement} root */
export function isDark(root) {
  const [red, green, blue] = (backgroundOf(root).match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
