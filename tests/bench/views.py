"""Views of the charts: how smoothly they play, and how soon they are painted."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Final

from playwright.sync_api import Page

from tests.bench.browser import STAGE, app_page, change_seed, replay, watch
from tests.bench.playback import MILLISECONDS, REPETITIONS, SPEED, frame_rates
from tests.bench.table import Row
from tests.bench.waiting import REST

PLAYED: Final = ("edges=gradients", "units=curves", "lines=pull", "surface=hidden")
FRAME_BARS: Final = {2: 55, 16: 40}
"""Pictures a second by hidden size."""
SOLID_BAR: Final = 15
"""Pictures a second of the output in 3-D."""
THROWN_BAR: Final = 150
"""Milliseconds."""
THROW: Final = """async (position) => {
  const chart = document.querySelector("[data-chart=surface]");
  const press = (name) => {
    const buttons = [...chart.querySelectorAll("[aria-label=Surface] button")];
    buttons.find((button) => button.textContent === name).click();
  };
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const isShown = () => position === "3-D"
    ? chart.querySelector(".space canvas") : chart.querySelector(".multiples path[d]");
  const before = performance.now();
  press(position);
  while (!isShown()) {
    if (performance.now() - before > 30_000) throw new Error(`${position} was not shown`);
    await painted();
  }
  await painted();
  const took = performance.now() - before;
  press("input");
  await painted();
  return took;
}"""
PICTURES: Final = "+document.querySelector('.space').dataset.pictures"


def measure_views() -> Iterator[Row]:
    for view in PLAYED:
        for hidden, bar in FRAME_BARS.items():
            with app_page(f"?hidden={hidden}&speed={SPEED}&{view}") as (page, _):
                frames = median(frame_rates(page)["epoch"] for _ in range(REPETITIONS))
            what = f"playback, hidden size {hidden}, {view}: frames/s"
            yield Row(what, f"{frames:.1f}", f">= {bar}", frames >= bar)
    yield from _solid()
    yield from _thrown()


def _solid() -> Iterator[Row]:
    with app_page(f"?speed={SPEED}&surface=3d") as (page, _):
        page.wait_for_selector(".space canvas")
        rate = median(_solid_rate(page) for _ in range(REPETITIONS))
    yield Row("output in 3-D: pictures/s", f"{rate:.1f}", f">= {SOLID_BAR}", rate >= SOLID_BAR)


def _solid_rate(page: Page) -> float:
    replay(page)
    before = page.evaluate(PICTURES)
    watch(page, MILLISECONDS)
    count: int = page.evaluate(PICTURES) - before
    return 1000 * count / MILLISECONDS


def _thrown() -> Iterator[Row]:
    for hidden in FRAME_BARS:
        with app_page(f"?hidden={hidden}") as (page, _):
            took: Mapping[str, list[float]] = {name: [] for name in ("hidden", "3-D")}
            for _ in range(REPETITIONS):
                change_seed(page)
                page.get_by_role("button", name="Restart").click()
                page.wait_for_selector(f"{STAGE}[data-settled]")
                watch(page, REST)
                for name, times in took.items():
                    times.append(page.evaluate(THROW, name))
                replay(page)
        first = took["3-D"].pop(0)
        for name, times in took.items():
            middle = median(times)
            what = f"surface={name}, hidden size {hidden}: switch thrown to painted"
            yield Row(what, f"{middle:.0f} ms", f"<= {THROWN_BAR}", middle <= THROWN_BAR)
        yield Row(f"surface=3-D, hidden size {hidden}: the first time", f"{first:.0f} ms")
