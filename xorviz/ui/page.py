"""The page: settings left, the stage beside them, and with it what the open tab shows."""

import gc
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.pool.worker import LostError
from xorviz.sentences.link import left_out_texts, problem_text
from xorviz.sentences.words import first_few
from xorviz.settings.link import TABS
from xorviz.stage.opening import is_between, pack_stage
from xorviz.sweeps.config import SweepConfig
from xorviz.ui import address, controls, operator, runs, session, stage, state, sweeping
from xorviz.ui.share import dialog
from xorviz.ui.tabs import atlas, backprop, compare, doctor

BESIDE: Final[Mapping[str, Callable[[TrainConfig], SweepConfig | None]]] = {
    "backprop": backprop.show,
    "atlas": atlas.show,
    "doctor": doctor.show,
    "compare": compare.show,
}
"""Draws the part beside the stage, by tab; returns the sweep that it has not finished, if any."""
SLICE: Final = 1.0
"""Seconds that a sweep goes on at most, before the page shows how far it is."""

# All that is loaded stays: Python's collector need not look at it ever again.
gc.collect()
gc.freeze()


def show() -> None:
    """Run the page once: read the settings, train, and hand the run to the stage."""
    address.adopt()
    address.write()  # first of all, so that the stage adds to it
    session.note()  # a newer request may end this run before the second note below
    config = state.config()
    with st.container():  # always there, so that the stage keeps its place below it
        _tell_problems(config)
        _tell_edits(config)
        packed = _packed(config)
    _tabs()
    unfinished = _stage(config, packed) if packed else None
    controls.sidebar()
    dialog.offer()
    session.note()
    runs.train_ahead(lambda: state.neighbours(config))
    operator.tell()
    if unfinished:
        sweeping.sweep_on(unfinished, SLICE)
        st.rerun()


def _stage(config: TrainConfig, packed: bytes) -> SweepConfig | None:
    """Show the run, and what the open tab has beside it; return what that has not finished."""
    stage.show(
        packed,
        on_rest=state.adopt_rest,
        on_choice=state.adopt_choice,
        on_share=address.share,
    )
    beside = BESIDE.get(state.page().tab)
    return beside(config) if beside else None


def _packed(config: TrainConfig) -> bytes | None:
    """What the stage shows; None where it can't be computed, which is told."""
    try:
        return _pack(config)
    except LostError:
        st.text("This run could not be computed: its processes were ended. Change a setting.")
        return None


def _pack(config: TrainConfig) -> bytes:
    """Pack the run, and the state between its frames that the stage opens on."""
    opening = address.opening(config)
    # The still must arrive with the run, or the playhead first rests elsewhere.
    is_needed = is_between(config, opening.epoch) or state.page().tab == "backprop"
    with runs.asked_recording(config) if is_needed else nullcontext():
        scene = runs.scene(config, state.pins())
        recording = runs.recording(config) if is_needed else None
    return pack_stage(scene, opening, config, recording)


def _tabs() -> None:
    """Offer the tabs that are not left out, and the one that is open."""
    if state.is_hidden("tabs"):
        return
    st.segmented_control(
        "View",
        [tab for tab in TABS if tab == state.page().tab or not state.is_hidden(tab)],
        format_func=str.capitalize,
        required=True,
        key="tab",
        label_visibility="collapsed",
    )


def _tell_problems(config: TrainConfig) -> None:
    """Say what could not be used of the link: as plain text, since a stranger wrote it."""
    unusable = [
        *map(problem_text, state.problems()),
        *left_out_texts(state.left_out(), config),
    ]
    if unusable:
        with st.container(border=True, gap=None):
            for sentence in unusable:
                st.text(sentence)


def _tell_edits(config: TrainConfig) -> None:
    """Mark a run that is not as trained, with the way back."""
    if not (edits := config.edits):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="edited"):
        st.text(f"Edits by hand: {first_few(edits)}.")
        st.button("Undo all edits", on_click=state.undo_edits)
