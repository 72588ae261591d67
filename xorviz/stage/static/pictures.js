// Buttons that take pictures of what is on the stage, and save them.

import { theStage } from "./mount.js";
import { element } from "./panel.js";
import { pngOf } from "./png.js";
import { chartSvg, shownCharts, stageSvg } from "./snapshot.js";

/**
 * @import { Chart } from "./chart.js"
 * @import { Diagram } from "./diagram.js"
 * @import { Stage } from "./stage.js"
 * @typedef {Chart | Diagram} Shown
 * @typedef {(button: HTMLButtonElement, chart: Shown | undefined, format: Format) => void} Take
 */

const LASTING = 60_000; // milliseconds that a saved picture's address holds: a browser may ask first

// Called by Streamlit on mounting and at every rerun. Data is { file, name, card }: the beginning of
// the files' names, and the run in a few words and in full. Offered is what is on the page.
/** @param {Pick<Component<About>, "parentElement" | "data">} component */
export function mountPictures({ parentElement, data }) {
  const box = parentElement.querySelector(".pictures") ?? parentElement.appendChild(element("div", { className: "pictures" }));
  const stage = theStage();
  const charts = stage?.run ? shownCharts(stage) : [];
  const offered = JSON.stringify([data, charts.map(({ spec }) => spec.title)]);
  if (box.dataset.offered === offered) return; // a rerun: the focus stays where it is
  box.dataset.offered = offered;
  const status = element("p", { role: "status" });
  /** @type {Take} */
  const take = (button, chart, format) => attempt(button, status, () => save(data, chart, format));
  /** @type {HTMLElement[]} */
  const rows = [undefined, ...charts].flatMap((chart) => row(chart, take));
  box.replaceChildren(element("div", { className: "grid" }, ...rows), status);
}

// A name, and a button a format; without a chart, of the whole stage.
/** @type {(chart: Shown | undefined, take: Take) => HTMLElement[]} */
function row(chart, take) {
  const title = chart ? chart.spec.title : "All charts";
  /** @type {Format[]} */
  const formats = ["png", "svg"];
  const buttons = formats.map((format) => {
    const button = element("button", { type: "button", textContent: format.toUpperCase() });
    button.ariaLabel = `${title} as ${format.toUpperCase()}`;
    button.onclick = () => take(button, chart, format);
    return button;
  });
  return [element("span", { textContent: title }), ...buttons];
}

// While a picture is made its button waits; what went wrong is said.
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
  const part = chart ? `-${chart.section.dataset.chart}` : "";
  const file = `${about.file}-epoch-${stage.playhead.epoch}${part}.${format}`;
  download(await takePicture(stage, chart, format, about), file);
  return file;
}

// A picture of the moment of the call, as a Blob.
/** @type {(stage: Stage, chart: Shown | undefined, format: Format, about: About) => Promise<Blob>} */
export async function takePicture(stage, chart, format, about) {
  const svg = await (chart ? chartSvg(stage, chart, about) : stageSvg(stage, about));
  return format === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : pngOf(svg, about.card);
}

/** @type {(blob: Blob, file: string) => void} */
function download(blob, file) {
  const link = element("a", { href: URL.createObjectURL(blob), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LASTING);
}
