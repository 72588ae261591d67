"""Causes: why a run is not solved, as training on and smaller steps show it."""

from typing import Final

from xorviz.core.names import LEARNING_RATE
from xorviz.core.numbers import in_full
from xorviz.doctor.evidence import Measured
from xorviz.doctor.finding import Finding
from xorviz.doctor.rate import SAME, SmallSteps

STILL_SMALL: Final = 1.0
"""Steps at a larger learning rate prove nothing where they don't solve a run."""
STABLE: Final = 2
"""Learning rate × largest eigenvalue above which gradient descent overshoots ever farther."""
PEAKS: Final = 3
"""A loss that rises and falls again so often in the last tenth of a run oscillates."""


def too_slow(solved_at: int, epochs: int) -> Finding:
    """Tell that a run of so many epochs is solved by more."""
    more = solved_at - epochs
    return Finding(
        "too slow",
        "The learning rate is small, or the epochs are few: trained on for "
        f"{more:,} more epoch{'' if more == 1 else 's'}, the run is solved. All four predictions "
        f"are right from epoch {solved_at:,} on.",
    )


def of_small_steps(found: Measured, steps: SmallSteps) -> Finding | None:
    """Tell what smaller steps show of a run that more epochs don't solve.

    Nothing, where they are not small and do not solve it either.
    """
    with_steps = (
        f"With steps {steps.factor} times as small, over the same distance ({_size(steps)}),"
    )
    if steps.solved_at is not None:
        solved = f"{with_steps} the same start is solved from epoch {steps.solved_at:,} on."
        return Finding("learning rate too large", f"{solved} {_risen(found)}")
    if steps.config.learning_rate > STILL_SMALL:
        return None
    if not steps.ends_as(found.recording.predictions[-1]):
        elsewhere = f"{with_steps} the same start ends elsewhere, but is not solved either."
        return Finding("learning rate", elsewhere)
    same = f"{with_steps} the same start ends with the same outputs, within {SAME}"
    if found.curvature.place == "valley":
        return Finding("unlucky start", f"{same}: the start leads there, not the rate.")
    small = ", but may be too small" if found.curvature.place == "slope" else ""
    return Finding("learning rate", f"{same}: the rate is not too large{small}.")


def _size(steps: SmallSteps) -> str:
    """How many steps there are, and how long."""
    small = steps.config
    if any(edit.parameter == LEARNING_RATE for edit in small.edits):
        return f"{small.epochs:,} epochs, every learning rate divided by {steps.factor}"
    return f"{small.epochs:,} epochs at the learning rate {in_full(small.learning_rate)}"


def _risen(found: Measured) -> str:
    """How the loss rose under the run's own steps."""
    updates = found.recording.config.epochs
    if not found.risen.size:
        return f"Here none of the {updates:,} updates raised the loss."
    return (
        f"Here the loss rose at {found.risen.size:,} of {updates:,} updates, the last time at "
        f"epoch {found.risen[-1]:,}."
    )


def oscillates(found: Measured) -> bool:
    """Whether the loss goes up and down at the end."""
    peaks, curve = found.trend.peaks, found.curvature
    return curve.place != "not finite" and (
        peaks >= PEAKS or (peaks > 0 and curve.sharpness > STABLE)
    )


def oscillating(found: Measured) -> Finding:
    """Tell of a loss that goes up and down how often it does, and how long the steps are."""
    trend, sharpness = found.trend, found.curvature.sharpness
    return Finding(
        "oscillating",
        f"The loss goes up and down: it rose at {trend.rises:.0%} of the last {trend.updates:,} "
        f"updates. At the end learning rate × largest eigenvalue is {sharpness:.3g}; where it is "
        f"above {STABLE}, steps overshoot.",
    )
