"""Stepping: how quickly a held arrow key goes from epoch to epoch, and how far the pace is even."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from tests.bench.browser import app_page
from tests.bench.table import Row
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record

SECONDS: Final = 4
EPOCHS_BAR: Final = 20
SHARE_BAR: Final = 0.4
SOLVED: Final = 871
"""The first state of the default run from which all four predictions are right."""
SETTLED: Final = "[data-testid=stage][data-settled]"

# Presses a key as often as a keyboard repeats it, and counts the epochs that the page shows.
HOLD_KEY: Final = """async (seconds) => {
  const stage = document.querySelector("[data-testid=stage]");
  const epochs = [Number(stage.dataset.epoch)];
  const observer = new MutationObserver(() => epochs.push(Number(stage.dataset.epoch)));
  observer.observe(stage, { attributeFilter: ["data-epoch"] });
  const start = performance.now();
  while (performance.now() - start < 1000 * seconds) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 33));
  }
  observer.disconnect();
  return (epochs.at(-1) - epochs[0]) / ((performance.now() - start) / 1000);
}"""


def measure_stepping() -> Iterator[Row]:
    for hidden in (2, 16):
        with app_page(f"?hidden={hidden}&epoch=5010", SETTLED) as (page, _):
            rate: Any = page.evaluate(HOLD_KEY, SECONDS)
        what = f"held arrow key, hidden size {hidden}: epochs/s"
        yield Row(what, f"{rate:.1f}", f">= {EPOCHS_BAR}", rate >= EPOCHS_BAR)


def measure_pace() -> Iterator[Row]:
    recording = record(TrainConfig())
    share = float(np.interp(SOLVED, recording.epochs, recording.times))
    what = f"share of the default run's playing time before epoch {SOLVED}"
    yield Row(what, f"{100 * share:.0f} %", f">= {100 * SHARE_BAR:.0f} %", share >= SHARE_BAR)
