"""Lab: a JupyterLab of its own, and one of its notebooks in a browser."""

import fcntl
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TextIO

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Locator, Page

from tests.support.notebook import NOTEBOOK
from tests.support.paths import ROOT
from tests.support.server import Server, free_port, serve_process

TOKEN: Final = "for-tests"
IS_UP: Final = b"is running at:"
"""Printed by Jupyter once it listens."""
FOLDERS: Final = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
}
"""Where Jupyter keeps its files, so that it reads and writes none of this user's."""
NEWS: Final = '{"checkForUpdates": false, "fetchNews": "false"}'

NOTEBOOK_FILE: Final = "test.ipynb"
RUN: Final = "xorviz.train()"
"""A cell that shows the default run, below `IMPORT`."""
IMPORT: Final = "import xorviz"
RECORDED: Final = NOTEBOOK.replace(
    "# Learning rate\n",
    "recorder = xorviz.Recorder(weights_input_hidden, weights_hidden_output, learning_rate=0.5)\n\n"
    "# Learning rate\n",
).replace(
    "    if (epoch + 1) % 1000 == 0:",
    "    recorder(weights_input_hidden, weights_hidden_output)\n\n    if (epoch + 1) % 1000 == 0:",
)
"""The notebook's code with a recorder."""


GO: Final = "go"
BUSY: Final = f"""import fcntl
with open("{GO}") as go:
    fcntl.flock(go, fcntl.LOCK_SH)
"""
"""A cell that keeps the kernel busy until `Notebook.let_go` is called."""


KERNEL: Final = """async () => {
  const { sessionContext } = jupyterapp.shell.currentWidget;
  await sessionContext.ready;
  await sessionContext.session.kernel.info;
}"""
"""Waits until the notebook's kernel has answered."""


@contextmanager
def serve_lab(folder: Path) -> Iterator[Server]:
    """Run JupyterLab on a folder until the block ends."""
    elsewhere = {variable: str(folder / f".{name}") for variable, name in FOLDERS.items()}
    notification = folder / ".settings/@jupyterlab/apputils-extension"
    notification.mkdir(parents=True)
    (notification / "notification.jupyterlab-settings").write_text(NEWS, "utf-8")
    with free_port() as port:
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *(f"--ServerApp.port={port}", "--ServerApp.ip=127.0.0.1"),
            *(f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"),
        ]
        env = {**elsewhere, "PYTHONPATH": str(ROOT)}
        with serve_process(command, folder, port, env, IS_UP) as server:
            yield server


class Notebook:
    """A notebook in JupyterLab, in a page of the browser."""

    def __init__(self, page: Page, server: Server, go: TextIO, cells: Sequence[str]) -> None:
        """Write a notebook of these cells beside the file that holds `BUSY`, and open it."""
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = new_notebook(
            cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel}
        )
        nbformat.write(notebook, Path(go.name).with_name(NOTEBOOK_FILE))
        self.page = page
        self._go = go
        fcntl.flock(self._go, fcntl.LOCK_EX)
        page.goto(f"{server.url}/lab/tree/{NOTEBOOK_FILE}?token={TOKEN}&reset")
        page.wait_for_selector(".jp-Notebook-cell")
        page.evaluate(KERNEL)

    def cell(self, index: int) -> Locator:
        return self.page.locator(".jp-Notebook-cell").nth(index)

    def run(self, index: int) -> None:
        """Run a cell as a reader does; the next one is chosen then."""
        self.cell(index).locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")

    def restart_kernel(self) -> None:
        self.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        self.page.evaluate(KERNEL)

    def run_all(self) -> None:
        """Run the cells from top to bottom."""
        self.let_go()
        self.command("notebook:run-all-cells")
        fcntl.flock(self._go, fcntl.LOCK_EX)

    def let_go(self) -> None:
        """Let the kernel be done with a cell that keeps it busy."""
        fcntl.flock(self._go, fcntl.LOCK_UN)

    def command(self, name: str, **arguments: Any) -> None:
        """Give one of JupyterLab's commands, and wait until it is done."""
        self.page.evaluate("given => jupyterapp.commands.execute(...given)", [name, arguments])

    def player(self, index: int) -> Locator:
        """The stage that a cell shows, once it shows a run: a cell out of sight is not laid out."""
        self.cell(index).scroll_into_view_if_needed()
        stage = self.cell(index).get_by_test_id("stage")
        stage.and_(self.page.locator("[data-state]")).wait_for()
        return stage
