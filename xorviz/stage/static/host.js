// Streamlit's page around the stage. Only this file and host.css rely on its elements, as another release
// of Streamlit may change any of them. Where the stage is in a file of its own there are none. In a notebook the
// stage is a guest on Jupyter's page, and an element of its own stands for the page.

const SCRIPT = "data-test-script-state";
const CONNECTION = "data-test-connection-state";

// Streamlit's elements and their states; test_host.py looks for each of them.
export const HOST = {
  app: `[${SCRIPT}][${CONNECTION}]`,
  running: `[${SCRIPT}=running]`,
  connected: `[${CONNECTION}=CONNECTED]`,
  content: ".stMainBlockContainer",
  sidebar: "[data-testid=stSidebar]",
  thumb: "[data-testid=stSlider] input",
  element: "[data-testid=stElementContainer]",
  block: ".stVerticalBlock",
  formulas: ".st-key-backprop",
  header: ".stAppHeader",
  settings: "[data-testid=stExpandSidebarButton]",
  dialog: "[role=dialog]",
  heading: "[role=dialog] h2",
  close: "[role=dialog] [aria-label=Close]",
};
// A factor in a formula of the tab Backprop. KaTeX lets through no more than its colour.
export const FORMULA = '.st-key-backprop .katex [style*="color: rgb("]';
const BEAT = "st-key-beat-"; // begins the class of what a kind of beat is about
export const ERROR = "Connection error"; // heading of the dialog that opens while no server answers
const GUEST = ".xorviz"; // stands for the page in a notebook
const FRAME = ["embed", "embed_options"]; // parameters of a page in a frame

// The element around the page's content.
/** @param {HTMLElement} part */
export function pageAround(part) {
  return /** @type {HTMLElement | null} */ (part.closest(`${HOST.content}, ${GUEST}`)) ?? document.body;
}

// What hears the keys that are the stage's: in a notebook no others than those pressed within.
/** @type {(part: HTMLElement) => Pick<Document, "addEventListener" | "removeEventListener">} */
export function keyboardAround(part) {
  return /** @type {any} */ (part.closest(GUEST)) ?? document;
}

// Whether what scrolls around a part has more than it shows.
/** @param {HTMLElement} part */
export function canScroll(part) {
  for (let around = part.parentElement; around; around = around.parentElement) {
    const isScroller = around === document.documentElement || /auto|scroll/.test(getComputedStyle(around).overflowY);
    if (isScroller && around.scrollHeight > around.clientHeight + 1) return true;
  }
  return false;
}

// All factors in formulas, and what else matches a selector, in the tab Backprop.
/** @type {(page: HTMLElement, others: string) => HTMLElement[]} */
export function factorsAround(page, others) {
  return [...page.querySelectorAll(`${FORMULA}, .st-key-backprop ${others}`)];
}

// The kind of beat of a step's film that a part of the tab Backprop is about, if any.
/** @type {(part: Element) => string | undefined} */
export function beatAround(part) {
  const names = [...(part.closest(`[class*="${BEAT}"]`)?.classList ?? [])];
  return names.find((name) => name.startsWith(BEAT))?.slice(BEAT.length);
}

// The part of the tab Backprop that is about a kind of beat, if there is one.
/** @type {(page: HTMLElement, kind: string) => HTMLElement | null} */
export function partOfBeat(page, kind) {
  return page.querySelector(`.${BEAT}${kind}`);
}

// The formulas of the open tab, if they are its content.
/** @param {HTMLElement} part */
export function formulasOf(part) {
  return pageAround(part).querySelector(HOST.formulas);
}

// Calls `changed()` where elements come into the content of the tab that holds this part, or go. Returns a
// function that stops this.
/** @type {(part: HTMLElement, changed: () => void) => () => void} */
export function watchBlock(part, changed) {
  return watch(part.closest(HOST.block), { childList: true, subtree: true }, changed);
}

