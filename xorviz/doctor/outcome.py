"""Outcome: what a run that is not solved ends with, and what becomes of it with more epochs."""

from typing import Final

import numpy as np

from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.core.truth_table import ROW_NAMES
from xorviz.core.verdict import NEAR_HALF
from xorviz.doctor.evidence import Measured
from xorviz.doctor.finding import Finding, Kind
from xorviz.doctor.hessian import SMALL
from xorviz.doctor.look import Look, RowLook

NEARLY: Final = 1e-4
"""Outputs nearer to 0 or 1 than this are not written out."""


def on_plateau(outputs: Array) -> bool:
    """Whether the outputs, shape (4,), are all near 0.5."""
    return bool((np.abs(outputs - 0.5) < NEAR_HALF).all())


def plateau(outputs: Array, is_solved: bool) -> Finding:
    """Tell how near to 0.5 the outputs are, and what that means."""
    near = f"All four outputs are near 0.5, from {outputs.min():.4g} to {outputs.max():.4g}"
    if is_solved:
        return Finding("plateau", f"{near}, each on its right side.")
    return Finding(
        "plateau", f"{near}: a plateau, on which the network can hardly tell the inputs apart."
    )


def count(found: Measured, look: Look) -> Finding:
    """Tell how many predictions are right, what is wrong, and whether it stays so.

    A run that is stuck is told its place. One that is solved later passes through it.
    """
    kinds: tuple[Kind, ...] = ("0 of 4", "1 of 4", "2 of 4", "3 of 4")
    correct = int(found.recording.right[-1].sum())
    are = "is" if correct == 1 else "are"
    place = f" {_place(found)}" if look.solved_at is None else ""
    right = f"{correct} of 4 predictions {are} right: {_wrong(found.recording)}."
    return Finding(kinds[correct], right + _later(found, look) + place)


def _wrong(recording: Recording) -> str:
    wrong = np.flatnonzero(~recording.right[-1])
    return ", ".join(
        f"the output for {ROW_NAMES[row]} is {_output(recording.predictions[-1, row])} instead of "
        f"{recording.config.targets[row]}"
        for row in wrong
    )


def _output(value: float) -> str:
    """Write an output, and none that is rounded to 0 or 1: a sigmoid's never are."""
    if value > 1 - NEARLY:
        return f"more than {1 - NEARLY:g}"
    if f"{value:.4g}" == "0.5" and value != 0.5:
        return f"just {'above' if value > 0.5 else 'below'} 0.5"
    return f"less than {NEARLY:g}" if value < NEARLY else f"{value:.4g}"


def _later(found: Measured, look: Look) -> str:
    """Tell which predictions change with more epochs, and when; empty where none are tried."""
    if look.until == found.recording.config.epochs:
        return ""
    changes = [
        _change(name, row) for name, row in zip(ROW_NAMES, look.rows, strict=True) if row.changes
    ]
    if changes:
        told = "; that for ".join(changes)
        return f" Trained on to epoch {look.until:,}, the prediction for {told}."
    return f" Trained on to epoch {look.until:,}, no prediction becomes right or wrong."


def _change(name: str, row: RowLook) -> str:
    side, other = ("right", "wrong") if row.is_right else ("wrong", "right")
    if row.changes == 1:
        return f"{name} becomes {side} at epoch {row.last_change:,} and stays {side}"
    if row.changes == 2:
        return (
            f"{name} becomes {other} at epoch {row.first_change:,} and {side} again at epoch "
            f"{row.last_change:,}, and stays {side}"
        )
    return (
        f"{name} changes {row.changes:,} times, the last time at epoch {row.last_change:,}, and "
        f"stays {side} from then on"
    )


def _place(found: Measured) -> str:
    curve = found.curvature
    if curve.place == "not finite":
        return "The curvature is not finite."
    if curve.place == "slope":
        return f"The gradient is {found.gradient:.2g}: {_slope(found)}."
    directions = curve.eigenvalues.size
    downs = curve.negative + curve.slight
    up = f"up along {curve.positive or 'none'}"
    meant = {
        "saddle": f"down along {_of(downs, directions)} and {up}: a saddle{_not_left(found)}",
        "valley": f"up along {_of(curve.positive, directions)} and down along none: the floor of "
        "a valley",
        "flat": f"too slightly to matter within {found.epochs:,} epochs: a flat place",
    }[curve.place]
    return f"The gradient is {found.gradient:.2g}; the loss curves {meant}.{_left_out(found)}"


def _not_left(found: Measured) -> str:
    """Say so where training on does not leave a saddle."""
    look = found.look
    if look is None or look.until == found.recording.config.epochs:
        return ""
    is_left = abs(look.loss_change) > SMALL
    return "" if is_left else f" that it does not leave up to epoch {look.until:,}"


def _of(count: int, directions: int) -> str:
    few = f"{count} of {directions}" if count < directions else f"all {directions}"
    return f"{few} directions"


def _slope(found: Measured) -> str:
    """Say what the gradient is worth, by how the loss really changes."""
    if found.look is None or found.look.until == found.recording.config.epochs:
        return "a slope"
    change, until = found.look.loss_change, f"up to epoch {found.look.until:,} the loss"
    if abs(change) <= SMALL:
        return "too large for a place of rest"
    if change < 0:
        return f"a slope; {until} falls by {_percent(-change)}"
    return f"no place of rest; {until} rises by {_percent(change)}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _left_out(found: Measured) -> str:
    """Tell which curvature counts for none."""
    curve = found.curvature
    rest = curve.flat - curve.slight
    if not rest or curve.place == "flat":
        return ""
    along = "the other" if rest == 1 else f"the other {rest}"
    return (
        f" Along {along} it curves by less than {curve.least:.1g}, too slightly to matter within "
        f"{found.epochs:,} epochs."
    )
