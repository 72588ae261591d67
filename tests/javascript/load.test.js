import assert from "node:assert/strict";
import test from "node:test";

/** @type {HTMLScriptElement[]} */
const scripts = [];
const head = { append: (/** @type {HTMLScriptElement} */ script) => scripts.push(script) };
const createElement = () => ({ remove() {} });
Object.assign(globalThis, { window: globalThis, document: { head, createElement } });

const { plotly, plotly3d } = await import("../../xorviz/stage/static/load.js");

// The browser runs a script, which takes the name, and tells so later.
/** @type {(script: any, value: object) => void} */
function run(script, value) {
  Object.assign(globalThis, { Plotly: value });
  setImmediate(() => script.onload());
}

test("of two bundles that are asked for at once each is given to who asked for it", async () => {
  const [two, three] = [{ axes: 2 }, { axes: 3 }];
  const asked = [plotly3d(), plotly()];
  assert.equal(scripts.length, 1);
  assert.match(scripts[0].src, /flat/);
  run(scripts[0], two);
  assert.equal(await asked[1], two);
  await new Promise(setImmediate);
  assert.match(scripts[1].src, /gl3d/);
  run(scripts[1], three);
  assert.equal(await asked[0], three);
  assert.equal(globalThis.Plotly, two);
});
