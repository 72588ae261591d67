// SVG as a PNG with its size on paper and a description in it, which a canvas and Plotly leave out of theirs:
// https://www.w3.org/TR/png-3/

import { penOf } from "./panel.js";

export const SHARPNESS = 2; // dots a pixel, where nobody asks for a width
const PIXELS_AN_INCH = 96;
const START = 8 + 25; // bytes of the signature and of the header

// Draws an SVG with so many dots a pixel, and writes their density and a description after the header of the PNG.
/** @type {(svg: string, description: string, sharpness: number) => Promise<Blob>} */
export async function drawPng(svg, description, sharpness) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = sharpness * image.width;
  canvas.height = sharpness * image.height;
  penOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  /** @type {Blob | null} */
  const png = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!png) throw new Error("it is too large for this browser");
  const parts = [png.slice(0, START), await density(sharpness), await text("Description", description), png.slice(START)];
  return new Blob(parts, { type: "image/png" });
}

// Dots across and down, and that they are dots a metre: print programs size a picture by them.
/** @param {number} sharpness */
function density(sharpness) {
  const dots = uint32(Math.round((sharpness * PIXELS_AN_INCH) / 0.0254));
  return chunk("pHYs", dots, dots, Uint8Array.of(1));
}

// Keyword, no compression, no language, no translated keyword, and the text.
/** @type {(keyword: string, content: string) => Promise<Blob>} */
function text(keyword, content) {
  return chunk("iTXt", `${keyword}\0\0\0\0\0${content.replaceAll("\0", "")}`);
}

// Length, type, content, and the check of the latter two.
/** @type {(type: string, ...content: BlobPart[]) => Promise<Blob>} */
async function chunk(type, ...content) {
  const checked = new Blob([type, ...content]);
  return new Blob([uint32(checked.size - type.length), checked, await crc(checked)]);
}

// The CRC-32, with which gzip ends as well: before a length of four bytes, and with its lowest byte first.
/** @param {Blob} content */
async function crc(content) {
  const zipped = await new Response(content.stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  return new Uint8Array(zipped.slice(-8, -4)).toReversed();
}

// A whole number in four bytes, the highest first.
/** @param {number} value */
function uint32(value) {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}
