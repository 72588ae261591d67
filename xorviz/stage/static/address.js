// The page's address: what of the stage is in it, beside what Python writes there. It is replaced and
// never pushed, so that the back button goes to other settings and not to every epoch.

import { leaveFrame } from "./host.js";

/** @type {string[]} */
let order = []; // names of the stage's parameters, as Python writes them
/** @type {Record<string, string | number | boolean | undefined>} */
const held = {}; // what every part of the stage has to say

// Takes over which parameters are the stage's; until then none is written.
/** @param {string[]} names */
export function setOrder(names) {
  order = names;
}

/** @param {string} name */
export function isOurs(name) {
  return order.includes(name);
}

// Writes these parameters beside those written before, and takes away those that are undefined.
/** @param {typeof held} parameters */
export function writeAddress(parameters) {
  Object.assign(held, parameters);
  if (!location.protocol.startsWith("http")) return; // a file on disk has no such address
  const address = new URL(location.href);
  for (const name of order.filter((known) => known in held)) {
    const value = held[name];
    address.searchParams.delete(name);
    if (value !== undefined) address.searchParams.append(name, String(value));
  }
  const written = tidy(address);
  if (written !== location.href) history.replaceState(history.state, "", written);
}

// The address for others: not for a frame, even where this page is in one.
export function addressToShare() {
  const address = new URL(location.href);
  leaveFrame(address);
  return tidy(address);
}

/** @param {URL} address */
function tidy(address) {
  return address.href.replaceAll("%7E", "~"); // as Python writes it
}
