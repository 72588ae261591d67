"""Epoch field: any epoch of the run, typed."""

import streamlit as st

from xorviz.core.fields import Whole
from xorviz.ui import state


def epoch_field(epoch: int, last: int) -> str:
    """Ask for an epoch to go to; return the key of what there is to say of what was typed."""
    field, key = Whole("Epoch", 0, last), f"epoch {epoch}"
    st.text_input(
        "Epoch",
        str(epoch),
        key=key,
        width=110,
        max_chars=state.MAX_TYPED,
        on_change=state.enter,
        args=(field, key, state.move_to),
    )
    return key
