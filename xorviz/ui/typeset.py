"""Typeset: formulas and sentences on the page."""

from collections.abc import Iterable

import streamlit as st

from xorviz.formulas import Formula


def typeset(formulas: Iterable[Formula]) -> None:
    """Set formulas one below the other, each with its numbers in full as a tooltip."""
    for formula in formulas:
        st.latex(formula.latex, help=formula.full)


def tell(sentence: str) -> None:
    """Show a sentence, if there is one: as plain text, since it may repeat what a reader typed."""
    if sentence:
        st.text(sentence)
