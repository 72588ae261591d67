// What a frame shows, in sentences for readers who don't see it. Python sends them with gaps.

import { significant } from "./panel.js";

// Fills in a sentence's gaps.
/** @type {(sentence: Sentence, frame: number, epoch: number) => string} */
export function sentenceAt({ text, values, words }, frame, epoch) {
  /** @param {string} gap */
  const filled = (gap) => words?.[gap]?.[values[gap][frame]] ?? number(values[gap], frame);
  return text.replace(/\{(\w+)\}/g, (_, gap) => (gap === "epoch" ? epoch.toLocaleString("en") : filled(gap)));
}

/** @type {(values: Values, frame: number) => string} */
function number(values, frame) {
  return values instanceof Float32Array ? significant(values[frame]) : String(values[frame]);
}

// Has each chart say what it shows at the playhead.
/** @type {(charts: import("./charts.js").Charts["charts"], playhead: Playhead) => void} */
export function describe(charts, { scene, frame, epoch }) {
  for (const chart of charts) {
    const sentence = scene.views?.[chart.view ?? ""]?.sentence ?? scene.sentences[String(chart.section.dataset.chart)];
    if (sentence) chart.describe(sentenceAt(sentence, frame, epoch)); // of a weight that is held there is none
  }
}
