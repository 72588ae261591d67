"""Causes: why a run is not solved, as training on and smaller steps show it."""

from collections.abc import Iterator
from typing import Final

from xorviz.doctor.evidence import Measured
from xorviz.doctor.finding import Oscillating, RateTooLarge, StuckAnyhow, TooSlow

STILL_SMALL: Final = 1.0
"""Steps at a larger learning rate prove nothing where they don't solve a run."""
STABLE: Final = 2
"""Learning rate × largest eigenvalue above which gradient descent overshoots ever farther."""
PEAKS: Final = 3
"""A loss that rises and falls again so often in the last tenth of a run oscillates."""


def too_slow(measured: Measured) -> Iterator[TooSlow]:
    """Find that more epochs solve the run."""
    if measured.look and measured.look.solved_at is not None:
        yield TooSlow(measured.recording.config.epochs, measured.look.solved_at)


def rate_too_large(measured: Measured) -> Iterator[RateTooLarge]:
    """Find that smaller steps solve the run."""
    steps, risen = measured.small_steps, measured.risen.tolist()
    if steps and steps.solved_at is not None:
        last = risen[-1] if risen else None
        yield RateTooLarge(steps, measured.recording.config.epochs, len(risen), last)


def stuck_anyhow(measured: Measured) -> Iterator[StuckAnyhow]:
    """Find where steps that are small lead, if they don't solve the run."""
    steps = measured.small_steps
    if steps and steps.solved_at is None and steps.config.learning_rate <= STILL_SMALL:
        is_same = steps.ends_as(measured.recording.predictions[-1])
        yield StuckAnyhow(steps, is_same, measured.curvature.terrain)


def oscillating(measured: Measured) -> Iterator[Oscillating]:
    """Find that the loss goes up and down at the end."""
    trend, curve = measured.trend, measured.curvature
    if curve.terrain == "not finite":
        return
    if trend.peaks >= PEAKS or (trend.peaks > 0 and curve.sharpness > STABLE):
        yield Oscillating(trend.rises, trend.updates, curve.sharpness)
