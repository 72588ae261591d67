// The pictures on the buttons of a film, as on those of the transport bar.

import { node } from "./svg.js";

/** @type {Record<string, string>} */
const PATHS = {
  play: "M7 4v16l13-8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  back: "M15.5 5v14h2.5V5zM14 5v14L4 12z",
  forward: "M6 5v14h2.5V5zM10 5v14l10-7z",
  close: "M6.4 5 5 6.4l5.6 5.6L5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z",
};

/** @param {string} name */
export function icon(name) {
  return node("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, node("path", { d: PATHS[name] }));
}
