// SVG by hand: elements, texts that fit, and the whole as the text of a file.

import { penOf } from "./panel.js";

/** @typedef {Record<string, string | number>} Attributes */
/** @typedef {{ title: string, description: string, background: string, colour: string, paper?: Paper }} Look */

export const FONT = "system-ui, sans-serif"; // one that a picture has without the page
export const FAINT = { "fill-opacity": 0.7 }; // of small text
const NAMESPACE = "http://www.w3.org/2000/svg";
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; // characters

/** @type {(tag: string, attributes?: Attributes, ...children: (Node | string)[]) => SVGElement} */
export function node(tag, attributes = {}, ...children) {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children.map((child) => (typeof child === "string" ? child.replace(NOT_IN_XML, "�") : child)));
  return made;
}

// Sets an attribute that is new: the browser would draw even the same one anew.
/** @type {(target: SVGElement, name: string, value: string) => void} */
export function setNew(target, name, value) {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** @type {Record<string, string>} */
const DASHES = { solid: "none", dash: "6 4", dashdot: "5 2 1 2", dot: "2 3" }; // by Plotly's names for lines

// A short piece of a line in its colour and dash.
/** @type {(x: number, y: number, stroke: string, dash?: string, width?: number) => SVGElement} */
export function piece(x, y, stroke, dash = "solid", width = 18) {
  return node("path", { d: `M${x},${y}h${width}`, stroke, "stroke-width": 2, "stroke-dasharray": DASHES[dash] });
}

// Elements together, moved to the right and down.
/** @type {(x: number, y: number, ...children: SVGElement[]) => SVGElement} */
export function group(x, y, ...children) {
  return node("g", { transform: `translate(${x} ${y})` }, ...children);
}

// A text that starts at x, or ends there with `text-anchor`; `y` is the middle of its line.
/** @type {(content: string, x: number, y: number, look?: Attributes & { size?: number }) => SVGElement} */
export function text(content, x, y, { size = 12, ...look } = {}) {
  return node("text", { x, y: y + 0.35 * size, "font-size": size, ...look }, content);
}

// Pixels that a text is wide.
/** @type {(content: string, size?: number, weight?: number) => number} */
export function widthOf(content, size = 12, weight = 400) {
  const pen = penOf(document.createElement("canvas"));
  pen.font = `${weight} ${size}px ${FONT}`;
  return pen.measureText(content).width;
}

// A text's lines, each of as many words as fit.
/** @type {(content: string, width: number, size: number) => string[]} */
export function wrap(content, width, size) {
  const lines = [""];
  for (const word of content.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && widthOf(longer, size) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// A picture as the text of a file: with a title and a description for readers who don't see it. On paper of
// another width it is scaled.
/** @type {(width: number, height: number, look: Look, ...children: Node[]) => string} */
export function picture(width, height, { title, description, background, colour, paper = {} }, ...children) {
  const scale = (paper.width ?? width) / width;
  const ground = paper.isTransparent ? [] : [node("rect", { width, height, fill: background })];
  const svg = node(
    "svg",
    { width: paper.width ?? width, height: scale === 1 ? height : Math.round(scale * height), viewBox: `0 0 ${width} ${height}`, "font-family": FONT, "font-size": 12, fill: colour },
    node("title", {}, title),
    node("desc", {}, description),
    ...ground,
    ...children,
  );
  return `${new XMLSerializer().serializeToString(svg)}\n`;
}

/** @type {(source: string) => SVGElement} */
export function parse(source) {
  const { documentElement } = new DOMParser().parseFromString(source, "image/svg+xml");
  return /** @type {SVGElement & HTMLElement} */ (documentElement);
}
