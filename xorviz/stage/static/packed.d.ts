// What Python packs: see payload.py, and the dataclasses of the same names. No browser loads it.

type Values = Float64Array | Float32Array | Int32Array | Int16Array | Int8Array | Uint8Array;
type ValuesType = { BYTES_PER_ELEMENT: number; new (buffer: ArrayBuffer, offset: number, length: number): Values };
/** Where the content has an array, and how many values a row has. */
type StoredArray = { dtype: string; offset: number; length: number; row: number };
type ColourScale = [position: number, colour: string][];
/** A trace, a layout, or an update of one, in Plotly's own words. */
type Spec = Record<string, any>;
/** Colours of the page's theme, by their paths in a layout. */
interface Palette {
  "font.color": string;
  "xaxis.gridcolor": string;
  "yaxis.gridcolor": string;
  "coloraxis.colorscale": ColourScale; // of values from 0 to 1
}
/** Positions of switches by name; undefined for the first one. */
type Choices = Record<string, string | undefined>;

interface Channel {
  trace: number | null; // null for the layout
  attribute: string;
  shape: number[]; // of one frame's value
  choices: unknown[] | null; // where given, data are indices into these
  scale: number | null; // where given, data are whole numbers of this unit
  size: number; // values a frame
  data: Values;
}

interface ChartSpec {
  name: string;
  title: string;
  hint: string;
  traces: Spec[];
  layout: Spec;
  channels: Channel[];
  picture: PictureSpec | null;
  cursor: boolean;
  values: number | null;
  legend: [name: string, colour: string][];
  switches: SwitchSpec[];
  terrain?: TerrainSpec | null;
}

interface PictureSpec {
  trace: number;
  boundary: BoundarySpec | null;
  marks: number | null;
  decimals: number | null;
}

interface BoundarySpec {
  hidden_size: number;
  weights: (Float32Array | Float64Array)[]; // a parameter each, a value a frame
  frames: Int32Array; // those with further digits
  digits: Int16Array; // of every parameter, one such frame's after the other's
}

interface SwitchSpec {
  label: string;
  options: { label: string; traces: Spec; layout: Spec; key: string; is_view: boolean; detail: string; units: string[] }[];
  name: string;
}

interface DiagramSpec {
  name: string;
  title: string;
  hint: string;
  nodes: NodeSpec[];
  edges: EdgeSpec[];
  colours: [negative: string, positive: string];
  muted: string;
  widest: number;
  pictures: Channel[];
  activations: Channel;
  input_names: string[];
  switches: SwitchSpec[];
  picture?: undefined;
  legend?: undefined;
}

/** A figure of three axes in place of a chart's plot; its first trace is as high as the chart's first channel. */
interface SolidSpec {
  kind: "solid";
  title: string;
  hint: string;
  traces: Spec[];
  layout: Spec;
}

/** Numbers in place of a diagram's edges' values, and at its nodes. */
interface FlowSpec {
  symbol: string;
  hint: string;
  edges: Float32Array[];
  largest: number;
  largest_node: number;
  nodes: Channel;
}

/** Views by name: what charts show in other positions of their switches. */
type Views = Record<string, { drawn: FlowSpec | ChartSpec | MultiplesSpec | SolidSpec; sentence: Sentence | null } | undefined>;

interface NodeSpec {
  name: string;
  hint: string;
  x: number;
  y: number;
  picture: number | null;
}

interface EdgeSpec {
  name: string;
  source: number;
  target: number;
  values: Float32Array;
}

interface Readout {
  label: string;
  hint: string;
  values: Float32Array;
  right: Uint8Array | null;
}

/** States of a run, a frame each. */
interface Frames {
  epochs: Int32Array;
  charts: (ChartSpec | DiagramSpec)[];
  readouts: Readout[];
  sentences: Record<string, Sentence>; // of the charts, by name, and of the playhead
  views?: Views;
  counts?: string[] | null; // of weights set by hand, the sentences in place of the verdict's
}

/** A sentence whose gaps are the epoch and a value of each frame. */
interface Sentence {
  text: string;
  values: Record<string, Values>;
  words?: Record<string, string[]>; // of gaps whose values are indices into these
}

interface Scene extends Frames {
  id: string;
  times: Float32Array; // when playback reaches each frame, as a share of its time
  milestones: { epoch: number; text: string }[];
  verdict: { counts: string[]; text: string; colours: [before: string, atEnd: string] }; // by right predictions; at the end
  palettes: { light: Palette; dark: Palette };
  gaps?: true; // states between its frames are not known, as of a training that was done elsewhere
}

/** States around the playhead, an epoch each; or none. */
type ExactStates = (Frames & { id: string }) | { id?: undefined };

/** What Python sends beside the run. */
interface Sent {
  view(): Promise<View> | undefined;
  window(): Promise<ExactStates> | undefined;
  motion(): Promise<import("./motion.js").Motion> | undefined;
  hands(): import("./hands.js").Hands | undefined;
  landscape(): import("./landscape.js").Landscape | undefined;
}

/** How the stage opens on a run; with the state itself where that is between two frames. */
type Opening = (Frames | { charts?: undefined }) & {
  id: string;
  epoch: number | null;
  plays: boolean;
  reads: boolean;
  speed: number;
  choices: Choices;
  parameters: string[]; // of links, that the stage writes
  hidden: string[];
  number: string;
  pace: string;
  presents: boolean;
  beat: number | null; // at which the film of the step opens
};

/** What the open tab shows of the run: a still, an epoch to jump to, or neither. */
type View = Still | Jump | { view: string; id?: undefined; charts?: undefined };

interface Still extends Frames {
  view: string;
  id: string;
  table: TableSpec;
  chosen: string;
  jumps: string;
  parts: { kind: string; at: string; marked: boolean }[]; // of factors, by their numbers in formulas
  film?: FilmSpec; // of the step, where it is open
}

interface Jump {
  view: string;
  id: string;
  epoch: number;
  jumps: string;
  charts?: undefined;
}

interface TableSpec {
  corner: string;
  names: string[];
  columns: { name: string; hint: string; texts: [kept: string, changed: string][] | null }[];
  values: Float64Array; // row by row
  veiled: boolean; // whether NaN is a hidden value
  tug: TugSpec | null;
}

/** A chart without frames. */
interface FigureSpec {
  id: string;
  chart: ChartSpec;
  choices: Choices;
  palettes: Scene["palettes"];
  sentence: string;
}

/** What the picture of a tab shows; `charts` are those that the stage lacks. */
interface Sheet {
  title: string;
  rows: string[][]; // of names of charts
  charts: ChartSpec[];
  chosen: string;
  lines: string[];
  table: string[][]; // the head first
  choices: Choices;
}

/** A run in a few words, the beginning of its files' names, and its card. */
interface About {
  name: string;
  file: string;
  card: string;
  paper?: Paper; // from the program that wants a picture
}
