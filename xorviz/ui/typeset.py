"""Typeset: formulas on the page, and the lines of the notebook, or of a wrong program, for them."""

from collections.abc import Iterator, Sequence
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.departures import Departure
from xorviz.step.latex import Formula
from xorviz.step.notebook import Code, departing

TOGETHER: Final = 4
"""Formulas in one block: a page of few blocks is set faster."""
LEFT_OUT: Final = "leaves this line out"


def typeset(formulas: Sequence[Formula], config: TrainConfig) -> None:
    """Set formulas of a run one below the other, their numbers in full as tooltips."""
    for first in range(0, len(formulas), TOGETHER):
        block = formulas[first : first + TOGETHER]
        full = "\n\n".join(formula.full for formula in block if formula.full)
        st.markdown("\n\n".join(markdown(one, config) for one in block), help=full or None)


def markdown(formula: Formula, config: TrainConfig) -> str:
    """Write a formula as Markdown: a paragraph a line, so that the browser breaks long ones."""
    lines = (rf"$\displaystyle {line}$" for line in formula.lines)
    return "\n\n".join([*_code(formula.code, config), *lines])


def _code(code: Code | None, config: TrainConfig) -> Iterator[str]:
    """Write the lines for a formula, a line each; wrong ones stand out, above the notebook's."""
    if code:
        wrong = departing(code, config)
        texts = [text for departure in wrong for text in _departure(departure)]
        told = {line for departure in wrong for line in departure.right}
        texts += [f"Notebook: `{line}`" for line in code.lines if line not in told]
        if code.remark and not wrong:
            texts.append(code.remark)
        if texts:
            yield "  \n".join(f":small[{text}]" for text in texts)


def _departure(departure: Departure) -> Iterator[str]:
    """Write what a wrong program has, and what the notebook has in its stead."""
    for line in departure.made:
        yield f":red-background[This program:] `{line}`"
    if not departure.made:
        yield f":red-background[This program] {LEFT_OUT}:"
    for line in departure.right:
        yield f"Notebook: `{line}`"
