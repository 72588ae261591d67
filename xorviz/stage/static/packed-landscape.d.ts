// What Python packs of a landscape: see the dataclasses of these names. No browser loads it.

/** The drawn loss in some frames; logarithms are to the base 10, of losses in a unit. */
interface HeightsSpec {
  shares: Channel;
  lows: Float64Array; // a logarithm a frame
  highs: Float64Array; // the same
  steps: Int32Array; // an index a frame
  ends: [low: string, high: string][];
  losses: Float32Array | null; // at the points of the ground's grid, where there is one frame
}

/** The loss over a plane, and what moves over it. */
interface TerrainSpec {
  plane: string;
  moves: boolean;
  heights: HeightsSpec | null; // none around an epoch on a plane that stays
  unit: number;
  steps: number[];
  scales: { light: ColourScale; dark: ColourScale };
  positions: Float32Array; // x and y of each frame
  arrows: Float32Array; // the same
  opens: boolean;
  space: SpaceSpec | null; // none around an epoch
}

interface SpaceSpec {
  hint: string;
  stride: number; // of the finer mesh, in points of the finer grid
  meshes: { coarse: Spec; fine: Spec };
  data: Spec[];
  layout: Spec;
}

/** Frames of a run over a plane. */
interface OverPlane {
  name: string;
  epochs: Int32Array;
  chart: ChartSpec;
  sentence: Sentence;
  readings: Record<"losses" | "contours" | "arrow", Sentence>;
}

interface LandscapeSpec extends OverPlane {
  id: string;
  palettes: Scene["palettes"];
}

/** The states around an epoch, and of a plane that moves a mark for each stationary point there. */
interface Around extends OverPlane {
  epoch: number;
  heights: HeightsSpec | null; // finer ones there
  marks: Spec | null;
}

/** A moment of a landscape, with finer heights where the playhead rests. */
interface LandscapeMoment extends ChartMoment {
  fine?: HeightsSpec | null;
}
