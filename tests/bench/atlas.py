"""Atlas: how soon a sweep shows on the page, and how long others wait while it runs."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from playwright.sync_api import Page

from tests.bench.browser import PLAYING, RECORD_SENDS, VIEWPORT, app_page, change_seed
from tests.bench.table import Row

MAP: Final = ".figure[data-shown='{0} of {0}']"
SEEDS: Final = 125
"""With the eight learning rates that the page has at first, 1,000 networks."""
FIRST_BAR: Final = 1000
END_BAR: Final = 3000
LONG: Final = "0:1000"
"""Seeds of a sweep that takes several seconds."""
NUDGES: Final = 5
NUDGE_BAR: Final = 500

# From the first request sent from now on, until a map of so many networks has some, and all.
AWAIT_MAP: Final = """(count) => {
  sent.length = 0;
  window.filled = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the map did not fill")), 60_000);
    let first;
    const look = () => {
      const { shown = "" } = document.querySelector(".figure").dataset;
      const [done, all] = shown.split(" of ").map(Number);
      if (all === count && done > 0) first ??= performance.now() - sent[0];
      if (all === count && done === count) resolve([first, performance.now() - sent[0]]);
      else requestAnimationFrame(look);
    };
    look();
  });
}"""


def measure_sweep_on_page() -> Iterator[Row]:
    with app_page("?tab=atlas", MAP.format(800)) as (page, _):
        page.evaluate(AWAIT_MAP, 8 * SEEDS)
        _sweep(page, f"0:{SEEDS}")
        first, end = page.evaluate("filled")
    what = f"{8 * SEEDS:,} networks x 10,000 epochs on the page:"
    yield _row(f"{what} seen filling", first, FIRST_BAR)
    yield _row(f"{what} done", end, END_BAR)


def measure_second_visitor() -> Iterator[Row]:
    with app_page("?tab=atlas", MAP.format(800)) as (page, server):
        assert page.context.browser is not None
        other = page.context.browser.new_page(viewport=VIEWPORT)
        other.add_init_script(RECORD_SENDS)
        other.goto(server.url)
        other.wait_for_selector(PLAYING)
        change_seed(other)
        _sweep(page, LONG)
        page.get_by_role("button", name="Stop training").wait_for()
        times = [change_seed(other) for _ in range(NUDGES)]
        is_sweeping = page.get_by_role("button", name="Stop training").is_visible()
    row = _row("a second visitor's new run while one sweeps", median(times), NUDGE_BAR)
    yield row if is_sweeping else Row(row.what, "the sweep ended too early", row.bar, met=False)


def _sweep(page: Page, seeds: str) -> None:
    page.get_by_role("textbox", name="Seeds").fill(seeds)
    page.keyboard.press("Enter")


def _row(what: str, milliseconds: float, bar: int) -> Row:
    return Row(what, f"{milliseconds:.0f} ms", f"<= {bar} ms", milliseconds <= bar)
