"""Hands: how smoothly the page follows a handle that is held, and how soon it is Python's again."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Final

from playwright.sync_api import Page

from tests.bench.browser import app_page, watch
from tests.bench.table import Row

READY: Final = "[data-testid=stage][data-hand='0'][data-settled]"
SIZES: Final = (2, 16)
MILLISECONDS: Final = 2000
REPETITIONS: Final = 3
RATE_BAR: Final = 30
REST_BAR: Final = 250

# Drags the first handle to and fro, to another value before every picture. Per second: pictures,
# and those in which predictions and losses, and the surface, were others.
DRAG: Final = """(milliseconds) => new Promise((resolve) => {
  const slider = document.querySelector(".hands input[type=range]");
  const surface = document.querySelector("[data-chart=surface] .body > canvas");
  const pen = surface.getContext("2d");
  const seen = { pictures: [], readouts: [], surface: [] };
  const looks = {
    pictures: (now) => now,
    readouts: () => document.querySelector(".readouts").textContent,
    surface: () => pen.getImageData(0, surface.height >> 1, surface.width, 1).data.join(),
  };
  let start;
  const look = (now) => {
    start ??= now;
    for (const name of Object.keys(seen)) {
      const shown = looks[name](now);
      if (shown !== seen[name].at(-1)) seen[name].push(shown);
    }
    if (now - start > milliseconds) {
      const rate = ([name, all]) => [name, (1000 * (all.length - 1)) / (now - start)];
      slider.dispatchEvent(new Event("pointerdown"));
      slider.dispatchEvent(new Event("change"));
      return resolve(Object.fromEntries(Object.entries(seen).map(rate)));
    }
    slider.value = String(4 * Math.sin((now - start) / 300));
    slider.dispatchEvent(new Event("input"));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
# From letting the first handle go at a value, until Python's numbers are painted.
REST: Final = """(value) => new Promise((resolve) => {
  const slider = document.querySelector(".hands input[type=range]");
  const stage = document.querySelector("[data-testid=stage]");
  slider.dispatchEvent(new Event("pointerdown"));
  slider.value = value;
  slider.dispatchEvent(new Event("input"));
  const start = performance.now();
  const finish = () => resolve(performance.now() - start);
  new MutationObserver((_, observer) => {
    if (!Number(stage.dataset.hand)) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(finish));
  }).observe(stage, { attributeFilter: ["data-hand"] });
  slider.dispatchEvent(new Event("change"));
})"""


def measure_hands() -> Iterator[Row]:
    for hidden in SIZES:
        query = f"?tab=hands&epoch=300&hidden={hidden}&biases={str(hidden > 2).lower()}"
        with app_page(query, READY) as (page, _):
            runs = [_drag(page) for _ in range(REPETITIONS)]
            rests = [_rest(page, value) for value in range(1, 8)]
        rates = {name: median(run[name] for run in runs) for name in runs[0]}
        yield Row(
            f"handle dragged, hidden size {hidden}: updates/s",
            ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items()),
            f"each >= {RATE_BAR}",
            min(rates.values()) >= RATE_BAR,
        )
        yield Row(
            f"handle at rest to painted, hidden size {hidden}",
            f"{median(rests):.0f} ms",
            f"<= {REST_BAR} ms",
            median(rests) <= REST_BAR,
        )


def _drag(page: Page) -> Mapping[str, float]:
    rates: Mapping[str, float] = page.evaluate(DRAG, MILLISECONDS)
    page.wait_for_selector("[data-testid=stage][data-settled]:not([data-hand=held])")
    return rates


def _rest(page: Page, value: int) -> float:
    milliseconds: float = page.evaluate(REST, value)
    page.wait_for_selector("[data-testid=stage][data-settled]:not([data-hand=held])")
    watch(page, 300)
    return milliseconds
