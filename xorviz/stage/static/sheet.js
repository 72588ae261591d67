// The picture of a tab: its charts below the run's name and numbers, then its lines and its table.

import { Chart } from "./chart.js";
import { capture } from "./drawing.js";
import { plotly } from "./load.js";
import { element } from "./panel.js";
import { captureNow, drawHeading, drawRow, GAP, MARGIN, readTheme, STAGE, writeEpoch } from "./snapshot.js";
import { group, node, picture, text, widthOf, wrap } from "./svg.js";

/**
 * @import { Captured } from "./drawing.js"
 * @import { Stage } from "./stage.js"
 * @typedef {{ height: number, parts: SVGElement[] }} Block
 */

/** @type {Record<string, number>} */
const HEIGHTS = { atlas: 720, landscape: 640 }; // of rows, by a chart in them that needs more than a row of the stage
const WIDTH = STAGE.width - 2 * MARGIN;
const SIZE = 14; // of the type of lines and tables
const ROW = 22; // pixels of a line

// About is { name, card }, as in `stageSvg`.
/** @type {(stage: Stage, sheet: Sheet, about: About) => Promise<string>} */
export async function sheetSvg(stage, sheet, { name, card, paper }) {
  stage.emphasise(sheet.chosen);
  const look = { ...readTheme(stage), title: `${sheet.title}: ${name}, ${writeEpoch(stage)}`, description: card, paper };
  const { height, lines } = drawHeading(stage, name);
  const title = text(sheet.title, 0, height + 8, { size: 18, "font-weight": 600 });
  /** @type {SVGElement[]} */
  const drawn = [group(MARGIN, MARGIN, ...lines, title)];
  let y = MARGIN + height + 28;
  for (const row of await captureRows(stage, sheet)) {
    const high = HEIGHTS[row[0].name] ?? STAGE.row;
    drawn.push(...(await drawRow(row, look, y, high)));
    y += high + GAP;
  }
  for (const block of [drawLines(sheet.lines), drawTable(sheet.table, sheet.chosen, look.line)]) {
    drawn.push(group(MARGIN, y, ...block.parts));
    y += block.height;
  }
  return picture(STAGE.width, y - GAP + MARGIN, look, ...drawn);
}

// The charts of each row: the stage's, and those that it lacks.
/** @type {(stage: Stage, sheet: Sheet) => Promise<Captured[][]>} */
async function captureRows(stage, { rows, charts, choices }) {
  const own = await Promise.all(charts.map((spec) => captureOwn(stage, spec, choices)));
  const shown = stage.charts.charts.map((chart) => captureNow(stage, chart));
  return rows.map((row) => row.map((name) => /** @type {Captured} */ ([...own, ...shown].find((one) => one.name === name))));
}

// Mounts a chart without frames, which a picture needs at no size of its own.
/** @type {(stage: Stage, spec: ChartSpec, choices: Choices) => Promise<Captured>} */
async function captureOwn(stage, spec, choices) {
  const section = element("section");
  section.dataset.chart = spec.name;
  stage.root.append(section);
  const chart = new Chart(await plotly(), section);
  chart.plot.style.cssText = "width: 600px; height: 400px";
  const moment = { epoch: 0, frame: 0, chart: spec };
  chart.switchboard.take(spec.switches, choices);
  chart.show(spec, moment, stage.charts.palette);
  const captured = capture(chart, moment);
  section.remove();
  return captured;
}

// Paragraphs, each with what does not fit into its line below it.
/** @type {(lines: string[]) => Block} */
function drawLines(lines) {
  const wrapped = lines.flatMap((line) => wrap(line, WIDTH, SIZE));
  const parts = wrapped.map((line, index) => text(line, 0, ROW * (index + 0.5), { size: SIZE }));
  return { height: wrapped.length ? ROW * wrapped.length + GAP : 0, parts };
}

// A table with a line below its head, and its numbers at the right of their columns. The chosen row is bold.
// One that is wider than the picture is drawn smaller.
/** @type {(table: string[][], chosen: string, line: string) => Block} */
function drawTable(table, chosen, line) {
  if (!table.length) return { height: 0, parts: [] };
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => widthOf(row[column], SIZE, 700))) + 2 * GAP);
  const total = widths.reduce((sum, width) => sum + width);
  const scale = Math.min(1, WIDTH / total);
  const rows = table.map((row, index) => {
    const isBold = index === 0 || row[0] === chosen;
    let right = 0;
    const cells = row.map((cell, column) => {
      right += widths[column];
      const [x, anchor] = column ? [right - GAP, "end"] : [GAP, "start"];
      return text(cell, x, ROW * (index + 0.5), { size: SIZE, "text-anchor": anchor });
    });
    return node("g", isBold ? { "font-weight": 700 } : {}, ...cells);
  });
  const rule = node("path", { d: `M0,${ROW}h${total}`, stroke: line });
  return { height: scale * ROW * table.length + GAP, parts: [node("g", { transform: `scale(${scale})` }, rule, ...rows)] };
}
