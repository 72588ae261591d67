"""The page: settings left, the stage beside them, and with it the step that is looked at."""

from typing import Final

import streamlit as st

from xorviz import stage
from xorviz.config import TrainConfig
from xorviz.recording import Recording, record
from xorviz.ui import backprop, controls, state
from xorviz.ui.link import TABS

CACHED_SCENES: Final = 100
"""At most 300 kB each, shared by all visitors."""
CACHED_RECORDINGS: Final = 30
"""At most 2 MB each, shared by all visitors."""
SHOWN: Final = 3
"""Edits that are told one by one; of more, how many there are."""


def show() -> None:
    """Run the page once: read the settings, train, and hand the run to the stage."""
    opening = state.is_new()
    state.adopt_link()
    with st.container():  # always there, so that the stage keeps its place below it
        _tell_problems()
        _tell_edits()
        scene = _scene_with_notice(state.config()) if opening else _scene(state.config())
    _tabs()
    stage.show(scene, on_rest=state.adopt_rest, on_choice=state.adopt_choice)
    if state.value("tab") == "backprop":
        backprop.show(_recording(state.config()))
    controls.sidebar()
    state.write_link()


@st.cache_resource(max_entries=CACHED_RECORDINGS, show_spinner=False)
def _recording(config: TrainConfig) -> Recording:
    return record(config)


@st.cache_resource(max_entries=CACHED_SCENES, show_spinner=False)
def _scene(config: TrainConfig) -> bytes:
    return stage.pack_scene(_recording(config))


def _scene_with_notice(config: TrainConfig) -> bytes:
    """Say that it takes a while, as the stage does by itself once it is there."""
    with st.spinner("Training…"):
        return _scene(config)


def _tabs() -> None:
    st.segmented_control(
        "View",
        TABS,
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
        st.text(f"Edited by hand: {listed}{more}.")
        st.button("Back to the run as trained", on_click=state.undo_edits)
