// The page's address. Python writes the settings into it, and the stage adds where the playhead is and how
// the charts are looked at. The stage replaces the address and never pushes one, so that the back button
// goes to other settings and not to every epoch.

import { leaveFrame } from "./host.js";

/** @type {string[]} */
let order = []; // names of the stage's parameters, in the order in which Python writes them
/** @type {Record<string, string | number | boolean | undefined>} */
const values = {}; // of the parameters that any part of the stage has written
const MOVES = "hands";
const OF_MOVES = ["epoch", "play"]; // where the moves by hand begin
let isAlone = false; // whether no Python answers

// Takes over which parameters are the stage's. Until then none is written.
/** @param {string[]} names */
export function setOrder(names) {
  order = names;
}

// While no Python answers, an address with moves by hand keeps the epoch at which they were made: only Python
// takes them out of it where the reader goes on.
/** @param {boolean} alone */
export function leaveAlone(alone) {
  isAlone = alone;
}

/** @param {string} name */
export function isOurs(name) {
  return order.includes(name);
}

// Writes these parameters beside those written before. Those that are undefined are taken away.
/** @param {typeof values} parameters */
export function writeAddress(parameters) {
  Object.assign(values, parameters);
  if (!order.length || !location.protocol.startsWith("http")) return; // a notebook's is not ours, a file's has none
  const address = new URL(location.href);
  const kept = isAlone && address.searchParams.has(MOVES) ? OF_MOVES : [];
  for (const name of order.filter((known) => known in values && !kept.includes(known))) {
    address.searchParams.delete(name);
    if (values[name] !== undefined) address.searchParams.append(name, String(values[name]));
  }
  const written = tidy(address);
  if (written !== location.href) history.replaceState(history.state, "", written);
}

// The address to give to others. It opens the whole page, even where this page is in a frame.
export function addressToShare() {
  const address = new URL(location.href);
  leaveFrame(address);
  return tidy(address);
}

/** @param {URL} address */
function tidy(address) {
  return address.href.replaceAll("%7E", "~"); // as Python writes it
}
