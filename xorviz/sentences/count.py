"""Sentences about right and wrong predictions: which are wrong, until when, and why they stay."""

from typing import Final

from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.findings import Count
from xorviz.doctor.hessian import SMALL, Curvature
from xorviz.doctor.look import Look, RowLook

NEARLY: Final = 1e-4
"""Outputs nearer to 0 or 1 than this are not written out."""


def count_title(count: Count) -> str:
    """Write how many predictions are right; a run is stuck where more epochs change little."""
    return f"{'Stuck with' if is_stuck(count) else 'Only'} {count.correct} of 4 predictions right"


def is_stuck(count: Count) -> bool:
    """Whether more epochs were tried and change next to nothing."""
    look = count.look
    has_changes = any(row.changes for row in look.rows) or not abs(look.loss_change) <= SMALL
    return look.until > look.since and not has_changes


def count_text(count: Count) -> str:
    """Write which predictions are wrong, and whether that stays so.

    A stuck run's terrain is written, too. A run that is solved later passes through it.
    """
    is_solved_later = count.look.solved_at is not None
    return wrong_text(count) if is_solved_later else f"{wrong_text(count)} {_terrain(count)}"


def wrong_text(count: Count) -> str:
    """Write which predictions are wrong, and whether that stays so, in plain words."""
    wrong = ", the output for ".join(
        f"{wrong.row} is {_output(wrong.output)} instead of {wrong.target}" for wrong in count.wrong
    )
    parts = [f"The output for {wrong}."]
    if count.look.until > count.look.since:
        parts.append(_later(count.look))
    return " ".join(parts)


def _output(value: float) -> str:
    """Write an output, and none that is rounded to 0 or 1: a sigmoid's never are."""
    if value > 1 - NEARLY:
        return f"more than {1 - NEARLY:g}"
    if f"{value:.4g}" == "0.5" and value != 0.5:
        return f"just {'above' if value > 0.5 else 'below'} 0.5"
    return f"less than {NEARLY:g}" if value < NEARLY else f"{value:.4g}"


def _later(look: Look) -> str:
    """Write which predictions change with more epochs, and when."""
    on = f"Trained on to epoch {look.until:,}"
    rows = zip(ROW_NAMES, look.rows, strict=True)
    changes = [f"{name} {_change(row)}" for name, row in rows if row.changes]
    if changes:
        return f"{on}, the prediction for {'; that for '.join(changes)}."
    return f"{on}, no prediction becomes right or wrong."


def _change(row: RowLook) -> str:
    side, other = ("right", "wrong") if row.is_right else ("wrong", "right")
    if row.changes == 1:
        return f"becomes {side} at epoch {row.last_change:,} and stays {side}"
    if row.changes == 2:
        return (
            f"becomes {other} at epoch {row.first_change:,} and {side} again at epoch "
            f"{row.last_change:,}, and stays {side}"
        )
    return (
        f"changes {row.changes:,} times, the last time at epoch {row.last_change:,}, and stays "
        f"{side} from then on"
    )


def _terrain(count: Count) -> str:
    """Write where a run is stuck."""
    curve, gradient = count.curvature, f"The gradient is {count.gradient:.2g}"
    match curve.terrain:
        case "not finite":
            return "The curvature is not finite."
        case "slope":
            return f"{gradient}: {_slope(count.look)}."
        case "flat":
            kind = f"{_too_slightly(count.look)}: a flat place"
        case "valley":
            up = f"up along {_of(curve.positive, curve)}"
            kind = f"{up} and down along none: the floor of a valley"
        case "saddle":
            up = f"up along {curve.positive or 'none'}"
            kind = f"down along {_of(curve.down, curve)} and {up}: a saddle{_not_left(count.look)}"
    return f"{gradient}; the loss curves {kind}.{_left_out(count)}"


def _slope(look: Look) -> str:
    """Write how much the gradient matters, by how the loss really changes."""
    change, until = look.loss_change, f"up to epoch {look.until:,} the loss"
    if look.until == look.since:
        return "a slope"
    if abs(change) <= SMALL:
        return "too large for a place of rest"
    if change < 0:
        return f"a slope; {until} falls by {-100 * change:.3g} %"
    return f"no place of rest; {until} rises by {100 * change:.3g} %"


def _not_left(look: Look) -> str:
    """Say so where training on does not leave a saddle."""
    is_left = look.until == look.since or abs(look.loss_change) > SMALL
    return "" if is_left else f" that it does not leave up to epoch {look.until:,}"


def _of(count: int, curve: Curvature) -> str:
    size = len(curve.eigenvalues)
    return f"{count} of {size} directions" if count < size else f"all {size} directions"


def _left_out(count: Count) -> str:
    """Write which curvature counts for none."""
    curve = count.curvature
    rest = curve.flat - curve.slight
    if not rest or curve.terrain == "flat":
        return ""
    along = "the other" if rest == 1 else f"the other {rest}"
    slightly = _too_slightly(count.look)
    return f" Along {along} it curves by less than {curve.least:.1g}, {slightly}."


def _too_slightly(look: Look) -> str:
    return f"too slightly to matter within {look.until:,} epochs"
