// How much of the stage lies above its numbers and charts. Where the open tab is below the stage, these stay in
// view while the reader scrolls to the handles; the styles need that height for it.

import { pageAround } from "./host.js";

const HEIGHT = "--above";

// Keeps the page's height up to date. Returns a function that stops this.
/** @param {HTMLElement} root */
export function measureAbove(root) {
  const { style } = pageAround(root);
  const numbers = root.querySelector(".summary");
  const measure = () => {
    const height = numbers.getBoundingClientRect().top - root.getBoundingClientRect().top;
    style.setProperty(HEIGHT, `${height}px`);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(root);
  return () => {
    observer.disconnect();
    style.removeProperty(HEIGHT);
  };
}
