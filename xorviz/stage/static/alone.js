// The stage without a server: mounts it in a file of its own, with the run that is in the file.

import { mountPictures, takePicture } from "./pictures.js";
import { mount, theStage } from "./mount.js";
import { element } from "./panel.js";

/** @import { Stage } from "./stage.js" */

const PAUSE = 10; // milliseconds between two looks for the run

const { run, about } = JSON.parse(document.querySelector("#run").textContent);
const bytes = Uint8Array.from(atob(run), (sign) => sign.charCodeAt(0));
const show = () => mount({ parentElement: document.querySelector("#stage"), data: bytes, setStateValue() {} });
const offer = () => mountPictures({ parentElement: document.querySelector("#pictures"), data: about });
const wanted = new URLSearchParams(location.hash.slice(1)); // a picture, for a program that opens this file

document.documentElement.style.colorScheme = wanted.get("theme") ?? "";
show();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
document.querySelector("details").addEventListener("toggle", offer);
if (wanted.has("format")) turnIntoPicture();

// Turns the page into a picture as a data URL, or into the reason why there is none. Until then the page
// counts as loading, as one of its frames is still being written. Hidden, as laying out megabytes takes seconds.
async function turnIntoPicture() {
  document.body.appendChild(element("iframe")).contentDocument?.open();
  const textContent = await draw(wanted.get("chart"), /** @type {Format} */ (wanted.get("format"))).catch(String);
  Object.assign(document.documentElement, { textContent, hidden: true });
}

// Draws a chart, or all of them, once the run is shown.
/** @type {(name: string | null, format: Format) => Promise<string>} */
async function draw(name, format) {
  const stage = /** @type {Stage} */ (theStage());
  while (!stage.root.dataset.state) {
    const failure = document.querySelector(".failure:not([hidden])");
    if (failure) return failure.textContent;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  const chart = stage.charts.charts.find(({ section }) => section.dataset.chart === name);
  const reader = new FileReader();
  reader.readAsDataURL(await takePicture(stage, chart, format, about));
  await new Promise((resolve) => (reader.onload = resolve));
  return String(reader.result);
}
