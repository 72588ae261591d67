"""Causes: why a run is not solved, as training on and smaller steps show it."""

from typing import Final

from xorviz.doctor.evidence import Measured
from xorviz.doctor.finding import Finding
from xorviz.doctor.rate import SmallSteps

STABLE: Final = 2
"""Learning rate × largest eigenvalue above which gradient descent overshoots ever farther."""
PEAKS: Final = 3
"""A loss that rises and falls again so often in the last tenth of a run oscillates."""


def too_slow(solved_from: int, epochs: int) -> Finding:
    """Tell that a run of so many epochs is solved by more."""
    more = solved_from - epochs
    return Finding(
        "too slow",
        "The learning rate is small, or the epochs are few: trained on for "
        f"{more:,} more epoch{'' if more == 1 else 's'}, the run is solved. All four predictions "
        f"are right from epoch {solved_from:,} on.",
    )


def of_small_steps(found: Measured, steps: SmallSteps) -> Finding:
    """Tell what smaller steps show of a run that more epochs don't solve."""
    small = steps.config
    over = (
        f"steps {steps.factor} times as small, over the same distance ({small.epochs:,} epochs at "
        f"the learning rate {small.learning_rate:.3g}),"
    )
    if steps.solved_from is not None:
        solved = f"With {over} the same start is solved from epoch {steps.solved_from:,} on."
        return Finding("learning rate too large", solved + _risen(found))
    if not steps.ends_as(found.recording.predictions[-1]):
        elsewhere = f"With {over} the same start ends elsewhere, but is not solved either."
        return Finding("smaller steps", elsewhere)
    same = f"With {over} the same start ends in the same place"
    if found.curvature.place == "valley":
        return Finding("unlucky start", f"{same}: the start leads there, not the rate.")
    return Finding("smaller steps", f"{same}: the learning rate is not too large.")


def _risen(found: Measured) -> str:
    if not found.risen.size:
        return ""
    updates = found.recording.config.epochs
    return (
        f" Here the loss rose at {found.risen.size:,} of {updates:,} updates, the last time at "
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
    sharpness = found.curvature.sharpness
    if sharpness > STABLE:
        bound = f"above the {STABLE} up to which steps are stable"
    else:
        bound = f"below the {STABLE} up to which steps are stable, but not all along"
    return Finding(
        "oscillating",
        f"The loss goes up and down: it rose at {found.trend.rises:.0%} of the last updates. At "
        f"the end rate × largest eigenvalue is {sharpness:.3g}, {bound}.",
    )
