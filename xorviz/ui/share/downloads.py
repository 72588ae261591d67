"""Downloads: the run as files, pictures and its card, each made when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from xorviz.core.recording import Recording
from xorviz.export.card import Card
from xorviz.export.data import as_csv, as_json, as_npz
from xorviz.export.files import DATA, write_run
from xorviz.export.foreign import write_any_card
from xorviz.export.html import write_page
from xorviz.export.notebook import as_notebook
from xorviz.export.script import as_script
from xorviz.sentences.on_purpose import FILES_TELL, PICTURES_TELL
from xorviz.settings.text import FOREIGN_STEM, describe, file_stem
from xorviz.stage.opening import read_opening
from xorviz.ui import beside, runs, stage, state, theirs
from xorviz.ui.address import Shared


@dataclass(frozen=True)
class File:
    """A kind of file: its button, a sentence on its use, and the function that makes it."""

    label: str
    hint: str
    extension: str
    mime: str
    make: Callable[[Recording, Card], str | bytes]


FILES: Final = (
    File(
        "CSV",
        "A table with a row for each recorded epoch, for a spreadsheet or pandas.",
        "csv",
        "text/csv",
        as_csv,
    ),
    File(
        "JSON",
        "The same numbers, with the settings and a note on how they were checked.",
        "json",
        "application/json",
        as_json,
    ),
    File("NPZ", "The same as arrays for NumPy.", "npz", "application/zip", as_npz),
    File(
        "Python script",
        "This run in plain NumPy, to compare with the notebook: it prints the same numbers.",
        "py",
        "text/x-python",
        as_script,
    ),
    File(
        "Jupyter notebook",
        "The same in cells, with what they print.",
        "ipynb",
        "application/x-ipynb+json",
        as_notebook,
    ),
)


def files(shared: Shared) -> None:
    """Offer the run as data, as code and as a page."""
    page = File(
        "Animated page",
        "This run in one HTML file that plays without a server or a network.",
        "html",
        "text/html",
        partial(_page, shared, (beside.pins(), beside.ghost())),
    )
    if foreign := theirs.recording():
        for file in (*(one for one in FILES if f".{one.extension}" in DATA), page):
            _offer(file, foreign)
        return
    if state.hides_mistake():
        st.caption(FILES_TELL)
    for file in (*FILES, page):
        _offer(file)


def _offer(file: File, foreign: Recording | None = None) -> None:
    """Offer a file of the page's run, or of weights that another program has trained."""
    config = state.config()  # the file is made outside of the session

    def make() -> str | bytes:
        if foreign:
            return write_run(foreign, f".{file.extension}")
        return file.make(runs.recording(config), runs.card(config))

    name = FOREIGN_STEM if foreign else file_stem(config)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            file.label,
            make,
            file_name=f"{name}.{file.extension}",
            mime=file.mime,
            on_click="ignore",
            icon=":material/download:",
            width=200,
        )
        st.caption(file.hint, width="content")


def _page(shared: Shared, others: runs.Others, recording: Recording, card: Card) -> str:
    """The stage as it was shared, in a file of its own."""
    scene = runs.scene(recording.config, others)
    trained, opening = runs.recordings(others), read_opening(shared.page)
    return write_page(recording, scene, opening, card, others=trained)


def pictures() -> None:
    """Offer pictures of the charts, as they are now."""
    config, foreign = state.config(), theirs.recording()
    st.text("Pictures of the charts at the epoch that the slider shows.")
    if state.hides_mistake():
        st.caption(PICTURES_TELL)
    if foreign:
        stage.show_pictures(FOREIGN_STEM, foreign.name, write_any_card(foreign).as_text())
    else:
        stage.show_pictures(file_stem(config), describe(config), runs.card(config).as_text())


def card() -> None:
    """Show the settings and versions that repeat the run's numbers, and how they were checked."""
    foreign = theirs.recording()
    with st.spinner("Checking…"):
        card = write_any_card(foreign) if foreign else runs.card(state.config())
    st.code(card.as_text(), language=None, wrap_lines=True)
    st.caption("This text is saved in every file and picture, so that others can repeat the run.")
