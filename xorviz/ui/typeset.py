"""Typeset: formulas on the page."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from xorviz.step.latex import Formula, latex

TOGETHER: Final = 4
"""Formulas in one block: a page of few blocks is set faster."""


def typeset(formulas: Sequence[Formula]) -> None:
    """Set formulas one below the other, their numbers in full as tooltips."""
    for first in range(0, len(formulas), TOGETHER):
        block = formulas[first : first + TOGETHER]
        st.latex(latex(block), help="\n\n".join(formula.full for formula in block))
