// Buttons that take pictures of the stage, and save them.

import { theStage } from "./mount.js";
import { element } from "./panel.js";
import { drawPng, SHARPNESS } from "./png.js";
import { chartSvg, shownCharts, stageSvg } from "./snapshot.js";

/**
 * @import { Chart } from "./chart.js"
 * @import { Diagram } from "./diagram.js"
 * @import { Stage } from "./stage.js"
 * @typedef {Chart | Diagram} Shown
 */

const LASTING = 60_000; // milliseconds that a saved picture's address stays valid: a browser may first ask the reader

// Lays the buttons out; Streamlit calls it on mounting and at every rerun. Data is { file, name, card }: the
// beginning of the files' names, and the run in a few words and in full.
/** @param {Pick<Component<About>, "parentElement" | "data">} component */
export function mountPictures({ parentElement, data }) {
  const box = parentElement.querySelector(".pictures") ?? parentElement.appendChild(element("div", { className: "pictures" }));
  const stage = theStage();
  const charts = stage?.run ? shownCharts(stage) : [];
  const offered = JSON.stringify([data, charts.map(({ spec }) => spec.title)]);
  if (box.dataset.offered === offered) return; // a rerun: the focus stays where it is
  box.dataset.offered = offered;
  const status = element("p", { role: "status" });
  const rows = [undefined, ...charts].flatMap((chart) =>
    row(chart?.spec.title ?? "All charts", (button, format) => attempt(button, status, () => save(data, chart, format))),
  );
  box.replaceChildren(element("div", { className: "grid" }, ...rows), status);
}

// A title, and a button that takes a picture in each format.
/** @type {(title: string, take: (button: HTMLButtonElement, format: Format) => void) => HTMLElement[]} */
function row(title, take) {
  const buttons = /** @type {Format[]} */ (["png", "svg"]).map((format) => {
    const textContent = format.toUpperCase();
    const button = element("button", { type: "button", textContent, ariaLabel: `${title} as ${textContent}` });
    button.onclick = () => take(button, format);
    return button;
  });
  return [element("span", { textContent: title }), ...buttons];
}

// Disables a button while its picture is drawn, and writes under which name it was saved, or why it was not.
/** @type {(button: HTMLButtonElement, status: HTMLElement, work: () => Promise<string>) => Promise<void>} */
async function attempt(button, status, work) {
  button.disabled = true;
  button.ariaBusy = "true";
  status.textContent = "";
  try {
    status.textContent = `Saved ${await work()}.`;
  } catch (error) {
    status.textContent = `The picture can't be taken: ${/** @type {Error} */ (error).message}.`;
  }
  button.disabled = false;
  button.ariaBusy = "false";
  button.focus();
}

/** @type {(about: About, chart: Shown | undefined, format: Format) => Promise<string>} */
async function save(about, chart, format) {
  const stage = theStage();
  if (!stage?.run) throw new Error("there is no run on the page");
  const way = stage.playhead.scene.counts ? "-by-hand" : "";
  const part = chart ? `-${chart.section.dataset.chart}` : "";
  const file = `${about.file}-epoch-${stage.playhead.epoch}${way}${part}.${format}`;
  download(await takePicture(stage, chart, format, about), file);
  return file;
}

// Takes a picture as the stage is at the call, however long drawing it takes.
/** @type {(stage: Stage, chart: Shown | undefined, format: Format, about: About) => Promise<Blob>} */
export async function takePicture(stage, chart, format, about) {
  return asFile(await (chart ? chartSvg(stage, chart, about) : stageSvg(stage, about)), format, about);
}

// A picture as a file. A PNG has a dot a pixel of the width that was asked for.
/** @type {(svg: string, format: Format, about: About) => Blob | Promise<Blob>} */
export function asFile(svg, format, { card, paper }) {
  if (format === "svg") return new Blob([svg], { type: "image/svg+xml" });
  return drawPng(svg, card, paper?.width ? 1 : SHARPNESS);
}

/** @type {(blob: Blob, file: string) => void} */
function download(blob, file) {
  const link = element("a", { href: URL.createObjectURL(blob), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LASTING);
}
