// Pictures of the stage as SVG: drawn anew at sizes of their own, at the playhead, with the reader's switches
// and zoom, in the page's theme.
// Plotly draws the plots. It can't draw the rest: its titles don't wrap, and of the 65 lines of a network with
// 16 units its legend shows 24 at most. The page's own elements in a `foreignObject` would need no second
// drawing, but only browsers show them: CairoSVG, for one, leaves them out.

import { COLUMNS, momentOf, SPANS } from "./charts.js";
import { capture, draw } from "./drawing.js";
import { backgroundOf } from "./host.js";
import { drawKey, SPAN } from "./keys.js";
import { significant } from "./panel.js";
import { FAINT, group, node, picture, piece, text, widthOf, wrap } from "./svg.js";
import { verdictAt } from "./verdict.js";

/**
 * @import { Chart } from "./chart.js"
 * @import { Diagram } from "./diagram.js"
 * @import { Captured } from "./drawing.js"
 * @import { Stage } from "./stage.js"
 * @typedef {{ background: string, colour: string, line: string }} Theme
 * @typedef {{ line: string, size?: number, "font-weight"?: number, bar?: string }} HeadingLine
 */

const CHART = { width: 700, height: 450 };
export const STAGE = { width: 1400, row: 395 };
export const MARGIN = 16;
export const GAP = 10;
export const LINE = 16; // pixels of a line of small text

// One chart. About is { name, card }: the run in a few words and in full.
/** @type {(stage: Stage, chart: Chart | Diagram, about: About) => Promise<string>} */
export async function chartSvg(stage, chart, { name, card, paper }) {
  const theme = readTheme(stage);
  const about = `${name}, ${writeEpoch(stage)}`;
  const captured = captureNow(stage, chart);
  const [width, height] = [CHART.width - 2 * MARGIN, CHART.height - 2 * MARGIN];
  const caption = wrap(about, width, 12);
  const below = height - LINE * caption.length;
  const panel = await drawPanel(captured, theme, width, below - GAP);
  const lines = caption.map((line, index) => text(line, 0, below + LINE * (index + 0.5), FAINT));
  const look = { ...theme, title: `${captured.spec.title}: ${about}`, description: card, paper };
  return picture(CHART.width, CHART.height, look, group(MARGIN, MARGIN, panel, ...lines));
}

// All charts that are shown, as the page arranges them, below the run's name and numbers.
/** @type {(stage: Stage, about: About) => Promise<string>} */
export async function stageSvg(stage, { name, card, paper }) {
  const look = { ...readTheme(stage), title: `${name}, ${writeEpoch(stage)}`, description: card, paper };
  const heading = drawHeading(stage, name);
  const rows = arrange(shownCharts(stage).map((chart) => captureNow(stage, chart)));
  const top = MARGIN + heading.height;
  const panels = await Promise.all(rows.map((row, index) => drawRow(row, look, top + index * (STAGE.row + GAP))));
  const height = top + rows.length * (STAGE.row + GAP) - GAP + MARGIN;
  return picture(STAGE.width, height, look, group(MARGIN, MARGIN, ...heading.lines), ...panels.flat());
}

// The charts that are not left out of the page.
/** @param {Stage} stage */
export function shownCharts({ charts }) {
  return charts.charts.filter(({ section }) => !section.hidden);
}

// Keeps a chart at the playhead, or another one; the charts follow the stage's with a delay.
/** @type {(stage: Stage, chart: Chart | Diagram, at?: Playhead) => Captured} */
export function captureNow({ charts, playhead }, chart, at = playhead) {
  const moment = momentOf(charts.charts.indexOf(chart), at);
  chart.follow(moment);
  return capture(chart, moment);
}

/** @type {(stage: Stage) => Theme} */
export function readTheme({ charts: { palette }, root }) {
  return { background: backgroundOf(root), colour: palette["font.color"], line: palette["xaxis.gridcolor"] };
}

/** @param {Stage} stage */
export function writeEpoch({ playhead }) {
  const epoch = `epoch ${playhead.epoch.toLocaleString("en")}`;
  return playhead.scene.counts ? `by hand from ${epoch}` : epoch;
}

