// The verdict: before a run's end, or by hand, how many predictions are right, and at the end how it ended.

/** @type {(run: Scene, playhead: Playhead) => { text: string, colour: string }} */
export function verdictAt({ epochs, verdict }, { scene, frame, epoch }) {
  const [before, atEnd] = verdict.colours;
  if (!scene.counts && epoch === epochs[epochs.length - 1]) return { text: verdict.text, colour: atEnd };
  const count = scene.readouts.reduce((sum, { right }) => sum + (right ? right[frame] : 0), 0);
  return { text: (scene.counts ?? verdict.counts)[count].replace("{epoch}", epoch.toLocaleString("en")), colour: before };
}
