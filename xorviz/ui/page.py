"""The page: settings left, the stage beside them."""

from typing import Final

import streamlit as st

from xorviz import stage
from xorviz.config import TrainConfig
from xorviz.ui import controls, state

CACHED_RUNS: Final = 100
"""At most 300 kB each, shared by all visitors."""


def show() -> None:
    """Run the page once: read the settings, train, and hand the run to the stage."""
    opening = state.is_new()
    state.adopt_link()
    with st.container():  # always there, so that the stage keeps its place below it
        _tell_problems()
        scene = _scene_with_notice(state.config()) if opening else _scene(state.config())
    stage.show(scene)
    controls.sidebar()
    state.write_link()


@st.cache_resource(max_entries=CACHED_RUNS, show_spinner=False)
def _scene(config: TrainConfig) -> bytes:
    return stage.pack_scene(config)


def _scene_with_notice(config: TrainConfig) -> bytes:
    """Say that it takes a while, as the stage does by itself once it is there."""
    with st.spinner("Training…"):
        return _scene(config)


def _tell_problems() -> None:
    """Say what could not be used of the link: as plain text, since a stranger wrote it."""
    if problems := state.problems():
        with st.container(border=True, gap=None):
            for problem in problems:
                st.text(problem)
