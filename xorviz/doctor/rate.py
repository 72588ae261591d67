"""Rate: whether the learning rate is too large, by how the loss rose."""

from typing import Final

from xorviz.doctor.evidence import Measured
from xorviz.doctor.forecast import Outlook

STABLE: Final = 2
"""Learning rate × largest eigenvalue above which gradient descent overshoots ever farther."""
PEAKS: Final = 3
"""A loss that rises and falls again so often in the last tenth of a run oscillates."""
RISES: Final = 20
"""A rate is too large for an unsolved run whose loss rose at so many updates."""


def too_large(found: Measured, outlook: Outlook | None) -> str:
    """Tell that the learning rate is too large; empty where nothing shows it.

    Two things show it: a loss that oscillates at the end; or one that rose often in a run
    that is neither solved nor impossible, which are the runs that have an outlook.
    """
    if _oscillates(found):
        return _oscillating(found)
    if outlook and found.risen.size >= RISES:
        return _oscillated(found, outlook)
    return ""


def _oscillates(found: Measured) -> bool:
    peaks, curve = found.trend.peaks, found.curvature
    return curve.place != "not finite" and (
        peaks >= PEAKS or (peaks > 0 and curve.sharpness > STABLE)
    )


def _oscillating(found: Measured) -> str:
    sharpness = found.curvature.sharpness
    if sharpness > STABLE:
        bound = f"above the {STABLE} up to which steps are stable"
    else:
        bound = f"below the {STABLE} up to which steps are stable, but not all along"
    return (
        f"The learning rate is too large: the loss rose at {found.trend.rises:.0%} of the last "
        f"updates. At the end rate × largest eigenvalue is {sharpness:.3g}, {bound}."
    )


def _oscillated(found: Measured, outlook: Outlook) -> str:
    epochs, last = found.recording.config.epochs, found.risen[-1]
    stuck = outlook.solved_from is None
    return (
        f"The learning rate is too large: the loss rose at {found.risen.size:,} of {epochs:,} "
        f"updates, last at epoch {last:,}."
        + (" Steps so long left the network where it is stuck." if stuck else "")
    )