// As many charts a row as its columns hold.
/** @param {Captured[]} charts */
function arrange(charts) {
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

// Charts side by side, as wide as the columns that they take.
/** @type {(row: Captured[], theme: Theme, y: number, height?: number) => Promise<SVGElement[]>} */
export function drawRow(row, theme, y, height = STAGE.row) {
  const columns = row.reduce((sum, { name }) => sum + SPANS[name], 0);
  const room = STAGE.width - 2 * MARGIN - GAP * (row.length - 1);
  let right = MARGIN - GAP;
  const panels = row.map(async (captured) => {
    const [x, width] = [right + GAP, (room * SPANS[captured.name]) / columns];
    right = x + width;
    const border = node("rect", { width, height, rx: 6, fill: "none", stroke: theme.line });
    const panel = await drawPanel(captured, theme, width - 2 * GAP, height - 2 * GAP);
    return group(x, y, border, group(GAP, GAP, panel));
  });
  return Promise.all(panels);
}

// The run's name, its verdict, and the playhead's epoch with its numbers.
/** @type {(stage: Stage, name: string) => { height: number, lines: SVGElement[] }} */
export function drawHeading(stage, name) {
  const { root, run, playhead } = stage;
  /** @type {HeadingLine[]} */
  const lines = wrap(name, STAGE.width - 2 * MARGIN, 20).map((line) => ({ line, size: 18, "font-weight": 700 }));
  const verdict = root.querySelector(".verdict");
  const readouts = root.querySelector(".readouts");
  const judged = verdictAt(run, playhead);
  if (!verdict.hidden) lines.push({ line: judged.text, "font-weight": 600, bar: judged.colour });
  const last = run.epochs[run.epochs.length - 1].toLocaleString("en");
  const numbers = readouts.hidden ? [] : playhead.scene.readouts.map((readout) => writeReadout(readout, playhead.frame));
  lines.push({ line: [`${writeEpoch(stage)} of ${last}`, ...numbers].join("\u2003") });
  const drawn = lines.map(({ line, size = 14, bar, ...look }, index) => {
    const y = 26 * index + 12;
    const mark = bar ? [node("rect", { y: y - 9, width: 4, height: 18, fill: bar })] : [];
    return node("g", {}, ...mark, text(line, bar ? 12 : 0, y, { size, ...look }));
  });
  return { height: 26 * lines.length + GAP, lines: drawn };
}

/** @type {(readout: Readout, frame: number) => string} */
function writeReadout({ label, values, right }, frame) {
  return `${label} ${significant(values[frame])}${right ? [" ✗", " ✓"][right[frame]] : ""}`;
}

// A chart below its title, the key to its colours, its switches, and the sentence on how to read it.
/** @type {(captured: Captured, theme: Theme, width: number, height: number) => Promise<SVGElement>} */
async function drawPanel(captured, theme, width, height) {
  const top = drawTop(captured, width);
  const body = await draw(captured, width, height - top.height, theme.background);
  return node("g", { "data-chart": captured.name }, ...top.parts, group(0, top.height, body));
}

// What stands above a chart's body.
/** @type {(captured: Captured, width: number) => { height: number, parts: SVGElement[] }} */
export function drawTop(captured, width) {
  const { spec } = captured;
  const choices = captured.choices.join(", ");
  const title = [text(spec.title, 0, 10, { size: 16, "font-weight": 600 }), text(choices, width, 10, { "text-anchor": "end", ...FAINT })];
  const right = width - (choices ? widthOf(choices) + MARGIN : 0);
  const hasRoom = !captured.colorscale || widthOf(spec.title, 16, 600) + MARGIN <= right - SPAN;
  const below = hasRoom ? 0 : LINE; // where the title leaves the key no room beside it
  const key = drawKey(captured, hasRoom ? right : width, 10 + below);
  const hint = wrap(spec.hint, width, 12).map((line, index) => text(line, 0, 30 + below + LINE * index, FAINT));
  const legend = drawLegend(spec.legend ?? [], width, 30 + below + LINE * hint.length);
  return { height: 28 + below + LINE * hint.length + legend.height, parts: [...title, ...key, ...hint, ...legend.rows] };
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
    rows.push(piece(x, y, colour), ...lines.map((line, index) => text(line, x + 24, y + LINE * index)));
    y += LINE * (lines.length - 1);
    x += wide;
  }
  return { rows, height: rows.length ? y + LINE - top : 0 };
}
