"""Sections: the formulas of the whole step, in the order in which it is computed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from xorviz.step import latex
from xorviz.step.film import Kind
from xorviz.step.latex import Formula
from xorviz.step.latex.notation import Rows
from xorviz.step.step import Step
from xorviz.ui import film
from xorviz.ui.typeset import typeset

Lines = Callable[[Step, Rows], Sequence[Formula]]

SECTIONS: Final[Sequence[tuple[str, str, Mapping[Kind, Lines], int]]] = (
    (
        "Forward: the activation of each unit",
        "A unit adds up its inputs, each times its weight (z), and puts the sum through the "
        "sigmoid σ, which makes it a number between 0 and 1: the activation.",
        {"hidden": latex.forward_hidden, "output": latex.forward_output},
        4,
    ),
    (
        "Error: how far off the output is",
        "t is the target. The updates make the loss E = ½ Σ error² smaller, Σ being the sum over "
        "the four inputs. ∂E/∂ŷ is a derivative: how much E changes when ŷ changes.",
        {"error": latex.errors},
        16,
    ),
    (
        "Backward: each unit's part in the error",
        "δ says how much E changes when a unit's sum z changes. A hidden unit's δ is the output's "
        "δ times the weight between them, times the derivative of the sigmoid. Point at a coloured "
        "factor: its unit or connection lights up in the network.",
        {"delta_output": latex.deltas_output, "delta_hidden": latex.deltas_hidden},
        4,
    ),
    (
        "Gradients: how E changes with each weight",
        "A weight's gradient is the δ of the unit it leads to, times the number that comes in "
        "(x or h; for a bias 1).",
        {"shares": latex.gradients},
        2,
    ),
    (
        "Update: the new weights",
        "Subtract learning rate η × gradient, summed over the four inputs.",
        {"update": lambda step, _: latex.updates(step, step.names)},
        2,
    ),
)
"""Title and hint of each, its formulas by the beats of the film that are about them, and up to how
many hidden units it is open at first."""


def show(step: Step, rows: Rows) -> None:
    """Show every section, the long ones folded.

    Where a film is past the inputs, only the gradients are about them all: the other formulas stay
    those of the last input, as setting them all anew would stop the film.
    """
    last = rows[-1:] if film.plays(step) else rows
    for title, hint, formulas, units in SECTIONS:
        is_open = step.config.hidden_size <= units
        section = st.expander(title, expanded=is_open, key=f"fold {title}", on_change="rerun")
        if section.open:
            with section:
                st.caption(hint)
                for kind, lines in formulas.items():
                    with film.part(kind, step):
                        typeset(lines(step, rows if kind == "shares" else last), step.config)
