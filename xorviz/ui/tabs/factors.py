"""Factors: those of a weight's chain rule as a table, a row a factor and a column an input."""

from collections.abc import Iterable

import numpy as np
import streamlit as st

from xorviz.core.numbers import brief
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step.chain import Factor, chain, chain_products, parts
from xorviz.step.latex.notation import Rows
from xorviz.step.step import Step


def show(step: Step, rows: Rows, name: str) -> None:
    """Show the factors for all four inputs, and their product: each input's part of the gradient.

    Below it stands what a program with a mistake has in its stead.

    The columns of the inputs that are looked at stand out.
    """
    every = parts(step.config.hidden_size, step.config.biases)
    lines = (_line(factor, every.index(factor.part), rows) for factor in chain(step, name))
    products, made = chain_products(step, name), step.row_gradients[:, step.names.index(name)]
    total = _cells("td", "product", map(brief, products), rows)
    if not np.array_equal(products, made, equal_nan=True):
        total += f"</tr><tr>{_cells('td', 'this program', map(brief, made), rows)}"
    st.html(
        f'<table class="factors"><thead><tr>{_cells("th", "factor", ROW_NAMES, rows)}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody>"
        f"<tfoot><tr>{total}</tr></tfoot></table>"
    )


def _line(factor: Factor, number: int, rows: Rows) -> str:
    """Write a factor's row, with the number that its formulas have as their colour."""
    part = factor.part
    cells = _cells("td", part.words, map(brief, factor.values), rows)
    return f'<tr data-kind="{part.kind}" data-part="{number}">{cells}</tr>'


def _cells(tag: str, head: str, texts: Iterable[str], rows: Rows) -> str:
    looks = [' class="shown"' if row in rows else "" for row in range(len(ROW_NAMES))]
    cells = (f"<{tag}{look}>{text}</{tag}>" for look, text in zip(looks, texts, strict=True))
    return f"<th>{head}</th>{''.join(cells)}"