// Gives the button that opens the sidebar its name, which host.css shows too, whenever the button comes.
// Returns a function that stops this.
export function nameSettings() {
  const name = () => {
    const button = document.querySelector(HOST.settings);
    if (button && button.ariaLabel !== "Settings") button.ariaLabel = "Settings";
  };
  name();
  return watch(document.querySelector(HOST.header), { childList: true, subtree: true }, name);
}

// Whether a server with Python answers, or a notebook's kernel.
/** @param {HTMLElement} part */
export function hasPython(part) {
  return part.closest(`${HOST.connected}, ${GUEST}[data-connected]`) !== null;
}

/** @param {HTMLElement} part */
export function isRunning(part) {
  return part.closest(HOST.running) !== null;
}

// Whether a part is on a page whose server may be asked, if not in a file of its own.
/** @param {HTMLElement} part */
export function hasServer(part) {
  return part.closest(HOST.app) !== null;
}

// Whether a server should answer, and does not.
/** @param {HTMLElement} part */
export function isAway(part) {
  return hasServer(part) && !hasPython(part);
}

// Calls `changed()` where the script starts and where it ends. Returns a function that stops this.
/** @type {(part: HTMLElement, changed: () => void) => () => void} */
export function watchScript(part, changed) {
  return watch(part.closest(HOST.app), { attributeFilter: [SCRIPT] }, changed);
}

// The same, and calls it also where the connection to the server is lost and where it is back.
/** @type {(part: HTMLElement, changed: () => void) => () => void} */
export function watchServer(part, changed) {
  return watch(part.closest(HOST.app), { attributeFilter: [SCRIPT, CONNECTION] }, changed);
}

// Closes the dialog about the connection wherever it opens. Returns a function that stops this.
export function keepErrorClosed() {
  closeError();
  return watch(document.body, { childList: true, subtree: true }, closeError);
}

function closeError() {
  for (const dialog of document.querySelectorAll(HOST.dialog)) {
    if (dialog.querySelector(HOST.heading)?.textContent !== ERROR) continue;
    /** @type {HTMLElement | null} */ (dialog.querySelector(HOST.close))?.click();
  }
}

/** @type {(node: Element | null, changes: MutationObserverInit, changed: () => void) => () => void} */
function watch(node, changes, changed) {
  const observer = new MutationObserver(changed);
  if (node) observer.observe(node, changes);
  return () => observer.disconnect();
}

// Streamlit names a slider by its group's label and its own, which are the same: "Seed Seed". From now on one
// is left, as soon as Streamlit writes a slider's value. Returns a function that stops this.
/** @param {HTMLElement} part */
export function nameSlidersOnce(part) {
  const name = () => {
    for (const thumb of document.querySelectorAll(HOST.thumb)) thumb.removeAttribute("aria-labelledby");
  };
  name();
  return watch(part.closest(HOST.app), { attributeFilter: ["aria-valuetext"], subtree: true }, name);
}

// Makes all widgets of the page wait or go on, except those that hold this part.
/** @type {(part: HTMLElement, waits: boolean) => void} */
export function hold(part, waits) {
  for (const widget of document.querySelectorAll(`${HOST.sidebar}, ${HOST.element}`)) {
    if (widget instanceof HTMLElement && !widget.contains(part)) widget.inert = waits;
  }
}

// Streamlit pushes each address that Python writes. From now on, an address for which `replaces(address)`
// is true replaces the one before it.
/** @param {(address: string) => boolean} replaces */
export function guardPushes(replaces) {
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    if (replaces(String(url))) history.replaceState(state, title, url);
    else push(state, title, url);
  };
}

/** @param {URL} address */
export function leaveFrame(address) {
  for (const name of FRAME) address.searchParams.delete(name);
}

// The background of the page's theme, as "rgb(...)": some programs that draw SVG read no newer notation.
/** @param {HTMLElement} part */
export function backgroundOf(part) {
  const probe = part.appendChild(document.createElement("i"));
  probe.style.color = "var(--st-background-color)";
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
