// What Python packs of a step's film and of a state held by hand: see step_film.py and hand.py. No browser
// loads it.

interface FilmSpec {
  beats: BeatSpec[];
  problem: string; // why there are none
  changes: Float64Array; // by edge the old value and the new one
  units: string[]; // the hidden ones
  focus: string; // whose numbers are written, with the gap {unit}; empty where those of all are
  in_full: string; // whose numbers are written in full where there is no room for those of all
}

interface BeatSpec {
  kind: string;
  row: number | null; // its input; null for all of them
  direction: number; // of its numbers: 1 to the right, -1 to the left
  edges: Record<string, [terms: string, result: string, sign: number]>;
  units: Record<string, string[]>; // the lines beside each
  inputs: string[]; // that are 1
  columns: number[]; // of the table
  sentence: string;
}

/** A state that the reader holds by hand: the run's own after `count` moves. */
interface Hand extends Frames {
  id: string;
  count: number;
  handles: HandlesSpec;
  network: { size: number; targets: number[]; low: number; high: number; points: number; unitPoints: number };
  held: { counts: string[]; playhead: string }; // sentences, while a handle is held
}

interface HandlesSpec {
  names: string[];
  values: Float64Array<ArrayBuffer>;
  updates: Float64Array;
  groups: [unit: string, indices: number[]][];
  reach: number; // handles go from minus this value up to it
  decimals: number; // of a value that is dragged
  magnified: number; // how many times as long as the updates arrows are drawn
}
