// The stage without a server: mounts it in a file of its own, with the run that is in the file.

import { filmSvg } from "./film.js";
import { asFile, mountPictures, takePicture } from "./pictures.js";
import { mount, theStage } from "./mount.js";
import { element } from "./panel.js";
import { unpack } from "./payload.js";
import { sheetSvg } from "./sheet.js";

/** @import { Stage } from "./stage.js" */

const PAUSE = 10; // milliseconds between two looks for the run

const { run, about, film, sheet, hand } = JSON.parse(document.querySelector("#run").textContent);
const bytes = bytesOf(run);
const show = () => mount({ parentElement: document.querySelector("#stage"), data: bytes, setStateValue() {} });
const offer = () => mountPictures({ parentElement: document.querySelector("#pictures"), data: about });
const wanted = new URLSearchParams(location.hash.slice(1)); // a picture, for a program that opens this file

document.documentElement.style.colorScheme = wanted.get("theme") ?? "";
show();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
document.querySelector("details").addEventListener("toggle", offer);
if (wanted.has("format")) turnIntoPicture();

/** @param {string} base64 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

// Turns the page into a picture as a data URL, or into the reason why there is none. Until then the page
// counts as loading, as one of its frames is still being written. Hidden, as laying out megabytes takes seconds.
async function turnIntoPicture() {
  document.body.appendChild(element("iframe")).contentDocument?.open();
  const textContent = await draw(wanted.get("chart"), /** @type {Format} */ (wanted.get("format"))).catch(String);
  Object.assign(document.documentElement, { textContent, hidden: true });
}

// Draws what is wanted, once the run is shown.
/** @type {(name: string | null, format: Format) => Promise<string>} */
async function draw(name, format) {
  const stage = /** @type {Stage} */ (theStage());
  while (!stage.root.dataset.state) {
    const failure = document.querySelector(".failure:not([hidden])");
    if (failure) return failure.textContent;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  const chart = stage.charts.charts.find(({ section }) => section.dataset.chart === name);
  const paper = { width: Number(wanted.get("width")) || undefined, isTransparent: wanted.has("transparent") };
  const reader = new FileReader();
  reader.readAsDataURL(await take(stage, chart, format, { ...about, paper }));
  await new Promise((resolve) => (reader.onload = resolve));
  return String(reader.result);
}

// A film of a chart, a tab, a chart, or all of them.
/** @type {(stage: Stage, chart: Stage["charts"]["charts"][0] | undefined, format: Format, look: About) => Promise<Blob>} */
async function take(stage, chart, format, look) {
  if (hand) stage.playback.goToStill(await unpack(bytesOf(hand)));
  if (chart && film) return asFile(await filmSvg(stage, chart, await unpack(bytesOf(film)), look), format, look);
  if (sheet) return asFile(await sheetSvg(stage, await unpack(bytesOf(sheet)), look), format, look);
  return takePicture(stage, chart, format, look);
}
