"""The page's heading: which truth table the network learns, and how it does so."""

from typing import Final

from xorviz.core.truth_table import GATES, ROW_NAMES, gate_name
from xorviz.sentences.words import listed

ARROW: Final = "\u00a0→\u00a0"
"""Keeps an input and its target on one line."""


def heading_title(targets: str | None) -> str:
    """Write in a few words what the page shows; None for targets that it keeps to itself."""
    if targets is None:
        return "How a neural network learns a truth table"
    name = gate_name(targets)
    return f"How a neural network learns {name if name in GATES else f'the truth table {name}'}"


def heading_text(targets: str | None) -> str:
    """Write in a sentence how a network learns these targets."""
    given, learned = "", "the targets"
    if targets is not None:
        pairs = zip(ROW_NAMES, targets, strict=True)
        given = f" ({listed([f'{row}{ARROW}{target}' for row, target in pairs])})"
        name = gate_name(targets)
        learned = name if name in GATES else learned
    return (
        f"Each of four inputs has a target{given}: the network guesses, is corrected, guesses "
        f"again, and so learns {learned}."
    )
