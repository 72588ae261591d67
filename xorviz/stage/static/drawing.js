// The body of a panel in a picture: a chart's plot and its list of values, or a diagram.

import { layOut, looks, ringIn, SMALL } from "./arrangement.js";
import { boundary } from "./boundary.js";
import { showTerrain } from "./charted.js";
import { Diagram } from "./diagram.js";
import { curve } from "./edges.js";
import { listedLines } from "./lists.js";
import { drawCells } from "./multiples.js";
import { significant } from "./panel.js";
import { rowsAt, valueAt } from "./payload.js";
import { colourAt, colourTable, inkOn, Painter } from "./picture.js";
import { FONT, group, node, parse, piece, text, widthOf } from "./svg.js";

/**
 * @import { Chart } from "./chart.js"
 * @import { Shown } from "./flow.js"
 * @typedef {{ data: Spec[], layout: Spec }} Figure
 * @typedef {{ name: string, value: string, color: string, dash: string }} Line
 * @typedef {{ size: number, row: number, withValues: boolean, columns: number, perColumn: number, column: number }} Way
 *
 * A chart as it was when a picture was asked for: its name, the switches' positions, and all that is drawn of it.
 * @typedef {{ name: string, choices: string[], colorscale?: ColourScale }} Titles
 * @typedef {Titles & { spec: DiagramSpec, moment: DiagramMoment, shown: Shown, chosen?: string }} CapturedDiagram
 * @typedef {Titles & { spec: ChartSpec, lines: Line[], figure: Figure, Plotly: Plotly }} CapturedChart
 * @typedef {Titles & { spec: ChartSpec, draw(width: number, height: number): SVGElement | Promise<SVGElement> }} CapturedStandIn
 * @typedef {CapturedDiagram | CapturedChart | CapturedStandIn} Captured
 */

/** @type {[size: number, withValues: boolean][]} */
const WAYS = [[12, true], [10.5, true], [9, true], [9, false]]; // to write a list: the size of its texts, and whether with values
const SHARE = 0.5; // of a panel's width, that a list takes at most
const UNCHOSEN = 0.25; // opacity of the edges beside a chosen one, as on the page
const MARK = 12; // pixels of the ground below a chosen edge
const MANY = 12; // rows of a table, above which its numbers are small
const WIDE = "−0.1234"; // a value as wide as most: a plot keeps its width from epoch to epoch

// Keeps a chart as it is now: the page may go on to another epoch while the picture is drawn.
/** @type {(chart: Chart | Diagram, moment: Moment<any>) => Captured} */
export function capture(chart, moment) {
  const name = String(chart.section.dataset.chart);
  const { colorscale } = chart;
  const choices = chart.switchboard.positions;
  if (chart instanceof Diagram) {
    const spec = { ...chart.spec, hint: chart.hint.textContent };
    return { name, spec, moment, shown: chart.shownAt(moment), choices, colorscale, chosen: chart.chosen };
  }
  const { spec, Plotly, palette, standIn: { cells: { view: cells, frame, sentence: write }, solid } } = chart;
  const sentence = write();
  if (solid.isShown) return { name, spec, choices, draw: (width, height) => solid.picture(width, height) };
  if (cells) return { name, spec, choices, draw: (width, height) => drawCells(cells, frame, palette, sentence, width, height) };
  const shown = chart.inView(moment) ?? moment;
  return { name, spec, choices, colorscale, lines: readLines(chart, shown), figure: readFigure(chart, shown), Plotly };
}

// Draws a chart's body in so much room.
/** @type {(captured: Captured, width: number, height: number, background: string) => Promise<SVGElement>} */
export async function draw(captured, width, height, background) {
  if ("draw" in captured) return captured.draw(width, height);
  if (!("figure" in captured)) return drawDiagram(captured, width, height, background);
  const list = drawList(captured.lines, width, height);
  const plot = await drawPlot(captured, width - list.width, height);
  return node("g", {}, plot, group(width - list.width, 0, ...list.rows));
}

