"""The page: settings left, the stage beside them, and with it what the open tab shows."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.recording import Recording
from xorviz.settings.link import TABS
from xorviz.stage.opening import pack_stage
from xorviz.sweeps.run import Results
from xorviz.ui import address, controls, session, stage, state, sweeping
from xorviz.ui.runs import recording, scene
from xorviz.ui.share import dialog
from xorviz.ui.tabs import atlas, backprop, compare, doctor

BESIDE: Final[Mapping[str, Callable[[Recording], Results | None]]] = {
    "backprop": backprop.show,
    "atlas": atlas.show,
    "doctor": doctor.show,
    "compare": compare.show,
}
"""What stands beside the stage in each tab but the first; it returns what it has not finished."""
SLICE: Final = 1.0
"""Seconds that a sweep goes on at most, before the page shows how far it is."""
SHOWN: Final = 3
"""Edits that are told one by one; of more, how many there are."""


def show() -> None:
    """Run the page once: read the settings, train, and hand the run to the stage."""
    is_new = address.is_new()
    address.adopt()
    address.write()  # first of all, so that the stage adds to it
    with st.container():  # always there, so that the stage keeps its place below it
        _tell_problems()
        _tell_edits()
        packed = (_scene_with_notice if is_new else scene)(state.config(), state.pins())
    _tabs()
    run = recording(state.config())
    stage.show(
        pack_stage(packed, address.opening(), run),
        on_rest=state.adopt_rest,
        on_choice=state.adopt_choice,
        on_share=address.share,
    )
    beside = BESIDE.get(state.value("tab"))
    unfinished = beside(run) if beside else None
    controls.sidebar()
    dialog.offer()
    session.note()
    if unfinished:
        sweeping.sweep_on(unfinished, SLICE)
        st.rerun()


def _scene_with_notice(config: TrainConfig, pins: tuple[TrainConfig, ...]) -> bytes:
    """Say that it takes a while, as the stage does by itself once it is there."""
    with st.spinner("Training…"):
        return scene(config, pins)


def _tabs() -> None:
    """Offer the tabs that are not left out, and the one that is open."""
    if state.is_hidden("tabs"):
        return
    st.segmented_control(
        "View",
        [tab for tab in TABS if tab == state.value("tab") or not state.is_hidden(tab)],
        format_func=str.capitalize,
        required=True,
        key="tab",
        label_visibility="collapsed",
    )


def _tell_problems() -> None:
    """Say what could not be used of the link: as plain text, since a stranger wrote it."""
    misfits = state.misfits()
    rest = [f"And {len(misfits) - SHOWN} more edits."] if len(misfits) > SHOWN else []
    if problems := [*state.problems(), *misfits[:SHOWN], *rest]:
        with st.container(border=True, gap=None):
            for problem in problems:
                st.text(problem)


def _tell_edits() -> None:
    """Mark a run that is not as trained, with the way back."""
    if not (edits := state.config().edits):
        return
    listed = ", ".join(map(str, edits[:SHOWN]))
    more = f" and {len(edits) - SHOWN} more" if len(edits) > SHOWN else ""
    with st.container(horizontal=True, vertical_alignment="center", key="edited"):
        st.text(f"Changed on the way: {listed}{more}.")
        st.button("Back to the run as trained", on_click=state.undo_edits)
