"""Typeset: formulas on the page, and the notebook's lines that compute them."""

from collections.abc import Iterator, Sequence
from typing import Final

import streamlit as st

from xorviz.step.latex import Formula

TOGETHER: Final = 4
"""Formulas in one block: a page of few blocks is set faster."""


def typeset(formulas: Sequence[Formula]) -> None:
    """Set formulas one below the other, their numbers in full as tooltips."""
    for first in range(0, len(formulas), TOGETHER):
        block = formulas[first : first + TOGETHER]
        full = "\n\n".join(formula.full for formula in block)
        st.markdown("\n\n".join(map(markdown, block)), help=full)


def markdown(formula: Formula) -> str:
    """Write a formula as Markdown: a paragraph a line, so that the browser breaks long ones."""
    return "\n\n".join(
        [*_notebook(formula), *(rf"$\displaystyle {line}$" for line in formula.lines)]
    )


def _notebook(formula: Formula) -> Iterator[str]:
    """Write the notebook's lines for a formula, a line each, and the remark on them."""
    if formula.code:
        label = "Notebook: "
        lines = [f"{label}`{line}`" for line in formula.code.lines]
        yield "  \n".join(f":small[{text}]" for text in (*lines, formula.code.remark) if text)
