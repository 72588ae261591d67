// SVG by hand: elements, texts that fit, and the whole as a text of its own.

export const FONT = "system-ui, sans-serif"; // one that a picture finds without the page
const NAMESPACE = "http://www.w3.org/2000/svg";
const UNSPEAKABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; // signs that XML has no place for

export function node(tag, attributes = {}, ...children) {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.map((child) => (typeof child === "string" ? child.replace(UNSPEAKABLE, "�") : child)));
  return made;
}

// A text that starts, or ends with `text-anchor`, at a place; `y` is the middle of its line.
export function text(content, x, y, { size = 12, ...look }) {
  return node("text", { x, y: y + 0.35 * size, "font-size": size, ...look }, content);
}

// Pixels that a text is wide.
export function widthOf(content, size = 12, weight = 400) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px ${FONT}`;
  return pen.measureText(content).width;
}

// A text's lines, each of as many words as fit.
export function wrap(content, width, size) {
  const lines = [""];
  for (const word of content.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && widthOf(longer, size) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// The root of a picture: its size, and what it says of itself to those who don't see it.
export function picture(width, height, { title, description, background, colour }, ...children) {
  return node(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT, "font-size": 12, fill: colour },
    node("title", {}, title),
    node("desc", {}, description),
    node("rect", { width, height, fill: background }),
    ...children,
  );
}

export function serialise(svg) {
  return `${new XMLSerializer().serializeToString(svg)}\n`;
}

export function parse(source) {
  return document.importNode(new DOMParser().parseFromString(source, "image/svg+xml").documentElement, true);
}
