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
from xorviz.core.numbers import changed_from, side_by_side, significant, ten_digits
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step.chain import KINDS, Part, parts
from xorviz.step.notebook import Code
from xorviz.step.step import Step

GO_ON: Final = r"\quad {}"
"""Begins a line that goes on from the one above."""

Rows = Sequence[int]
"""Indices of the input rows that are shown: one of them, or all."""


@dataclass(frozen=True)
class Formula:
    """Lines that belong together.

    Attributes
    ----------
    lines
        The lines. A browser breaks a long one where there is a sign between two of its parts.
    full
        Their numbers in full, for a tooltip.
    code
        The notebook's lines that compute this formula and those after it up to the next such
        lines; None where these are told before.
    """

    lines: Sequence[str]
    full: str
    code: Code | None = None


def formula(
    lines: Iterable[str], rows: Rows, values: Mapping[str, Array], code: Code | None = None
) -> Formula:
    """Join lines, and the named values that they show, each of shape (4,)."""
    full = [
        f"{quantity} ({ROW_NAMES[row]}) = {float(numbers[row])!r}"
        for quantity, numbers in values.items()
        for row in rows
    ]
    return Formula(tuple(lines), "; ".join(full), code)


def line(left: str, right: str) -> str:
    """One line of a formula; without a left side it goes on from the line above."""
    return f"{left or GO_ON} = {right}"


def at(left: str, row: int, rows: Rows) -> str:
    """Write the left side of a line of numbers: it names the row if several are shown."""
    return rf"{GO_ON} {left}({ROW_NAMES[row]})" if len(rows) > 1 else ""


def coloured(step: Step, part: Part, text: str) -> str:
    """Mark a factor as belonging to a part of the network.

    A colour is all that a formula on the page can carry: its red is the number of the kind of
    factor, which the page turns into a colour to see, and its blue the number of the part.
    """
    index = parts(step.config.hidden_size, step.config.biases).index(part)
    return rf"\textcolor{{#{1 + KINDS.index(part.kind):02x}00{index:02x}}}{{{text}}}"


def named(text: str, part: Part) -> str:
    """Write a factor with its name in words below."""
    return rf"\underbrace{{{text}}}_{{{_label(part)}}}"


def _label(part: Part) -> str:
    if part.kind == "error":
        return r"\text{error}"
    if part.noun == "constant":
        return rf"\text{{constant }}{CONSTANT}"
    where = r" \to ".join(map(symbol, ends(part.at) if part.kind == "weight" else [part.at]))
    return rf"\text{{{part.noun} }}{where}"


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


def result(right: float, made: float) -> str:
    """Write the result of a formula, and the program's own number where that is another."""
    if right == made or (math.isnan(right) and math.isnan(made)):
        return number(made)
    expected, came = number(right), number(made)
    if expected == came:  # as written; more digits tell them apart
        expected, came = map(_typeset, side_by_side(right, made))
    return rf"{expected} \;\text{{ (this program: }} \mathbf{{{came}}}\text{{)}}"


def plain(value: float) -> str:
    """Write a setting with all its digits."""
    return _typeset(ten_digits(value))


def _typeset(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def factor(value: float) -> str:
    """Write a number within a product or a sum: negative ones, and powers, in brackets."""
    text = number(value)
    return f"({text})" if text[0] == "-" or "^" in text else text


def old_and_new(old: float, new: float) -> tuple[str, str]:
    """Write an old and a new value with the digits that tell them apart, the changed ones bold."""
    if not (math.isfinite(old) and math.isfinite(new)):
        return number(old), number(new)
    texts = side_by_side(old, new)
    start, after = changed_from(*texts), texts[1]
    if "e" in after or start == len(after):
        return _typeset(texts[0]), _typeset(after)
    return _typeset(texts[0]), rf"{after[:start]}\mathbf{{{after[start:]}}}"


def product(*factors: str) -> str:
    """Write factors multiplied."""
    return r" \cdot ".join(factors)


def total(terms: Iterable[str]) -> str:
    """Write terms added up."""
    return " + ".join(terms)
