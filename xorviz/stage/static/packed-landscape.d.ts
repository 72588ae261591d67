// What Python packs of a landscape: see the dataclasses of these names. No browser loads it.

/** The loss over a plane, in logarithms to the base 10 of losses in a unit, and what moves over it. */
interface TerrainSpec {
  plane: string;
  low: number;
  high: number;
  scales: { light: ColourScale; dark: ColourScale };
  ends: [low: string, high: string];
  unit: number;
  step: number;
  positions: Float32Array; // x and y of each frame
  arrows: Float32Array; // the same
  opens: boolean;
  space: { hint: string; stride: number; data: Spec[]; layout: Spec };
}

/** Frames of a run over a plane. */
interface OverPlane {
  name: string;
  epochs: Int32Array;
  chart: ChartSpec;
  sentence: Sentence;
  reading: Sentence;
}

interface LandscapeSpec extends OverPlane {
  id: string;
  palettes: Scene["palettes"];
}

/** The states around an epoch, and of a plane that moves a mark for each stationary point there. */
interface Around extends OverPlane {
  epoch: number;
  marks: Spec | null;
}
