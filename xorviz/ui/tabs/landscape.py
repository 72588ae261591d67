"""The tab Landscape: the loss over a plane through weight space, with the run's path on it."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig, has_same_weights
from xorviz.core.names import parameter_names
from xorviz.sentences.landscape import MARKS, SLICE
from xorviz.settings.planes import MIDDLE, axes
from xorviz.settings.text import describe
from xorviz.stage.landscape import open_landscape
from xorviz.stage.scene import pack_jump
from xorviz.ui import address, plane, session, stage, state
from xorviz.ui.typed import show_message

PLANES: Final = {
    "path": "The path's directions",
    "weights": "Two weights",
    "states": "Three states",
}
PLANES_HELP: Final = (
    "*The path's directions*: the two principal directions of the run's recorded states, in which "
    "they vary most. *Two weights*: these change, and all others are held. *Three states*: the "
    "plane through the run's start, its end, and one state more."
)
AXES: Final = (plane.ACROSS, plane.UP)
OTHERS: Final = {"playhead": "at this epoch", "end": "at the end"}
OTHERS_HELP: Final = (
    "Those at the epoch shown change while the run plays, and so does the landscape."
)


def show(config: TrainConfig) -> None:
    """Show the loss over the plane that the reader chooses."""
    with st.container(key="landscape"):
        stage.show_view(pack_jump("landscape", config, state.epoch(), state.jumps()))
        _choose(config)
        laid = plane.Laid(config)
        _tell_start()
        stage.show_landscape(
            open_landscape(laid.pack(), address.choices()), laid.pack_around(state.epoch())
        )
        show_message(plane.MESSAGE)
        for text in laid.texts():
            st.caption(text)
        st.caption(SLICE)
        st.caption(MARKS)


def _tell_start() -> None:
    """Say from where the reader started the run, with the way back."""
    with st.container():  # always there, so that the chart below stays the same element
        if text := plane.started():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(text)
                st.button("Undo", on_click=plane.undo_start)


def _choose(config: TrainConfig) -> None:
    """Ask for the plane, and for what it goes through."""
    _buttons("Plane", "plane", PLANES, PLANES_HELP)
    match state.page().plane:
        case "weights":
            _choose_weights(config)
        case "states":
            _choose_third(config)


def _buttons(label: str, setting: str, texts: Mapping[str, str], explanation: str) -> None:
    """Ask for a setting by a button for each of its values."""
    st.segmented_control(
        label,
        list(texts),
        format_func=texts.__getitem__,
        required=True,
        key=setting,
        persist_state="page",
        help=explanation,
    )


def _choose_weights(config: TrainConfig) -> None:
    names = parameter_names(config.hidden_size, config.biases)
    with st.container(horizontal=True):
        for label, key, name in zip(("Across", "Up"), AXES, axes(state.page()), strict=True):
            session.put(**{key: name})
            st.selectbox(label, names, key=key, on_change=plane.adopt_axes, width=120)
        _buttons("The other weights", "others", OTHERS, OTHERS_HELP)


def _choose_third(config: TrainConfig) -> None:
    ends = {
        str(number): f"end of pinned run {number}: {describe(run)}"
        for number, run in enumerate(state.pins(), start=1)
        if has_same_weights(run, config)
    }
    names = {MIDDLE: "the middle of this run's recorded states", **ends}
    st.selectbox(
        "Third state, beside start and end",
        list(names),
        format_func=names.__getitem__,
        key="third",
        persist_state="page",
    )
