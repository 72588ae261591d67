"""JupyterLab, and a notebook in it whose cells show players, for all tests of the player."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.lab import BUSY, GO, IMPORT, RECORDED, RUN, Notebook, serve_lab
from tests.support.windows import SIZE

CELLS = [
    IMPORT,
    RUN,
    "xorviz.train(seed=7, learning_rate=2, hidden_size=3, epochs=5000)",
    RECORDED,
    "recorder",
    BUSY,
]


@pytest.fixture(scope="session")
def notebook(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    """A notebook whose cells were run from top to bottom, in a page without an error."""
    folder = tmp_path_factory.mktemp("lab")
    faults: list[str] = []
    with (
        serve_lab(folder) as server,
        (folder / GO).open("w") as go,
        browser.new_context(viewport=SIZE) as context,
    ):
        context.on(
            "weberror", lambda fault: faults.append(fault.error.stack or fault.error.message)
        )
        page = context.new_page()
        notebook = Notebook(page, server, go, CELLS)
        notebook.run_all()
        yield notebook
    assert not faults, faults