// The figure as the reader sees it, zoom and switches included.
/** @type {(chart: Chart, moment: ChartMoment) => Figure} */
function readFigure(chart, moment) {
  const { plot, spec } = chart;
  /** @type {Figure} */
  const { data, layout } = structuredClone({ data: plot.data, layout: plot.layout });
  data.forEach((trace, index) => (trace.opacity = spec.traces[index].opacity ?? 1));
  if (spec.cursor) showCursor(layout, spec, moment);
  if (spec.picture?.boundary === null) showCells(data[spec.picture.trace], layout, spec.picture, moment);
  else if (spec.picture) showSurface(layout, chart, spec.picture, moment);
  if (spec.terrain) showTerrain(layout, chart, moment);
  for (const axis of ["xaxis", "yaxis"]) {
    const { domain } = spec.layout[axis];
    if (domain) layout[axis].domain = domain;
    else delete layout[axis].domain; // Plotly computed it from the room on the page
  }
  layout.font.family = FONT;
  return { data: data.filter(({ opacity }) => opacity > 0), layout };
}

// Has Plotly draw the playhead, below the marks of edits.
/** @type {(layout: Spec, spec: ChartSpec, moment: ChartMoment) => void} */
function showCursor(layout, spec, { epoch }) {
  const [cursor, ...marks] = spec.layout.shapes;
  layout.shapes = [{ ...cursor, x0: epoch, x1: epoch }, ...marks];
}

// Has Plotly draw a surface, its line and its points.
/** @type {(layout: Spec, chart: Chart, picture: PictureSpec, moment: ChartMoment) => void} */
function showSurface(layout, { spec, colours, palette }, { trace, marks }, { frame, chart: { channels, picture } }) {
  const { images: [image], shapes: [line] } = spec.layout;
  const path = picture?.boundary && boundary(picture.boundary, frame, spec.traces[trace].x);
  const drawn = path ? [{ ...line, path, line: { ...line.line, color: palette["font.color"] } }] : [];
  const points = marks === null ? [] : valueAt(channels[marks], frame);
  layout.images = [{ ...image, source: new Painter().surface(rowsAt(channels, { trace }, frame), colours) }];
  layout.shapes = [...drawn, ...points];
}

// Has Plotly draw a table, with numbers that stay texts. They are annotations, as Plotly writes the texts of a
// heatmap in white on orange, at a contrast of 3.5.
/** @type {(trace: Spec, layout: Spec, picture: PictureSpec, moment: ChartMoment) => void} */
function showCells(trace, layout, picture, { frame, chart: { channels } }) {
  const z = rowsAt(channels, picture, frame);
  const colours = colourTable(layout.coloraxis.colorscale);
  const size = z.length > MANY ? 10.5 : 14;
  /** @type {(value: number, x: number, y: number) => Spec} */
  const cell = (value, x, y) => {
    const color = Number.isFinite(value) ? inkOn(colourAt(colours, value)) : layout.font.color;
    return { x, y, text: value.toFixed(picture.decimals ?? 0), showarrow: false, font: { color, size } };
  };
  Object.assign(trace, { z, opacity: 1, xgap: 2, ygap: 2 });
  layout.annotations = z.flatMap((row, y) => Array.from(row, (value, x) => cell(value, x, y)));
}

// Plotly's names for parts of a figure are random; here they are the chart's, so that a picture has the same
// bytes each time.
/** @type {(captured: CapturedChart, width: number, height: number) => Promise<SVGElement>} */
async function drawPlot({ Plotly, figure: { data, layout }, name }, width, height) {
  const size = { width, height, autosize: false };
  const figure = { data, layout: { ...layout, ...size } };
  const source = await Plotly.toImage(figure, { format: "svg", imageDataOnly: true, ...size });
  const [, random] = source.match(/id="defs-(\w+)"/) ?? [];
  const svg = parse(source.replaceAll(new RegExp(`(clip|defs-)${random}`, "g"), `$1-${name}-`));
  svg.querySelectorAll("[class]").forEach((part) => part.removeAttribute("class"));
  return svg;
}

// Names and values of a chart's lines, as they are listed beside it.
/** @type {(chart: Chart, moment: ChartMoment) => Line[]} */
function readLines({ spec }, { frame, chart }) {
  const values = listedLines(chart).map(({ y }) => significant(y[frame]));
  return listedLines(spec).map(({ name, line }, index) => ({ ...line, name, value: values[index] }));
}

// The list in as many columns as it needs.
/** @type {(lines: Line[], width: number, height: number) => { width: number, rows: SVGElement[] }} */
function drawList(lines, width, height) {
  if (!lines.length) return { width: 0, rows: [] };
  const ways = WAYS.map(([size, withValues]) => fitColumns(lines, size, withValues, height));
  const way = ways.find(({ columns, column }) => columns * column <= SHARE * width) ?? ways[ways.length - 1];
  const rows = lines.map((line, index) => {
    const [left, y] = [Math.floor(index / way.perColumn) * way.column, (index % way.perColumn) * way.row];
    return group(left + way.size, y + way.row / 2, ...drawLine(line, way));
  });
  return { width: way.columns * way.column, rows };
}

