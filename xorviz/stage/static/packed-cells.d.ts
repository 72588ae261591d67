// What Python packs of multiples and the tug of war: see the dataclasses of these names. No browser loads it.

/** The same of each weight or unit, side by side; see multiples.py. */
interface MultiplesSpec {
  kind: "pulls" | "sigmoids" | "hidden_space";
  title: string;
  hint: string;
  names: string[];
  inputs: string[];
  values: Record<string, Values>; // a row a frame, of a number a cell, or one for each input of a cell
  look: {
    colours: string[]; // of pulls down and up, or of the units
    layers: number[]; // of each cell, for pulls
    rows: number[]; // the layer of each row, for pulls
    inputs: string[]; // the colour of each, for curves, as are those below
    muted: string;
    reach: number;
    curve: number[];
    units: string[]; // for hidden space, as are those below: all hidden units
    pair: string[]; // those of the plane
    targets: string;
    sides: [negative: string, positive: string];
    lines: number[][]; // of the grid: indices of their points
    square: number[][]; // its sides
    points: [x1: number, x2: number][];
  };
  places: [row: number, column: number][] | null;
  rows: string[];
  columns: string[];
  channels: Channel[];
}

/** Columns whose numbers pull at a row. */
interface TugSpec {
  hint: string;
  names: string[]; // of the bars: parts, total, change
  parts: number[];
  total: number;
  change: number;
  colours: [down: string, up: string];
}
