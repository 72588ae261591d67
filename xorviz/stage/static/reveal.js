// Where the open tab lies below the stage, as on a phone, its formulas come into view once the reader has
// chosen the tab or a weight.

import { formulasOf, isRunning, watchScript } from "./host.js";

let isUsed = false; // whether the reader has done anything: a link leaves the page at its top
for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => (isUsed = true), { capture: true, once: true });

let weight = ""; // that was chosen before

// Takes the view of a tab that was open already, or was not.
/** @type {(stage: HTMLElement, view: View, wasOpen: boolean) => void} */
export function reveal(stage, view, wasOpen) {
  const chosen = "chosen" in view ? view.chosen : "";
  const isNews = "chosen" in view && (!wasOpen || (chosen !== "" && chosen !== weight));
  weight = chosen;
  if (!isNews || !isUsed) return;
  const attempt = () => {
    if (isRunning(stage)) return;
    stop();
    const formulas = formulasOf(stage);
    if (!formulas || formulas.getBoundingClientRect().top < stage.getBoundingClientRect().bottom) return;
    formulas.scrollIntoView();
  };
  const stop = watchScript(stage, attempt);
  attempt();
}
