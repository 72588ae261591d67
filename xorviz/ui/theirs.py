"""Theirs: a file that the reader has opened.

Weights of another program are shown in place of the page's run, until they are closed. A run of
this program becomes the page's.
"""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError
from xorviz.core.observed_recording import ObservedRecording, record_observed
from xorviz.core.recording import Recording
from xorviz.export.contents import MAX_BYTES
from xorviz.export.reading import Saved, compare, read_file
from xorviz.export.weights import Weights
from xorviz.pool.worker import LostError
from xorviz.sentences.files import foreign_text, needs_run
from xorviz.settings import link
from xorviz.settings.length import overflow
from xorviz.settings.page import Page
from xorviz.stage.opening import is_inside, pack_stage
from xorviz.stage.scene import pack_no_window, pack_scene, pack_view, pack_window
from xorviz.stage.views import pack_views
from xorviz.ui import address, beside, runs, session, stage, state

MAX_SHOWN: Final = 60
"""Characters of a file's name that the page repeats."""


@dataclass(frozen=True)
class Theirs:
    """Weights that another program has trained, from a file that the reader has opened.

    Attributes
    ----------
    name
        The file's name.
    weights, digest
        What it holds, and a hash of its bytes.
    before
        The page as the reader saw it before.
    """

    name: str
    weights: Weights
    digest: str
    before: Page


def shown() -> Theirs | None:
    """The weights that are shown in place of the page's run, if there are any."""
    theirs: Theirs | None = session.get("theirs")
    return theirs


def recording() -> ObservedRecording | None:
    """These weights with the page's targets."""
    theirs = shown()
    return None if theirs is None else _recorded(theirs, state.page().targets)


def _recorded(theirs: Theirs, targets: str) -> ObservedRecording:
    def make() -> ObservedRecording:
        name = f"weights from the file {theirs.name}"
        return record_observed(theirs.weights.shown(targets), name)

    recorded: ObservedRecording = runs.kept(("theirs", theirs.digest, theirs.name, targets), make)
    return recorded


def read(content: bytes, name: str, page: Page) -> str | None:
    """Read a file for a page that the reader sees; `adopt` then opens it.

    Returns
    -------
    Why it can't be opened, if so.
    """
    name = name if len(name) <= MAX_SHOWN else f"…{name[-MAX_SHOWN:]}"
    try:
        held = read_file(content, name, MAX_BYTES)
        if isinstance(held, Saved):
            return _read_run(held)
        theirs = Theirs(name, held, sha256(content).hexdigest(), _before(page))
        _recorded(theirs, page.targets)  # raises where they can't be shown
        session.put(arrived=theirs)
    except ConfigError as error:
        return f"{error}."
    except LostError:
        return "The server stopped the computation of this run."
    return None


def _read_run(saved: Saved) -> str | None:
    """Train an exported run anew, and note how exactly the file has its numbers.

    Returns
    -------
    Why the page's link has no room for it, if so.
    """
    config = saved.config
    for name, value in vars(config).items():
        link.limits(name).check(value)
    if problem := overflow(config.edits, state.pins(), state.page().hands):
        return problem
    session.put(arrived=(config, compare(saved, runs.recording(config))))
    return None


def adopt() -> None:
    """Open the file that has been read: before any widget of the page is drawn.

    A run becomes the page's; weights of another program are shown from their first state on.
    """
    match session.get("arrived"):
        case Theirs() as theirs:
            session.put(theirs=theirs, note=None, tab="watch")
            address.open_from_start(theirs.before)
        case (TrainConfig() as config, str()) as note:
            session.put(theirs=None, note=note)
            state.open_run(config)
    session.put(arrived=None)


def _before(page: Page) -> Page:
    """The page to go back to: that of the first of several files that are opened in turn."""
    theirs = shown()
    return theirs.before if theirs else page


def close() -> None:
    """Go back to the page as it was."""
    if theirs := shown():
        address.reopen(theirs.before)


def pack(recording: Recording) -> bytes:
    """Pack these weights for the stage, which then writes nothing into the page's link."""
    opening = replace(address.latest_opening(), parameters=())
    wanted = beside.wanted()
    views = pack_views(recording, wanted) if wanted else b""
    scene = runs.kept((pack_scene, *recording.identity), lambda: pack_scene(recording))
    return pack_stage(scene, opening, recording.config, recording, wanted, views)


def window(recording: Recording) -> bytes:
    """The known states around the playhead."""
    epoch: int = session.get("epoch")
    if not is_inside(recording.config, epoch):
        return pack_no_window()
    return pack_window(recording, epoch, beside.wanted())


def show_tab() -> None:
    """Say in place of a tab's part that it needs a run of this program."""
    tab = state.page().tab
    if tab != "watch":
        with st.container(key=tab):
            stage.show_view(pack_view(tab))
            st.text(needs_run(tab))


def show_mark(config: TrainConfig) -> None:
    """Say whose weights are shown, with the way back; or how exactly a file has the page's run."""
    theirs, note = shown(), session.get("note")
    if theirs:
        epochs = theirs.weights.epochs
        last = None if epochs is None else int(epochs[-1])
        with st.container(horizontal=True, vertical_alignment="center", key="theirs"):
            st.text(foreign_text(theirs.name, len(theirs.weights.parameters), last))
            st.button("Close the file", on_click=close)
    elif note and note[0] == config:
        st.text(note[1])
