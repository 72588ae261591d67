"""Plain: the chain rule for one parameter in lines of text, for pictures and for readers' ears."""

from collections.abc import Sequence

import numpy as np

from xorviz.core.names import CONSTANT, OUTPUT, edge, ends
from xorviz.core.numbers import inserted, side_by_side, ten_digits, with_minus, written
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step.chain import Factor, chain, chain_products
from xorviz.step.step import Step


def chain_lines(step: Step, rows: Sequence[int], name: str) -> list[str]:
    """Write ∂E/∂w as its factors, what each is, and their numbers on these rows."""
    factors = chain(step, name)
    symbols = " · ".join("∂{}/∂{}".format(*one.derivative) for one in factors)
    meanings = " · ".join(_meaning(one, name) for one in factors)
    made = step.row_gradients[:, step.names.index(name)]
    values = list(map(_result, chain_products(step, name), made))
    return [
        f"w = {name}: ∂E/∂w = {symbols} = {meanings}",
        *(f"Input {ROW_NAMES[row]}: {_product(factors, row)} = {values[row]}" for row in rows),
    ]


def update_lines(step: Step, name: str) -> list[str]:
    """Write the gradient as the sum over the four inputs, and the update that it makes."""
    index = step.names.index(name)
    gradient, right = step.gradients[index], step.right
    parts = " + ".join(map(inserted, right.row_gradients[:, index]))
    old, new = _apart(step.old[index], right.new[index])
    if right.new[index] != step.new[index]:
        new = _result(right.new[index], step.new[index])
    rate = ten_digits(step.learning_rate)
    return [
        f"Sum over the four inputs: ∂E/∂w = {parts} = {_result(right.gradients[index], gradient)}",
        f"Update: w − η · ∂E/∂w = {old} − {rate} · {inserted(gradient)} = {new}",
    ]


def _result(right: float, made: float) -> str:
    """Write the result of a formula, and the program's own number where that is another."""
    if right == made or not (np.isfinite(right) and np.isfinite(made)):
        return written(made)
    expected, came = _apart(right, made)
    return f"{expected} (this program: {came})"


def _apart(old: float, new: float) -> tuple[str, str]:
    """Write a value before and after with digits that differ, unless one is not finite."""
    if not (np.isfinite(old) and np.isfinite(new)):
        return written(old), written(new)
    before, after = side_by_side(old, new)
    return with_minus(before), with_minus(after)


def _meaning(one: Factor, name: str) -> str:
    """Write a factor as a formula of activations and weights."""
    of, by = one.derivative
    if of == "E":
        return "(ŷ − t)"
    if by == "w":
        source, _ = ends(name)
        return CONSTANT if source == CONSTANT else source
    return f"{of} (1 − {of})" if by.startswith("z_") else f"w({edge(by, OUTPUT)})"


def _product(factors: Sequence[Factor], row: int) -> str:
    return " · ".join(inserted(one.values[row]) for one in factors)
