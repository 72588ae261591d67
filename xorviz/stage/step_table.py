"""The table of a step: a row a weight, from its old value to the new one."""

from dataclasses import replace
from typing import Final

import numpy as np

from xorviz.core.numbers import changed_from, side_by_side, with_minus, written
from xorviz.core.truth_table import ROW_NAMES
from xorviz.stage.scene import Column, Table, Tug
from xorviz.step.step import Step

TUG: Final = Tug(
    hint="Which way each input would move the weight, and how hard: −∂E/∂w for this input alone. "
    "Their sum, times the learning rate, is the update.",
    names=(*ROW_NAMES, "sum", "update"),
    parts=(1, 2, 3, 4),
    total=5,
    change=6,
)
"""Where the table has the gradient by row and summed, and the update."""
GRADIENT: Final = (
    "The gradient of the loss E: the sum over the four inputs.",
    "What this program takes for the gradient of the loss E.",
)
UPDATE: Final = (
    "−(learning rate × gradient): it is added to the old value.",
    "What this program adds to the old value.",
)


PROGRAMS_TUG: Final = replace(
    TUG,
    hint="What this program takes for −∂E/∂w: each input's part, their sum, and the update that "
    "it makes of it.",
)


def table(step: Step, veiled: str = "", is_programs: bool = False) -> Table:
    """Every parameter's old value, gradient by row and summed, update and new value.

    Where the step `is_programs`, it may have a mistake, and no column promises a right number. The
    last two of the parameter named `veiled` are left out, as the reader predicts them.
    """
    old, new = map(list, zip(*map(_old_and_new, step.old, step.new), strict=True))
    values = step.table.copy()
    if veiled:
        row = step.names.index(veiled)
        values[row, -2:] = np.nan
        new[row] = ("", "")
    columns = [
        Column("old", f"Its value at epoch {step.epoch:,}.", old),
        *(Column(row, f"The part of ∂E/∂w from the input {row} alone.") for row in ROW_NAMES),
        Column("∂E/∂w", GRADIENT[is_programs]),
        Column("update", UPDATE[is_programs]),
        Column("new", "Its value after the step: old + update. Bold: the digits that change.", new),
    ]
    return Table(
        "weight", step.names, columns, values, bool(veiled), PROGRAMS_TUG if is_programs else TUG
    )


def _old_and_new(old: float, new: float) -> tuple[tuple[str, str], tuple[str, str]]:
    """Write a parameter's values; the digits of the new one that changed stand apart."""
    if not (np.isfinite(old) and np.isfinite(new)):
        return (written(old), ""), (written(new), "")
    before, after = side_by_side(old, new)
    start = changed_from(before, after)
    return (with_minus(before), ""), (with_minus(after[:start]), with_minus(after[start:]))
