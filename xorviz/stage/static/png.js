// SVG as a PNG, which holds its size on paper and a text as well: https://www.w3.org/TR/png-3/

import { penOf } from "./panel.js";

const SHARPNESS = 2; // dots a pixel
const PIXELS_AN_INCH = 96;
const SIGNATURE = 8; // bytes before the first chunk, which is the header of 25
const HEADER = 25;

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte;
});

// Draws an SVG, and writes a description into the PNG.
/** @type {(svg: string, description: string) => Promise<Blob>} */
export async function pngOf(svg, description) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SHARPNESS * image.width;
  canvas.height = SHARPNESS * image.height;
  penOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  /** @type {Blob | null} */
  const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!drawn) throw new Error("it is too large for this browser");
  return describe(await drawn.arrayBuffer(), description);
}

// Puts its density and a text after the header of a PNG.
/** @type {(png: ArrayBuffer, description: string) => Blob} */
function describe(png, description) {
  const place = SIGNATURE + HEADER;
  const chunks = [chunk("pHYs", density()), chunk("iTXt", international("Description", description))];
  return new Blob([png.slice(0, place), ...chunks, png.slice(place)], { type: "image/png" });
}

// Dots a metre, across and down, and that it is a metre: print programs size a picture by it.
function density() {
  const bytes = new Uint8Array(9);
  const view = new DataView(bytes.buffer);
  for (const place of [0, 4]) view.setUint32(place, Math.round((SHARPNESS * PIXELS_AN_INCH) / 0.0254));
  bytes[8] = 1;
  return bytes;
}

// Keyword, no compression, no language, no translated keyword, and the text.
/** @type {(keyword: string, content: string) => Uint8Array<ArrayBuffer>} */
function international(keyword, content) {
  return new TextEncoder().encode(`${keyword}\0\0\0\0\0${content.replaceAll("\0", "")}`);
}

// Length, type, content, and the check of the latter two.
/** @type {(type: string, content: Uint8Array) => Uint8Array<ArrayBuffer>} */
function chunk(type, content) {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** @param {Uint8Array} bytes */
function crc(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = CRC[(rest ^ byte) & 0xff] ^ (rest >>> 8);
  return ~rest >>> 0;
}
