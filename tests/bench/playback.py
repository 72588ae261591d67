"""Playback: how smoothly a run plays, whether its charts stay, and what it asks of the server."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Final

import psutil
from playwright.sync_api import Page

from tests.bench.browser import app_page, change_seed, replay, watch
from tests.bench.table import Row

REPETITIONS: Final = 3
MILLISECONDS: Final = 2000
SPEED: Final = 4
"""At which every picture is a new frame."""
SEEDS: Final = 5
FRAME_BARS: Final = {2: 50, 16: 40}
CHART_BARS: Final = {2: 25}
CPU_BAR: Final = 2

# Per second: animation frames in which the epoch changed, and in which each chart did: its elements
# changed, or a canvas there was painted, which begins by clearing it.
COUNT_FRAMES: Final = """(milliseconds) => new Promise((resolve) => {
  const stage = document.querySelector("[data-testid=stage]");
  const counts = { epoch: 0 };
  const moved = new Set();
  const observers = [...document.querySelectorAll("[data-chart]")].map((chart) => {
    counts[chart.dataset.chart] = 0;
    const observer = new MutationObserver(() => moved.add(chart.dataset.chart));
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(chart, all);
    return observer;
  });
  const pens = CanvasRenderingContext2D.prototype;
  const { clearRect } = pens;
  pens.clearRect = function (...box) {
    const chart = this.canvas.closest("[data-chart]");
    if (chart) moved.add(chart.dataset.chart);
    clearRect.apply(this, box);
  };
  let { epoch } = stage.dataset;
  let start;
  const look = (now) => {
    start ??= now;
    if (stage.dataset.epoch !== epoch) moved.add("epoch");
    epoch = stage.dataset.epoch;
    moved.forEach((name) => counts[name]++);
    moved.clear();
    if (now - start < milliseconds && stage.dataset.state === "playing") {
      return requestAnimationFrame(look);
    }
    observers.forEach((observer) => observer.disconnect());
    pens.clearRect = clearRect;
    const rate = ([name, count]) => [name, (1000 * count) / (now - start)];
    resolve(Object.fromEntries(Object.entries(counts).map(rate)));
  };
  requestAnimationFrame(look);
})"""
WATCH_PLOTS: Final = """() => {
  const selector = ".js-plotly-plot";
  window.plots = [...document.querySelectorAll(`[data-chart] ${selector}`)];
  window.removals = 0;
  const within = (node) => node.matches(selector) + node.querySelectorAll(selector).length;
  new MutationObserver((records) => {
    for (const node of records.flatMap((record) => [...record.removedNodes])) {
      if (node instanceof Element) removals += within(node);
    }
  }).observe(document.body, { subtree: true, childList: true });
  return plots.length;
}"""
COUNT_REMOUNTS: Final = """() => {
  const present = new Set(document.querySelectorAll("[data-chart] .js-plotly-plot"));
  return Math.max(removals, plots.filter((plot) => !present.has(plot)).length);
}"""


def measure_playback() -> Iterator[Row]:
    for hidden, bar in FRAME_BARS.items():
        with app_page(f"?hidden={hidden}&speed={SPEED}") as (page, _):
            runs = [frame_rates(page) for _ in range(REPETITIONS)]
        rates = {name: median(run[name] for run in runs) for name in runs[0]}
        frames = rates.pop("epoch")
        yield Row(
            f"playback, hidden size {hidden}: frames/s", f"{frames:.1f}", f">= {bar}", frames >= bar
        )
        yield _charts_row(f"playback, hidden size {hidden}: updates/s", rates, hidden)


def _charts_row(what: str, rates: Mapping[str, float], hidden: int) -> Row:
    measured = ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items())
    if hidden not in CHART_BARS:
        return Row(what, measured)
    bar = CHART_BARS[hidden]
    return Row(what, measured, f"each >= {bar}", min(rates.values()) >= bar)


def frame_rates(page: Page) -> Mapping[str, float]:
    replay(page)
    rates: Mapping[str, float] = page.evaluate(COUNT_FRAMES, MILLISECONDS)
    return rates


def measure_remounts() -> Iterator[Row]:
    with app_page() as (page, _):
        replay(page)
        plots = page.evaluate(WATCH_PLOTS)
        watch(page, MILLISECONDS)
        playing = page.evaluate(COUNT_REMOUNTS)
        replay(page)
        for _ in range(SEEDS):
            change_seed(page)
        changing = page.evaluate(COUNT_REMOUNTS) - playing
    yield Row(f"remounts of {plots} plots: playing", str(playing), "0", plots > 0 == playing)
    yield Row(
        f"remounts of {plots} plots: {SEEDS} new seeds", str(changing), "0", plots > 0 == changing
    )


def measure_cpu() -> Iterator[Row]:
    with app_page() as (page, server):
        page.get_by_label("Speed").select_option("0.5")
        process = psutil.Process(server.pid)
        load = median(_load(page, process) for _ in range(REPETITIONS))
    yield Row(
        "server while a page plays", f"{load:.1f} % of a core", f"< {CPU_BAR}", load < CPU_BAR
    )


def _load(page: Page, process: psutil.Process) -> float:
    """Percent of a core that the server takes while the page plays."""
    replay(page)
    before = process.cpu_times()
    watch(page, MILLISECONDS)
    after = process.cpu_times()
    seconds: float = after.user + after.system - before.user - before.system
    return 100 * seconds / (MILLISECONDS / 1000)
