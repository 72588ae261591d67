// The stage on the page, and how it is handed what Python sends.

import { gatherSteps } from "./history.js";
import { pageAround } from "./host.js";
import { mounting } from "./mounting.js";
import { unpack } from "./payload.js";
import { reveal } from "./reveal.js";
import { Scrolling } from "./scrolling.js";
import { Stage } from "./stage.js";

gatherSteps();

/** @type {Stage | undefined} */
let stage; // the one on the page
/** @type {Promise<View> | undefined} */
let view; // of the open tab, as a promise

// Mounts the stage.
export const mount = mounting((parent) => {
  stage = new Stage(parent.querySelector("[data-testid=stage]"), () => view);
  return stage;
});

// Mounts the view of the open tab: its name, and for some tabs an epoch, or a still to look at. The name
// becomes an attribute of the page, as a `:has()` in the styles would cost every frame milliseconds.
/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export function mountView({ parentElement, data }) {
  const page = pageAround(parentElement);
  const boxes = new Scrolling(parentElement);
  /** @type {Promise<View>} */
  const mine = (view = unpack(data));
  mine.then((now) => (view === mine ? look(page, now) : undefined)).catch((error) => stage?.fail(error));
  return () => {
    boxes.destroy();
    if (view !== mine) return;
    delete page.dataset.view;
    view = undefined;
    stage?.leave();
  };
}

/** @type {(page: HTMLElement, now: View) => Promise<void>} */
async function look(page, now) {
  const wasOpen = page.dataset.view === now.view;
  page.dataset.view = now.view;
  await stage?.inspect();
  if (stage) reveal(stage.root, now, wasOpen);
}

// The stage on the page, if there is one.
export function theStage() {
  return stage;
}
