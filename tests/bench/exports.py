"""Exports: how long a visitor waits for a file or a picture of the default run."""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Final

from playwright.sync_api import Page

from tests.bench.browser import APP, app_page
from tests.bench.table import Row

TIMES: Final = 5
BAR: Final = 1.0
"""Seconds."""
HTML_BAR: Final = 2.0
"""Seconds."""
SIZE_BAR: Final = 6.0
"""Megabytes of an animated page."""

EXPORTS: Final = {
    "card": "card.as_text()",
    "CSV": "as_csv(recording, card)",
    "JSON": "as_json(recording, card)",
    "NPZ": "as_npz(recording, card)",
    "script": "as_script(recording, card)",
    "notebook": "as_notebook(recording, card)",
    "HTML": "write_page(recording, pack_scene(recording), Opening(), card)",
}

# In a fresh process: no run is recorded and no library of an export loaded.
MEASURE: Final = """
import time
start = time.perf_counter()
from xorviz.core.config import TrainConfig
from xorviz.export.card import write_card
from xorviz.export.data import as_csv, as_json, as_npz
from xorviz.export.html import write_page
from xorviz.export.notebook import as_notebook
from xorviz.export.script import as_script
from xorviz.core.recording import record
from xorviz.stage.opening import Opening
from xorviz.stage.scene import pack_scene
recording = record(TrainConfig())
card = write_card(recording)
file = {export}
print(time.perf_counter() - start, len(file))
"""
PICTURES: Final = ("All charts as PNG", "All charts as SVG", "Loss as PNG", "Network as PNG")


def measure_exports() -> Iterator[Row]:
    """Yield a row a kind of file, its card included and nothing being known of the run."""
    for what, export in EXPORTS.items():
        made = [_export(export) for _ in range(TIMES)]
        bar = HTML_BAR if what == "HTML" else BAR
        yield _seconds(f"{what} of the default run, all cold", [time for time, _ in made], bar)
    size = made[-1][1] / 1e6
    yield Row("size of the HTML", f"{size:.1f} MB", f"<= {SIZE_BAR:.0f} MB", size <= SIZE_BAR)


def measure_pictures() -> Iterator[Row]:
    """Yield a row a kind of picture, from the press of its button to the file."""
    with app_page("?epoch=3000", "[data-testid=stage][data-epoch='3000']") as (page, _):
        page.get_by_role("button", name="Share", exact=True).click()
        page.get_by_role("tab", name="Pictures").click()
        page.get_by_role("button", name=PICTURES[0]).wait_for()
        for name in PICTURES:
            yield _seconds(name, [_picture(page, name) for _ in range(TIMES)], BAR)


def _seconds(what: str, times: list[float], bar: float) -> Row:
    time = median(times)
    measured = f"{time:.2f} s ({min(times):.2f} to {max(times):.2f})"
    return Row(what, measured, f"<= {bar:.0f} s", time <= bar)


def _export(export: str) -> tuple[float, int]:
    """Seconds until there is the file, and how long that is."""
    command = [sys.executable, "-c", MEASURE.format(export=export)]
    done = subprocess.run(command, cwd=APP.parent, capture_output=True, text=True, check=True)
    seconds, length = done.stdout.split()
    return float(seconds), int(length)


def _picture(page: Page, name: str) -> float:
    start = perf_counter()
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    download.value.path()
    return perf_counter() - start
