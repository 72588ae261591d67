"""Waiting: how long a reader waits for the first picture and for another run, and its bytes."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final
from unittest.mock import patch

from playwright.sync_api import Page, WebSocket

from tests.bench.browser import (
    APP,
    PLAYING,
    VIEWPORT,
    app_page,
    change_seed,
    new_browser,
    watch,
)
from tests.bench.table import Row
from tests.support.server import serve
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.stage.scene import pack_scene

RERUNS: Final = 9
RERUN_BAR: Final = 230
STEP_BAR: Final = 150
OPENINGS: Final = 7
OPENING_BAR: Final = 1.05
RUNS: Final = {
    "default": ("", 150),
    "16 units, biases, 50,000 epochs": ("?hidden=16&biases=true&epochs=50000", 300),
    "largest": ("?seed=2&lr=2&hidden=16&biases=true&epochs=239", 650),
}
"""Runs of which the next seed's is sent, and the kilobytes that it may take."""
PAUSE: Final = 500
"""Milliseconds that a page plays, or a browser rests, before it is asked for something."""
REST: Final = 1000
"""Milliseconds after which the next step of a slider has been trained ahead."""
NOT_AHEAD: Final = {"XORVIZ_AHEAD": "0"}

ONE_LINE_APP: Final = 'import streamlit as st; st.plotly_chart({"data": [{"y": [1, 3, 2]}]})'
ITS_CHART: Final = ".js-plotly-plot .scatterlayer .trace"

# Milliseconds from the start of the navigation until the page holds a selector's element.
AWAIT_ELEMENT: Final = """
window.opened = new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("the page did not open")), 30_000);
  const look = () => {
    if (document.querySelector(SELECTOR)) resolve(performance.now());
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"""


def measure_rerun() -> Iterator[Row]:
    training = median(_training(seed) for seed in range(RERUNS))
    with patch.dict(os.environ, NOT_AHEAD), app_page() as (page, _):
        times = _reruns(page, PAUSE)
    what = f"request to new run painted (of it training and packing, alone: {training:.0f} ms)"
    yield _row(what, times, RERUN_BAR)
    with app_page() as (page, _):
        times = _reruns(page, REST)
    yield _row("the same, one step of a slider after a second at rest", times, STEP_BAR)


def _reruns(page: Page, pause: float) -> list[float]:
    """Milliseconds from request to picture of runs that are asked for after so long a pause."""
    change_seed(page)
    times = []
    for _ in range(RERUNS):
        watch(page, pause)
        times.append(change_seed(page))
    return times


def _row(what: str, times: list[float], bar: int) -> Row:
    time = median(times)
    figure = f"{time:.0f} ms ({min(times):.0f} to {max(times):.0f})"
    return Row(what, figure, f"<= {bar} ms", time <= bar)


def _training(seed: int) -> float:
    """Milliseconds in which Python trains and packs a run, where it has the machine to itself."""
    start = perf_counter()
    pack_scene(record(TrainConfig(seed=seed)))
    return 1000 * (perf_counter() - start)


def measure_opening() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "one_line.py"
        script.write_text(ONE_LINE_APP, "utf-8")
        with serve(APP) as ours, serve(script) as other:
            pairs = [
                (_opening(ours.url, PLAYING), _opening(other.url, ITS_CHART))
                for _ in range(1 + OPENINGS)
            ][1:]  # the first pair warms the servers
    our_time, other_time = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(ours / other for ours, other in pairs)
    yield Row(
        "opening / that of a one-line st.plotly_chart app",
        f"{ratio:.2f} ({our_time:.0f} / {other_time:.0f} ms)",
        f"<= {OPENING_BAR}",
        ratio <= OPENING_BAR,
    )


def _opening(url: str, selector: str) -> float:
    with new_browser() as browser:
        page = browser.new_page(viewport=VIEWPORT)
        page.add_init_script(AWAIT_ELEMENT.replace("SELECTOR", json.dumps(selector)))
        watch(page, PAUSE)
        page.goto(url, wait_until="commit")
        milliseconds: float = page.evaluate("opened")
        return milliseconds


def measure_bytes() -> Iterator[Row]:
    for name, (query, bar) in RUNS.items():
        size = _run_kilobytes(query)
        yield Row(f"received for a new run, {name}", f"{size:.0f} kB", f"<= {bar} kB", size <= bar)


def _run_kilobytes(query: str) -> float:
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    with app_page(query) as (page, _):
        page.on("websocket", listen)
        page.reload()
        page.wait_for_selector(PLAYING)
        watch(page, PAUSE)
        received.clear()
        change_seed(page)
    return sum(received) / 1000
