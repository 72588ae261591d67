"""Answer: what the tab Check says about weights that were pasted."""

from dataclasses import replace

import numpy as np
import streamlit as st

from xorviz.core.catalogue import Change, MISTAKE_NAMES
from xorviz.core.config import TrainConfig
from xorviz.core.names import LEARNING_RATE
from xorviz.sentences import check as sentences
from xorviz.settings.matrices import Printed


def show_lines(change: Change, biases: bool) -> None:
    """Show changed lines beside the right ones."""
    made, right = sentences.sides(change, biases)
    for column, title, code in zip(st.columns(2), ("As this program has it", "As it should be"), (made, right), strict=True):
        with column:
            st.caption(title)
            st.code(code, language="python", wrap_lines=True)
