// The stage on the page, and how it is handed what Python sends.

import { Hands } from "./hands.js";
import { gatherSteps } from "./history.js";
import { pageAround } from "./host.js";
import { Landscape } from "./landscape.js";
import { Latest } from "./latest.js";
import { Motion, runOf } from "./motion.js";
import { mounting } from "./mounting.js";
import { unpack } from "./payload.js";
import { reveal } from "./reveal.js";
import { Scrolling } from "./scrolling.js";
import { Stage } from "./stage.js";

gatherSteps();

/** @type {Stage | undefined} */
let stage; // the one on the page
/** @type {Latest<Promise<View>>} */
const views = new Latest(); // of the open tab, as promises
/** @type {Promise<ExactStates> | undefined} */
let window; // of the states around the playhead, as a promise
let packed = new Uint8Array(); // these states as they came
/** @type {Promise<Motion> | undefined} */
let motion; // of the run that was laid open last, as a promise
let moving = ""; // name of that run
/** @type {Hands | undefined} */
let hands; // of the open tab
/** @type {Landscape | undefined} */
let landscape; // of the open tab
let around = new Uint8Array(); // the states around the playhead over its plane, as they came

// Mounts the stage.
export const mount = mounting((parent) => {
  stage = new Stage(parent.querySelector("[data-testid=stage]"), {
    view: () => views.value,
    window: () => window, motion: () => motion,
    hands: () => (hands?.hand ? hands : undefined), landscape: () => (landscape?.spec ? landscape : undefined),
  });
  return stage;
});

// Mounts the view of the open tab: its name, and for some tabs an epoch, or a still to look at. The name
// becomes an attribute of the page, as a `:has()` in the styles would cost every frame milliseconds.
/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export function mountView({ parentElement, data }) {
  const page = pageAround(parentElement);
  const boxes = new Scrolling(parentElement);
  /** @type {Promise<View>} */
  const mine = unpack(data);
  views.take(parentElement, mine);
  open(page, mine);
  return () => {
    boxes.destroy();
    if (!views.drop(parentElement, mine)) return;
    if (views.value) return open(page, views.value);
    delete page.dataset.view;
    stage?.beside.leave();
  };
}

// Opens a view once it is unpacked, unless another comes meanwhile.
/** @type {(page: HTMLElement, view: Promise<View>) => void} */
function open(page, view) {
  view.then((now) => (view === views.value ? look(page, now) : undefined)).catch((error) => stage?.fail(error));
}

// Mounts the states around the playhead.
/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export function mountWindow({ data }) {
  const isSame = data.length === packed.length && data.every((byte, index) => byte === packed[index]);
  if (isSame) return;
  packed = data;
  window = unpack(data);
  window.then(() => stage?.beside.takeWindow()).catch((error) => stage?.fail(error));
}

// Mounts the handles of the weights, in the tab that has them.
export const mountHands = mounting((parent) => {
  hands = new Hands(parent, theStage);
  return hands;
});

// Mounts the landscape, in the tab that has it.
export const mountLandscape = mounting((parent) => {
  landscape = new Landscape(parent, theStage);
  if (around.length) landscape.takeAround(around); // they may come first
  return landscape;
});

// Mounts the states around the playhead over the landscape's plane.
/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export function mountAround({ data }) {
  around = data;
  landscape?.takeAround(data);
}

// Mounts the numbers of the table in every frame of the run. The stage may come later, and takes them then.
/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export function mountMotion({ data }) {
  const id = runOf(data);
  if (id === moving) return;
  moving = id;
  motion = Motion.unpack(data);
  motion.then(() => stage?.beside.takeMotion()).catch((error) => stage?.fail(error));
}

/** @type {(page: HTMLElement, now: View) => Promise<void>} */
async function look(page, now) {
  const wasOpen = page.dataset.view === now.view;
  page.dataset.view = now.view;
  await stage?.beside.inspect();
  if (stage) reveal(stage.root, now, wasOpen);
}

// The stage on the page, if there is one.
export function theStage() {
  return stage;
}