/** @type {(lines: Line[], size: number, withValues: boolean, height: number) => Way} */
function fitColumns(lines, size, withValues, height) {
  /** @type {(texts: string[]) => number} */
  const widest = (texts) => Math.max(...texts.map((content) => widthOf(content, size)));
  const row = 1.35 * size;
  const names = widest(lines.map(({ name }) => name));
  const values = withValues ? size + widest([WIDE, ...lines.map(({ value }) => value)]) : 0;
  const columns = Math.ceil(lines.length / Math.floor(height / row));
  const perColumn = Math.ceil(lines.length / columns);
  return { size, row, withValues, columns, perColumn, column: 3 * size + names + values };
}

/** @type {(line: Line, way: Way) => SVGElement[]} */
function drawLine({ name, value, color, dash }, { size, column, withValues }) {
  const number = text(value, column - size, 0, { size, "text-anchor": "end" });
  return [piece(0, 0, color, dash, 1.5 * size), text(name, 2 * size, 0, { size }), ...(withValues ? [number] : [])];
}

/** @type {(captured: CapturedDiagram, width: number, height: number, background: string) => SVGElement} */
function drawDiagram({ spec, moment: { frame, chart }, shown, colorscale = [], chosen }, width, height, background) {
  const { squares, widest } = layOut(spec.nodes, width, height);
  const edges = looks(spec.colours, shown, widest).map((look, index) => {
    /** @type {Record<string, number>} */
    const faint = chosen && spec.edges[index].name !== chosen ? { opacity: UNCHOSEN } : {};
    return node("path", { d: curve(spec.edges[index], squares), fill: "none", ...look, ...faint });
  });
  const marked = spec.edges.filter(({ name }) => name === chosen).map((edge) =>
    node("path", { d: curve(edge, squares), fill: "none", stroke: spec.muted, "stroke-opacity": 0.3, "stroke-width": MARK }),
  );
  const colours = colourTable(colorscale);
  const painter = new Painter();
  const nodes = spec.nodes.map(({ name, picture }, index) => {
    const image = picture === null ? null : painter.surface(valueAt(chart.pictures[picture], frame), colours);
    return drawNode(name, squares[index], image, background, spec);
  });
  const rings = shown.rings.map((ring, index) => drawRing(squares[spec.nodes.findIndex(({ picture }) => picture === index)], ring, spec));
  return node("g", {}, ...marked, ...edges, ...nodes, ...rings);
}

/** @type {(square: Square, ring: number, spec: DiagramSpec) => SVGElement} */
function drawRing(square, ring, { muted }) {
  const { x, y, side, width } = ringIn(square, ring);
  return node("rect", { x: x - side / 2, y: y - side / 2, width: side, height: side, rx: 4, fill: "none", stroke: muted, "stroke-width": width });
}

// A node with its name inside, or left of a small one.
/** @type {(name: string, square: Square, image: string | null, background: string, spec: DiagramSpec) => SVGElement} */
function drawNode(name, { x, y, side }, image, background, { muted }) {
  const box = { x: x - side / 2, y: y - side / 2, width: side, height: side };
  const shape = image
    ? node("image", { ...box, preserveAspectRatio: "none", href: image })
    : node("circle", { cx: x, cy: y, r: side / 2, fill: muted, "fill-opacity": 0.2, stroke: muted });
  if (side < SMALL) return node("g", {}, shape, drawName(name, box.x - 2, y, { size: 11, ground: background, ends: true }));
  return node("g", {}, shape, drawName(name, x, y, image ? { size: 14, ground: background } : { size: 14 }));
}

// A name whose middle, or end, is here; on a ground of its own, so that it can be read over all else.
/** @type {(name: string, x: number, y: number, look: { size: number, ground?: string, ends?: boolean }) => SVGElement} */
function drawName(name, x, y, { size, ground = "none", ends = false }) {
  const width = widthOf(name, size, 700) + 4;
  const left = ends ? x - width : x - width / 2;
  const label = { size, "font-weight": 700, "text-anchor": "middle" };
  const box = { x: left, y: y - size / 2 - 1, width, height: size + 2, rx: 2, fill: ground, "fill-opacity": 0.75 };
  return node("g", {}, node("rect", box), text(name, left + width / 2, y, label));
}
