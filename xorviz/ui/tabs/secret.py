"""Secret: a step on a page that keeps to itself which mistake the program has, if any.

The formulas are the right loop's, in symbols alone; the numbers are the program's. A reader who
puts the numbers into the formulas comes upon the line that is wrong.
"""

from collections.abc import Iterator, Sequence

import streamlit as st

from xorviz.core.names import OUTPUT
from xorviz.core.numbers import brief
from xorviz.core.truth_table import ROW_NAMES
from xorviz.sentences.on_purpose import KEPT_SECRET, NO_QUIZ_WHILE_HIDDEN
from xorviz.step import latex
from xorviz.step.latex import Formula
from xorviz.step.step import Step
from xorviz.ui.tabs.sections import SECTIONS
from xorviz.ui.typeset import typeset


def show(step: Step, name: str) -> None:
    """Show the program's numbers, and the formulas of all weights, or of one."""
    st.caption(KEPT_SECRET)
    st.html(_numbers(step))
    if name:
        _typeset(step, latex.chain_rule(step, (), name))
        _typeset(step, latex.updates(step, [name]))
        st.caption(NO_QUIZ_WHILE_HIDDEN)
        return
    for title, hint, formulas, units in SECTIONS:
        with st.expander(title, expanded=step.config.hidden_size <= units):
            st.caption(hint)
            for kind, lines in formulas.items():
                rows = () if kind in ("hidden", "output") else range(len(ROW_NAMES))
                _typeset(step, lines(step, rows), 1 if rows else None)


def _typeset(step: Step, formulas: Sequence[Formula], lines: int | None = 1) -> None:
    """Set the first lines of formulas, which have no numbers; they are all of some."""
    typeset([Formula(formula.lines[:lines], "") for formula in formulas], step.config)


def _numbers(step: Step) -> str:
    """Write as HTML what the program computes for each input."""
    head = "".join(f"<th>{row}</th>" for row in ROW_NAMES)
    body = "".join(
        f"<tr><th>{name}</th>{''.join(f'<td>{brief(value)}</td>' for value in values)}</tr>"
        for name, values in _rows(step)
    )
    return (
        f'<table class="factors"><thead><tr><th>input</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _rows(step: Step) -> Iterator[tuple[str, Sequence[float]]]:
    """Name and yield each number of the units, by input."""
    for unit, z, activation in zip(step.units, step.z_hidden.T, step.hidden.T, strict=True):
        yield f"z of {unit}", z.tolist()
        yield unit, activation.tolist()
    yield f"z of {OUTPUT}", step.z_output.tolist()
    yield OUTPUT, step.output.tolist()
    yield f"{OUTPUT} − t", step.error.tolist()
    yield f"δ of {OUTPUT}", step.delta_output.tolist()
    for unit, delta in zip(step.units, step.delta_hidden.T, strict=True):
        yield f"δ of {unit}", delta.tolist()
