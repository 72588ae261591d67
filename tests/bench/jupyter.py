"""Jupyter: how soon the player is there after its cell has run, and how smoothly it plays."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.browser import VIEWPORT, new_browser, replay
from tests.bench.playback import COUNT_FRAMES, MILLISECONDS, SPEED
from tests.bench.table import Row
from tests.support.lab import IMPORT, RUN, Notebook, serve_lab

REPETITIONS: Final = 3
FRAME_BAR: Final = 50
PICTURE_BAR: Final = 1.5
SECONDS: Final = 1000

# From the moment at which the kernel is done with a cell, and from the press of Shift and Enter,
# until the player that the cell shows has been painted.
AWAIT_PLAYER: Final = """() => {
  const { sessionContext } = jupyterapp.shell.currentWidget;
  const pressed = performance.now();
  let ran;
  sessionContext.iopubMessage.connect((_, { content }) => {
    if (content.execution_state === "idle") ran ??= performance.now();
  });
  window.painted = new Promise((resolve) => {
    const finish = () => {
      const now = performance.now();
      resolve([now - (ran ?? now), now - pressed]);
    };
    const look = () => {
      const isThere = document.querySelector("[data-testid=stage][data-state]");
      requestAnimationFrame(isThere ? () => requestAnimationFrame(finish) : look);
    };
    look();
  });
}"""


def measure_jupyter() -> Iterator[Row]:
    pictures, rates = [], []
    for _ in range(REPETITIONS):
        with _opened() as notebook:
            pictures.append(_picture(notebook))
            page = notebook.page
            page.get_by_label("Speed").select_option(str(SPEED))
            replay(page)
            rates.append(page.evaluate(COUNT_FRAMES, MILLISECONDS)["epoch"])
    ran, pressed = (median(times) / SECONDS for times in zip(*pictures, strict=True))
    frames = median(rates)
    yield Row(
        "JupyterLab, first player: seconds after the cell ran",
        f"{ran:.2f} (after the press {pressed:.2f})",
        f"<= {PICTURE_BAR}",
        ran <= PICTURE_BAR,
    )
    yield Row(
        "JupyterLab, hidden size 2: frames/s",
        f"{frames:.1f}",
        f">= {FRAME_BAR}",
        frames >= FRAME_BAR,
    )


@contextmanager
def _opened() -> Iterator[Notebook]:
    """A notebook whose first cell was run, in a browser that has cached nothing."""
    with (
        TemporaryDirectory() as folder,
        serve_lab(Path(folder)) as server,
        new_browser() as browser,
    ):
        page = browser.new_page(viewport=VIEWPORT)
        notebook = Notebook(page, server, Path(folder), [IMPORT, RUN])
        notebook.command("notebook:run-cell")
        yield notebook


def _picture(notebook: Notebook) -> tuple[float, float]:
    """Run the second cell; return the milliseconds as `AWAIT_PLAYER` has them."""
    notebook.cell(1).locator(".cm-content").click()
    notebook.page.evaluate(AWAIT_PLAYER)
    notebook.page.keyboard.press("Shift+Enter")
    ran, pressed = notebook.page.evaluate("painted")
    return ran, pressed
