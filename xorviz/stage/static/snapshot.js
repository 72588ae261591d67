// Pictures of what is on the stage, as SVG: drawn anew at sizes of their own, at the playhead, with
// the reader's switches and zoom, in the page's theme.

import { COLUMNS, SPANS } from "./charts.js";
import { capture, draw, swatch } from "./drawing.js";
import { backgroundOf } from "./host.js";
import { significant } from "./panel.js";
import { node, picture, serialise, text, widthOf, wrap } from "./svg.js";

/**
 * @import { Chart } from "./chart.js"
 * @import { Diagram } from "./diagram.js"
 * @import { Captured } from "./drawing.js"
 * @import { Stage } from "./stage.js"
 * @typedef {{ background: string, colour: string, line: string }} Theme
 * @typedef {{ line: string, size?: number, "font-weight"?: number, bar?: string }} HeadingLine
 */

const CHART = { width: 700, height: 450 };
const STAGE = { width: 1400, row: 395 };
const MARGIN = 16;
const GAP = 10;
const LINE = 16; // pixels of a line of small text

// One chart. About is what the picture is of: { name, card }, the run in a few words and in full.
/** @type {(stage: Stage, chart: Chart | Diagram, about: About) => Promise<string>} */
export async function chartSvg(stage, chart, { name, card }) {
  const { place, theme } = stateOf(stage);
  const captured = capture(chart, momentOf(stage, chart, place));
  const epoch = `epoch ${place.epoch.toLocaleString("en")}`;
  const { width, height } = CHART;
  const caption = wrap(`${name}, ${epoch}`, width - 2 * MARGIN, 12);
  const room = height - 2 * MARGIN - LINE * caption.length;
  const panel = await drawPanel(captured, theme, width - 2 * MARGIN, room - GAP);
  const lines = caption.map((line, index) => text(line, 0, room + LINE * (index + 0.5), { "fill-opacity": 0.7 }));
  const title = `${captured.spec.title}: ${name}, ${epoch}`;
  return serialise(picture(width, height, { ...theme, title, description: card }, at(MARGIN, MARGIN, panel, ...lines)));
}

// All charts that are shown, as the page arranges them, below the run's name and numbers.
/** @type {(stage: Stage, about: About) => Promise<string>} */
export async function stageSvg(stage, { name, card }) {
  const { place, theme } = stateOf(stage);
  const rows = rowsOf(shownCharts(stage).map((chart) => capture(chart, momentOf(stage, chart, place))));
  const heading = drawHeading(stage, place, name);
  const across = STAGE.width - 2 * MARGIN;
  const panels = await Promise.all(
    rows.map((row, index) => drawRow(row, theme, across, MARGIN + heading.height + index * (STAGE.row + GAP))),
  );
  const height = 2 * MARGIN + heading.height + rows.length * (STAGE.row + GAP) - GAP;
  const title = `${name}, epoch ${place.epoch.toLocaleString("en")}`;
  const parts = [at(MARGIN, MARGIN, ...heading.lines), ...panels.flat()];
  return serialise(picture(STAGE.width, height, { ...theme, title, description: card }, ...parts));
}

// The charts that are not left out of the page.
/** @param {Stage} stage */
export function shownCharts({ charts }) {
  return charts.charts.filter(({ section }) => !section.hidden);
}

/** @param {Stage} stage */
function stateOf(stage) {
  const { palette } = stage.charts;
  const background = backgroundOf(stage.root);
  return { place: stage.playhead, theme: { background, colour: palette["font.color"], line: palette["xaxis.gridcolor"] } };
}

/** @type {(stage: Stage, chart: Chart | Diagram, place: Playhead) => Moment<any>} */
function momentOf({ charts }, chart, { scene, frame, epoch }) {
  return { epoch, frame, chart: scene.charts[charts.charts.indexOf(chart)] };
}

// As many charts a row as its columns hold.
/** @param {Captured[]} charts */
function rowsOf(charts) {
  /** @type {Captured[][]} */
  const rows = [];
  let left = 0;
  for (const chart of charts) {
    const span = SPANS[chart.name];
    if (span > left) {
      rows.push([]);
      left = COLUMNS;
    }
    rows[rows.length - 1].push(chart);
    left -= span;
  }
  return rows;
}

/** @type {(row: Captured[], theme: Theme, across: number, y: number) => Promise<SVGElement[]>} */
async function drawRow(row, theme, across, y) {
  const all = row.reduce((sum, { name }) => sum + SPANS[name], 0);
  const room = across - GAP * (row.length - 1);
  let x = MARGIN;
  const frames = row.map((captured) => {
    const frame = { captured, x, width: (room * SPANS[captured.name]) / all };
    x += frame.width + GAP;
    return frame;
  });
  return Promise.all(frames.map((frame) => drawFrame(frame, theme, y)));
}

