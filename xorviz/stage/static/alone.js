// The stage without a server: mounts it in a file of its own, with the run that is in the file.

import { mountPictures, takePicture } from "./pictures.js";
import { mount, theStage } from "./mount.js";

/** @import { Stage } from "./stage.js" */

const PAUSE = 10; // milliseconds between two looks for the run

const { run, about } = JSON.parse(document.querySelector("#run").textContent);
const bytes = Uint8Array.from(atob(run), (sign) => sign.charCodeAt(0));
const show = () => mount({ parentElement: document.querySelector("#stage"), data: bytes, setStateValue() {} });
const offer = () => mountPictures({ parentElement: document.querySelector("#pictures"), data: about });

show();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
document.querySelector("details").addEventListener("toggle", offer);

// A picture as a data URL, once the run is shown: for a program that opens this file.
/** @type {(name: string, format: Format) => Promise<string>} */
export async function take(name, format) {
  const stage = /** @type {Stage} */ (theStage());
  while (!stage.root.dataset.state) {
    const failure = document.querySelector(".failure:not([hidden])");
    if (failure) throw new Error(failure.textContent);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  const chart = stage.charts.charts.find(({ section }) => section.dataset.chart === name);
  const reader = new FileReader();
  reader.readAsDataURL(await takePicture(stage, chart, format, about));
  await new Promise((resolve) => (reader.onload = resolve));
  return String(reader.result);
}
