// The browser's history: steps of one setting that follow each other quickly are one entry of it.

import { ORDER } from "./address.js";

const BURST = 1000; // milliseconds from one step to the next
const NOTHING = { setting: "", at: -Infinity };

// Streamlit pushes each address that Python writes; from now on, some replace the one before.
export function gatherSteps() {
  const push = history.pushState.bind(history);
  let before = NOTHING;
  history.pushState = (state, title, url) => {
    const step = { setting: changedSetting(location.href, String(url)), at: performance.now() };
    const goesOn = step.setting !== "" && step.setting === before.setting && step.at - before.at < BURST;
    before = step;
    if (goesOn) history.replaceState(state, title, url);
    else push(state, title, url);
  };
  addEventListener("popstate", () => (before = NOTHING));
}

// The one setting in which two addresses differ; empty where there are several, or none.
/** @type {(one: string, other: string) => string} */
function changedSetting(one, other) {
  const [said, saidThen] = [one, other].map((address) => new URL(address, location.href).searchParams);
  const settings = new Set([...said.keys(), ...saidThen.keys()].filter((name) => !ORDER.includes(name)));
  const changed = [...settings].filter((name) => String(said.getAll(name)) !== String(saidThen.getAll(name)));
  return changed.length === 1 ? changed[0] : "";
}
