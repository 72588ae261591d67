// The verdict: before a run's end how many of its predictions are right, and at the end how it ended.

/** @type {(run: Scene, playhead: Playhead) => { text: string, colour: string | null }} */
export function verdictAt({ epochs, verdict }, { scene, frame, epoch }) {
  if (epoch === epochs[epochs.length - 1]) return verdict;
  const count = scene.readouts.reduce((sum, { right }) => sum + (right ? right[frame] : 0), 0);
  return { text: verdict.counts[count].replace("{epoch}", epoch.toLocaleString("en")), colour: null };
}
