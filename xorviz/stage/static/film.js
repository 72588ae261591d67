// A filmstrip: one chart at several epochs, in rows that wrap.

import { draw } from "./drawing.js";
import { captureNow, drawTop, GAP, LINE, MARGIN, readTheme, STAGE } from "./snapshot.js";
import { FAINT, group, node, picture, text, wrap } from "./svg.js";

/**
 * @import { Chart } from "./chart.js"
 * @import { Diagram } from "./diagram.js"
 * @import { Stage } from "./stage.js"
 */

/** @type {Record<string, [perRow: number, height: number]>} */
const PANELS = { network: [3, 0.7], surface: [4, 0.92], loss: [3, 0.7], weights: [2, 0.55], hidden: [3, 0.6] }; // height: a share of the width
const LABEL = 24; // pixels of the line with a panel's epoch

// A chart in each frame of a film, below its title and hint. About is { name, card }, as in `chartSvg`.
/** @type {(stage: Stage, chart: Chart | Diagram, film: Frames, about: About) => Promise<string>} */
export async function filmSvg(stage, chart, film, { name, card, paper }) {
  const theme = readTheme(stage);
  const epochs = Array.from(film.epochs, (epoch) => epoch.toLocaleString("en"));
  const captured = Array.from(film.epochs, (epoch, frame) => captureNow(stage, chart, { scene: film, frame, epoch }));
  const [perRow, share] = PANELS[captured[0].name];
  const panel = (STAGE.width - 2 * MARGIN - GAP * (perRow - 1)) / perRow;
  const [columns, step, row] = [Math.min(perRow, epochs.length), panel + GAP, LABEL + share * panel + GAP];
  const width = columns * step - GAP;
  const top = drawTop(captured[0], width);
  const drawn = captured.map(async (one, index) => {
    const [x, y] = [(index % columns) * step, top.height + Math.floor(index / columns) * row];
    const label = text(`epoch ${epochs[index]}`, GAP, LABEL / 2 + 4, { size: 14, "font-weight": 600 });
    const border = node("rect", { width: panel, height: row - GAP, rx: 6, fill: "none", stroke: theme.line });
    const unique = { ...one, name: `${one.name}-${index}` };
    const body = await draw(unique, panel - 2 * GAP, share * panel - GAP, theme.background);
    return group(x, y, border, label, group(GAP, LABEL, body));
  });
  const panels = await Promise.all(drawn);
  const below = top.height + Math.ceil(epochs.length / columns) * row;
  const caption = wrap(name, width, 12);
  const lines = caption.map((line, index) => text(line, 0, below + LINE * (index + 0.5), FAINT));
  const look = { ...theme, title: `${chart.spec.title}: ${name}, epochs ${epochs.join("; ")}`, description: card, paper };
  const height = below + LINE * caption.length + 2 * MARGIN;
  return picture(width + 2 * MARGIN, height, look, group(MARGIN, MARGIN, ...top.parts, ...panels, ...lines));
}
