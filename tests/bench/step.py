"""Step: how long a reader waits for the formulas of the next epoch."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from playwright.sync_api import Page

from tests.bench.browser import app_page, watch
from tests.bench.playback import COUNT_REMOUNTS, WATCH_PLOTS
from tests.bench.table import Row

STEPS: Final = 15
BAR: Final = 400
PAUSE: Final = 400
"""Milliseconds between two steps."""
QUERIES: Final = {
    "hidden size 4": "?tab=backprop&hidden=4",
    "hidden size 4, biases": "?tab=backprop&hidden=4&biases=true",
}
FORMULA: Final = ".st-key-backprop .katex"

# From the request until stage, heading and formulas are those of an epoch, and painted.
AWAIT_EPOCH: Final = """(epoch) => {
  sent.length = 0;
  const heading = `The step from epoch ${epoch} to ${epoch + 1}`;
  const isShown = () =>
    document.querySelector("[data-testid=stage]").dataset.epoch === String(epoch) &&
    document.querySelector(".st-key-backprop h4").textContent.startsWith(heading) &&
    document.querySelector("[data-test-script-state=notRunning]") &&
    !document.querySelector("[data-stale=true]");
  window.painted = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the epoch did not come")), 30_000);
    const look = () => {
      if (!isShown()) return requestAnimationFrame(look);
      const finish = () => resolve(performance.now() - sent[0]);
      requestAnimationFrame(() => requestAnimationFrame(finish));
    };
    look();
  });
}"""


def measure_step() -> Iterator[Row]:
    for what, query in QUERIES.items():
        with app_page(query, FORMULA) as (page, _):
            page.evaluate(WATCH_PLOTS)
            times = [_step(page, epoch) for epoch in range(1, 1 + STEPS)]
            remounts = page.evaluate(COUNT_REMOUNTS)
        time = median(times)
        yield Row(
            f"next epoch in Backprop, {what}: request to painted",
            f"{time:.0f} ms ({min(times):.0f} to {max(times):.0f})",
            f"<= {BAR} ms",
            time <= BAR,
        )
        yield Row(f"remounts of plots on {STEPS} steps", str(remounts), "0", remounts == 0)


def _step(page: Page, epoch: int) -> float:
    """Go on by one epoch; return the milliseconds from request to picture."""
    watch(page, PAUSE)
    page.evaluate(AWAIT_EPOCH, epoch)
    page.get_by_role("button", name="Next").click()
    milliseconds: float = page.evaluate("painted")
    return milliseconds
