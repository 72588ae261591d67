"""Secrets: what a page for a class keeps to itself, and what gives it away all the same."""

from collections.abc import Sequence

import streamlit as st

from xorviz.sentences.on_purpose import GIVEN_AWAY
from xorviz.settings import link
from xorviz.ui import state


def future(already: Sequence[str]) -> tuple[str, ...]:
    """Ask whether what happens after the playhead is hidden, and say what still tells it."""
    is_hidden = st.checkbox(
        "Hide what happens after the epoch shown",
        value=link.FUTURE in already,
        key="hide future",
        help="Curves end at that epoch, and verdict, Doctor, Atlas, Compare and files wait "
        "until the run was played to its end.",
    )
    if is_hidden:
        st.caption(
            "A student can still learn the outcome by playing or scrubbing on, and by opening the "
            "page with the same settings but without “hide” in its link. Where the settings are "
            "shown, a student can also play another run to its end: its Atlas and Compare, and the "
            "Doctor of a run of fewer epochs, tell of this one. A pinned run gives a hint, too."
        )
    return (link.FUTURE,) if is_hidden else ()


def mistake(already: Sequence[str]) -> tuple[str, ...]:
    """Ask whether a mistake is hidden, where there is one, and say what still tells it."""
    if not (state.page().mistake or link.MISTAKE in already):
        return ()
    is_hidden = st.checkbox(
        "Hide the mistake",
        value=link.MISTAKE in already,
        key="hide mistake",
        help="The page trains and plays the program without saying that it has a mistake. Doctor, "
        "Landscape and Compare are closed, and Backprop shows the program's numbers beside the "
        "right formulas.",
    )
    if is_hidden:
        st.caption(GIVEN_AWAY)
    return (link.MISTAKE,) if is_hidden else ()
