// The browser's history. Steps of one setting that quickly follow each other become one entry.

import { isOurs } from "./address.js";
import { guardPushes } from "./host.js";

const BURST = 1000; // milliseconds from one step to the next
const NOTHING = { setting: "", at: -Infinity };

// From now on, such a step replaces the one before it.
export function gatherSteps() {
  let before = NOTHING;
  guardPushes((address) => {
    const step = { setting: changedSetting(location.href, address), at: performance.now() };
    const goesOn = step.setting !== "" && step.setting === before.setting && step.at - before.at < BURST;
    before = step;
    return goesOn;
  });
  addEventListener("popstate", () => (before = NOTHING));
}

// The one setting in which two addresses differ. Empty where they differ in several or in none.
/** @type {(one: string, other: string) => string} */
function changedSetting(...addresses) {
  const [one, other] = addresses.map((address) => new URL(address, location.href).searchParams);
  const settings = new Set([...one.keys(), ...other.keys()].filter((name) => !isOurs(name)));
  const changed = [...settings].filter((name) => String(one.getAll(name)) !== String(other.getAll(name)));
  return changed.length === 1 ? changed[0] : "";
}
