"""Sentences about right and wrong predictions: which are wrong, until when, and why they stay."""

from typing import Final

from xorviz.core.numbers import with_minus
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
    on = f"If training went on to epoch {look.until:,}"
    rows = zip(ROW_NAMES, look.rows, strict=True)
    changes = [f"{name} would {_change(row)}." for name, row in rows if row.changes]
    if changes:
        return f"{on}, the prediction for {' The one for '.join(changes)}"
    wrong = sum(not row.is_right for row in look.rows)
    return f"{on}, the same prediction{'' if wrong == 1 else 's'} would still be wrong."


def _change(row: RowLook) -> str:
    side, other = ("right", "wrong") if row.is_right else ("wrong", "right")
    if row.changes == 1:
        return f"become {side} at epoch {row.last_change:,} and stay {side}"
    if row.changes == 2:
        return (
            f"become {other} at epoch {row.first_change:,} and {side} again at epoch "
            f"{row.last_change:,}, and stay {side}"
        )
    return (
        f"change {row.changes:,} times, the last time at epoch {row.last_change:,}, and stay "
        f"{side} from then on"
    )


def _terrain(count: Count) -> str:
    """Write where a run is stuck."""
    curve, look, gradient = count.curvature, count.look, with_minus(f"{count.gradient:.2g}")
    match curve.terrain:
        case "not finite":
            return "How the loss bends there can't be computed: the numbers are too large."
        case "slope":
            return f"The loss still pulls at the weights (gradient {gradient}){_slope(look)}."
        case "flat":
            kind = f"Around them it bends {_too_little(look)}: the ground is flat."
        case "valley":
            up = _of(curve.positive, curve)
            kind = f"Around them it bends up in {up} and down in none: the floor of a valley."
        case "saddle":
            down, up = _of(curve.down, curve), str(curve.positive or "none")
            kind = f"Around them it bends down in {down} and up in {up}: a saddle.{_not_left(look)}"
    return f"The loss hardly pulls at the weights (gradient {gradient}). {kind}{_left_out(count)}"


def _slope(look: Look) -> str:
    """Write how much the gradient matters, by how the loss really changes."""
    change, until = look.loss_change, f"up to epoch {look.until:,}"
    if look.until == look.since:
        return ": this is a slope"
    if abs(change) <= SMALL:
        return f", but hardly changes {until}"
    if change < 0:
        return f": this is a slope, and {until} the loss falls by {-100 * change:.3g} %"
    return f", but {until} it rises by {100 * change:.3g} %"


def _not_left(look: Look) -> str:
    """Say so where training on does not leave a saddle."""
    is_left = look.until == look.since or abs(look.loss_change) > SMALL
    return "" if is_left else f" Training does not leave it up to epoch {look.until:,}."


def _of(count: int, curve: Curvature) -> str:
    size = len(curve.eigenvalues)
    return f"{count} of {size} directions" if count < size else f"all {size} directions"


def _left_out(count: Count) -> str:
    """Write which curvature counts for none."""
    curve = count.curvature
    rest = curve.flat - curve.slight
    if not rest or curve.terrain == "flat":
        return ""
    others = "the other" if rest == 1 else f"the other {rest}"
    least, little = with_minus(f"{curve.least:.1g}"), _too_little(count.look)
    return f" In {others} it bends by less than {least}, {little}."


def _too_little(look: Look) -> str:
    return f"too little to matter within {look.until:,} epochs"
