// A chart's spec as Plotly takes it: with the values of a moment, and with its switches in their positions.

import { valueAt } from "./payload.js";

/** @typedef {SwitchSpec["options"][number]} Option */

// Makes traces and layout with these chosen options. The spec itself stays as it is.
/** @type {(spec: ChartSpec, moment: ChartMoment, options: Option[]) => { traces: Spec[], layout: Spec }} */
export function figureAt(spec, { frame, chart: { channels } }, options) {
  const { traces, layout } = structuredClone({ traces: spec.traces, layout: spec.layout });
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
