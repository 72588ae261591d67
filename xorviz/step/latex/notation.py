r"""Notation: how symbols, numbers and lines are written in LaTeX.

A weight is named by its ends, as in w_{x_1 h_1}, and a bias by its unit, b_{h_1}. A quantity
that depends on the input row names the row, as in z_{h_1}(01).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xorviz.core.names import CONSTANT, OUTPUT, ends
from xorviz.core.network import Array
from xorviz.core.numbers import in_full, significant
from xorviz.core.truth_table import ROW_NAMES

PARTS_A_LINE: Final = 2
"""Terms of a sum, or factors of a product, on one line, so that it fits a phone."""

Rows = Sequence[int]
"""Indices of the input rows that are shown: one of them, or all."""


@dataclass(frozen=True)
class Formula:
    """Lines that belong together, and their numbers in full for a tooltip."""

    lines: Sequence[str]
    full: str


def formula(lines: Iterable[str], rows: Rows, values: Mapping[str, Array]) -> Formula:
    """Join lines, and the named values that they show, each of shape (4,)."""
    full = [
        f"{quantity} ({ROW_NAMES[row]}) = {float(numbers[row])!r}"
        for quantity, numbers in values.items()
        for row in rows
    ]
    return Formula(tuple(lines), "; ".join(full))


def latex(formulas: Iterable[Formula]) -> str:
    """Write formulas one below the other, aligned at their equals signs."""
    blocks = (r" \\ ".join(formula.lines) for formula in formulas)
    return r"\begin{aligned}" + r" \\[0.75em] ".join(blocks) + r"\end{aligned}"


def line(left: str, right: str) -> str:
    """One line of a formula."""
    return f"{left} &= {right}"


def at(left: str, row: int, rows: Rows) -> str:
    """Write the left side of a line of numbers: it names the row if several are shown."""
    return f"{left}({ROW_NAMES[row]})" if len(rows) > 1 else ""


def symbol(name: str) -> str:
    """Write a node's name: x1 as x_{1}, and ŷ."""
    if name == OUTPUT:
        return r"\hat y"
    return f"{name[0]}_{{{name[1:]}}}"


def pre_activation(unit: str) -> str:
    """Write z of a unit."""
    return f"z_{{{symbol(unit)}}}"


def weight(name: str) -> str:
    """Write a parameter's name: x1 → h1 as w_{x_1 h_1}, 1 → h1 as b_{h_1}."""
    source, target = ends(name)
    if source == CONSTANT:
        return f"b_{{{symbol(target)}}}"
    return f"w_{{{symbol(source)} {symbol(target)}}}"


def delta(unit: str) -> str:
    """Write δ of a unit."""
    return rf"\delta_{{{symbol(unit)}}}"


def derivative(of: str, by: str) -> str:
    """Write a partial derivative."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def number(value: float) -> str:
    """Write a number: 0 and 1 as such, others with four significant digits."""
    if not math.isfinite(value):
        return r"\text{not finite}"
    if value in (0, 1):
        return str(int(value))
    return _typeset(significant(value))


def plain(value: float) -> str:
    """Write a setting with all its digits."""
    return _typeset(in_full(value))


def _typeset(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def factor(value: float) -> str:
    """Write a number within a product or a sum: negative ones, and powers, in brackets."""
    text = number(value)
    return f"({text})" if text[0] == "-" or "^" in text else text


def product(*factors: str) -> str:
    """Write factors multiplied, a few a line."""
    return _lines(factors, r"\cdot")


def total(terms: Iterable[str]) -> str:
    """Write terms added up, a few a line."""
    return _lines(list(terms), "+")


def _lines(parts: Sequence[str], sign: str) -> str:
    starts = range(0, len(parts), PARTS_A_LINE)
    lines = [parts[start : start + PARTS_A_LINE] for start in starts]
    return rf" \\ &\quad {{}}{sign} ".join(f" {sign} ".join(line) for line in lines)
