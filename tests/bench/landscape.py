"""Landscape: how soon it is painted, how smoothly it moves, and how many bytes are sent for it."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from playwright.sync_api import Page

from tests.bench.browser import app_page, watch
from tests.bench.table import Row
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.landscape.survey import Asked, lay
from xorviz.stage.landscape import pack_landscape

READY: Final = "[data-testid=stage][data-settled]"
SIZES: Final = (2, 16)
PLANES: Final = {"Two weights": "weights", "Three states": "states", "The path": "path"}
SECONDS: Final = 3
TAB_BAR: Final = 600
PLANE_BAR: Final = 400
RATE_BAR: Final = 15
BYTES_BAR: Final = 150_000

# From pressing a button whose name begins so, until the landscape of a plane is painted.
PRESS: Final = """([name, plane]) => new Promise((resolve, reject) => {
  const shown = () => document.querySelector(`[data-chart=landscape][data-plane=${plane}]`);
  const buttons = [...document.querySelectorAll("[role=radio]")];
  const start = performance.now();
  const finish = () => resolve(performance.now() - start);
  const look = () => {
    if (performance.now() - start > 20000) return reject(new Error("no landscape came"));
    if (!shown()) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(finish));
  };
  buttons.find(({ textContent }) => textContent.startsWith(name)).click();
  look();
})"""
PICTURES: Final = "Number(document.querySelector('.space').dataset.pictures ?? 0)"


def measure_landscape() -> Iterator[Row]:
    for hidden in SIZES:
        query = f"?epoch=5000&hidden={hidden}&biases={str(hidden > 2).lower()}"
        with app_page(query, READY) as (page, _):
            first = _press(page, "Landscape", "path")
            changes = [_press(page, name, plane) for name, plane in PLANES.items()]
        yield _row(f"landscape: tab to first picture, hidden size {hidden}", first, TAB_BAR)
        yield _row(f"landscape: plane to painted, hidden size {hidden}", median(changes), PLANE_BAR)
        yield _bytes(hidden)
    yield _rate()


def _press(page: Page, name: str, plane: str) -> float:
    page.wait_for_selector("[data-test-script-state=notRunning]")
    milliseconds: float = page.evaluate(PRESS, [name, plane])
    watch(page, 500)
    return milliseconds


def _row(what: str, milliseconds: float, bar: int) -> Row:
    return Row(what, f"{milliseconds:.0f} ms", f"<= {bar} ms", milliseconds <= bar)


def _bytes(hidden: int) -> Row:
    recording = record(TrainConfig(hidden_size=hidden, biases=hidden > 2))
    sizes = [
        len(pack_landscape(lay(recording, asked), recording))
        for asked in (Asked("weights", 0, hidden), Asked("path"))
    ]
    return Row(
        f"landscape: bytes of a plane that moves, that stays, hidden size {hidden}",
        ", ".join(f"{size:,}" for size in sizes),
        f"each <= {BYTES_BAR:,}",
        max(sizes) <= BYTES_BAR,
    )


def _rate() -> Row:
    with app_page("?tab=landscape&plane=weights&relief=3d&speed=0.25", ".space canvas") as (
        page,
        _,
    ):
        watch(page, 2000)
        before: float = page.evaluate(PICTURES)
        watch(page, 1000 * SECONDS)
        rate = (float(page.evaluate(PICTURES)) - before) / SECONDS
    return Row(
        "landscape that moves in 3-D: pictures/s", f"{rate:.0f}", f">= {RATE_BAR}", rate >= RATE_BAR
    )
