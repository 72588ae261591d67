// Mounting: how the page hands the stage what Python says.

import { gatherSteps } from "./history.js";
import { pageAround } from "./host.js";
import { unpack } from "./payload.js";
import { Stage } from "./stage.js";

gatherSteps();

/** @type {WeakMap<HTMLElement, Stage>} */
const stages = new WeakMap();
/** @type {Stage | undefined} */
let stage; // the one on the page
/** @type {Promise<View> | undefined} */
let view; // what Python offers to look at, as a promise: a still, or only which part of the page is open

// Called by Streamlit on mounting and at every rerun; the returned function on unmounting.
/** @param {Component<Uint8Array>} component */
export function mount({ parentElement, data, setStateValue }) {
  stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement.querySelector("[data-testid=stage]"), () => view);
    stages.set(parentElement, stage);
  }
  const mounted = stage;
  mounted.page.setState = setStateValue;
  mounted.show(data).catch((error) => mounted.page.fail(error));
  const mine = ++mounted.mounts;
  return () => {
    if (mine !== mounted.mounts) return; // of a call that a later one overtook
    stages.delete(parentElement);
    mounted.destroy();
  };
}

// The same for what the rest of the page looks at: a still, which is one state of the run, between two
// frames perhaps; or nothing closely. The page is told which view it is by an attribute, as a `:has()`
// in the style would cost every frame milliseconds.
/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export function mountView({ parentElement, data }) {
  const page = pageAround(parentElement);
  /** @type {Promise<View>} */
  const mine = (view = unpack(data));
  mine
    .then(({ view: name }) => {
      if (view !== mine) return;
      page.dataset.view = name;
      return stage?.inspect();
    })
    .catch((error) => stage?.page.fail(error));
  return () => {
    if (view !== mine) return;
    delete page.dataset.view;
    view = undefined;
    stage?.leave();
  };
}

// The stage on the page, if there is one.
export function theStage() {
  return stage;
}
