// A chart's spec as Plotly takes it: with the values of a moment, and with its switches in their positions.

import { valueAt } from "./payload.js";
import { after } from "./player.js";

/** @typedef {SwitchSpec["options"][number]} Option */

// Makes traces and layout with these chosen options, curves up to an epoch. The spec itself stays as it is.
/** @type {(spec: ChartSpec, moment: ChartMoment, options: Option[], last?: number) => { traces: Spec[], layout: Spec }} */
export function figureAt(spec, { frame, chart: { channels } }, options, last = Infinity) {
  const { traces, layout } = structuredClone({ traces: spec.traces, layout: spec.layout });
  if (last < Infinity) traces.forEach((trace) => Object.assign(trace, curveUntil(trace, last)));
  for (const channel of channels) {
    const target = channel.trace === null ? layout : traces[channel.trace];
    assign(target, channel.attribute, valueAt(channel, frame));
  }
  for (const option of options) {
    for (const [path, values] of Object.entries(option.traces)) {
      traces.forEach((trace, index) => assign(trace, path, values[index]));
    }
    assignAll(layout, option.layout);
  }
  return { traces, layout };
}

// The points of a curve up to an epoch.
/** @type {(trace: Spec, last: number) => Spec} */
export function curveUntil({ x, y, customdata }, last) {
  const count = after(x, last);
  const [points, values, data] = [x, y, customdata].map((array) => array?.slice(0, count));
  return data ? { x: points, y: values, customdata: data } : { x: points, y: values };
}

/** @type {(target: Spec, values: Spec) => void} */
export function assignAll(target, values) {
  for (const [path, value] of Object.entries(values)) assign(target, path, value);
}

// Sets `target.a.b` for the path "a.b", as Plotly's own updates do.
/** @type {(target: Spec, path: string, value: unknown) => void} */
function assign(target, path, value) {
  const keys = path.split(".");
  const last = /** @type {string} */ (keys.pop());
  for (const key of keys) target = target[key] ??= {};
  target[last] = value;
}
