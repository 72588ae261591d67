"""Film: how smoothly the film of a step plays, how long it takes, and how soon a beat is shown."""

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from playwright.sync_api import Page

from tests.bench.browser import app_page, watch
from tests.bench.table import Row

FRAME_BARS: Final = {2: 50, 16: 30}
SECONDS: Final = 20
"""That a step takes."""
TOLERANCE: Final = 1
KEY_BAR: Final = 100
PRESSES: Final = 25
PAUSE: Final = 150
"""Milliseconds between two presses of a key."""
READY: Final = "[data-testid=stage][data-settled] .film .watch"
OPEN: Final = "[data-chart=network][data-beat]"

# The pictures per second while the film plays, in each of which it moves on, and the seconds from
# its first beat to its end.
COUNT_FRAMES: Final = """() => new Promise((resolve) => {
  const play = document.querySelector(".film .play");
  let frames = 0;
  let start;
  const look = (now) => {
    start ??= now;
    if (play.ariaLabel === "Pause the film") return requestAnimationFrame(look, frames++);
    const seconds = (now - start) / 1000;
    resolve([frames / seconds, seconds]);
  };
  requestAnimationFrame(look);
})"""
# Milliseconds from the press of a key until the beat after it is painted.
PRESS: Final = """() => new Promise((resolve) => {
  const network = document.querySelector("[data-chart=network]");
  const start = performance.now();
  const finish = () => resolve(performance.now() - start);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(finish));
  }).observe(network, { attributeFilter: ["data-beat"] });
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
})"""


def measure_film() -> Iterator[Row]:
    for hidden, bar in FRAME_BARS.items():
        with app_page(f"?tab=backprop&hidden={hidden}&epoch=300", READY) as (page, _):
            page.get_by_role("button", name="Watch this step").click()
            page.wait_for_selector(OPEN)
            frames, seconds = page.evaluate(COUNT_FRAMES)
            times = _presses(page)
        what = f"film of a step, hidden size {hidden}:"
        yield Row(f"{what} frames/s", f"{frames:.1f}", f">= {bar}", frames >= bar)
        is_on_time = abs(seconds - SECONDS) <= TOLERANCE
        yield Row(f"{what} seconds", f"{seconds:.1f}", f"{SECONDS} ± {TOLERANCE}", is_on_time)
        time = median(times)
        yield Row(
            f"{what} a beat by key to painted",
            f"{time:.0f} ms ({min(times):.0f} to {max(times):.0f})",
            f"<= {KEY_BAR} ms",
            time <= KEY_BAR,
        )


def _presses(page: Page) -> list[float]:
    """Go through the film from its first beat by the arrow key."""
    page.get_by_role("button", name="Skip to input 00").click()
    times: list[Any] = []
    for _ in range(PRESSES):
        watch(page, PAUSE)
        times.append(page.evaluate(PRESS))
    return times