/** @type {(frame: { captured: Captured, x: number, width: number }, theme: Theme, y: number) => Promise<SVGElement>} */
async function drawFrame({ captured, x, width }, theme, y) {
  const border = node("rect", { width, height: STAGE.row, rx: 6, fill: "none", stroke: theme.line });
  const panel = await drawPanel(captured, theme, width - 2 * GAP, STAGE.row - 2 * GAP);
  return at(x, y, border, at(GAP, GAP, panel));
}

// The run's name, its verdict, and where the playhead is with its numbers.
/** @type {(stage: Stage, place: Playhead, name: string) => { height: number, lines: SVGElement[] }} */
function drawHeading({ root, run }, { scene, frame, epoch }, name) {
  /** @type {HeadingLine[]} */
  const lines = wrap(name, STAGE.width - 2 * MARGIN, 20).map((line) => ({ line, size: 18, "font-weight": 700 }));
  const verdict = root.querySelector(".verdict");
  const readouts = root.querySelector(".readouts");
  if (!verdict.hidden) lines.push({ line: run.verdict.text, "font-weight": 600, bar: getComputedStyle(verdict).borderLeftColor });
  const last = run.epochs[run.epochs.length - 1].toLocaleString("en");
  const where = `epoch ${epoch.toLocaleString("en")} of ${last}`;
  const numbers = readouts.hidden ? [] : scene.readouts.map((readout) => numberOf(readout, frame));
  lines.push({ line: [where, ...numbers].join("\u2003") });
  const drawn = lines.map(({ line, size = 14, bar, ...look }, index) => {
    const y = 26 * index + 12;
    const mark = bar ? [node("rect", { y: y - 9, width: 4, height: 18, fill: bar })] : [];
    return node("g", {}, ...mark, text(line, bar ? 12 : 0, y, { size, ...look }));
  });
  return { height: 26 * lines.length + GAP, lines: drawn };
}

/** @type {(readout: Readout, frame: number) => string} */
function numberOf({ label, values, right }, frame) {
  return `${label} ${significant(values[frame])}${right ? [" ✗", " ✓"][right[frame]] : ""}`;
}

// A chart below its title, what its colours mean, its switches, and how it is read.
/** @type {(captured: Captured, theme: Theme, width: number, height: number) => Promise<SVGElement>} */
async function drawPanel(captured, theme, width, height) {
  const { spec } = captured;
  const small = { "fill-opacity": 0.7 };
  const told = captured.choices.join(", ");
  const title = [text(spec.title, 0, 10, { size: 16, "font-weight": 600 }), text(told, width, 10, { "text-anchor": "end", ...small })];
  const key = drawKey(captured, width - (told ? widthOf(told) + MARGIN : 0));
  const hint = wrap(spec.hint, width, 12).map((line, index) => text(line, 0, 30 + LINE * index, small));
  const legend = drawLegend(spec.legend ?? [], width, 30 + LINE * hint.length);
  const top = 28 + LINE * hint.length + legend.height;
  const body = await draw(captured, width, height - top, theme.background);
  return node("g", { "data-chart": captured.name }, ...title, ...key, ...hint, ...legend.rows, at(0, top, body));
}

// What the colours of a picture mean, left of a place.
/** @type {(captured: Captured, right: number) => SVGElement[]} */
function drawKey({ name, spec }, right) {
  /** @type {ColourScale | null} */
  const scale = spec.colorscale ?? (spec.picture && spec.traces[spec.picture.trace].colorscale);
  if (!scale) return [];
  const id = `key-${name}`;
  const stops = scale.map(([offset, colour]) => node("stop", { offset, "stop-color": colour }));
  return [
    node("linearGradient", { id }, ...stops),
    text("0", right - 104, 10, { "fill-opacity": 0.7 }),
    node("rect", { x: right - 92, y: 6, width: 80, height: 8, rx: 2, fill: `url(#${id})` }),
    text("1", right - 8, 10, { "fill-opacity": 0.7 }),
  ];
}

// The names of pinned runs, each in its curve's colour: as many a line as fit.
/** @type {(pins: ChartSpec["legend"], width: number, top: number) => { rows: SVGElement[], height: number }} */
function drawLegend(pins, width, top) {
  const rows = [];
  let [x, y] = [0, top];
  for (const [name, colour] of pins) {
    const lines = wrap(name, width - 24, 12);
    const wide = 24 + Math.max(...lines.map((line) => widthOf(line))) + MARGIN;
    if (x && x + wide > width) [x, y] = [0, y + LINE];
    rows.push(swatch(x, y, colour), ...lines.map((line, index) => text(line, x + 24, y + LINE * index, {})));
    y += LINE * (lines.length - 1);
    x += wide;
  }
  return { rows, height: rows.length ? y + LINE - top : 0 };
}

/** @type {(x: number, y: number, ...children: SVGElement[]) => SVGElement} */
function at(x, y, ...children) {
  return node("g", { transform: `translate(${x} ${y})` }, ...children);
}
