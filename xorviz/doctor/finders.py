"""Finders: facts about a run's predictions, its loss and its learning rate."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from xorviz.core.truth_table import ROW_NAMES
from xorviz.core.verdict import on_plateau
from xorviz.doctor import findings
from xorviz.doctor.evidence import Measured, edited_updates, loss_changes

STILL_SMALL: Final = 1.0
"""Steps at a larger learning rate prove nothing where they don't solve a run."""
STABLE: Final = 2
"""Learning rate × largest eigenvalue above which gradient descent overshoots ever farther."""
PEAKS: Final = 3
"""A loss that rises and falls again so often in the last tenth of a run oscillates."""


def too_slow(measured: Measured) -> Iterator[findings.TooSlow]:
    """Find that more epochs solve the run."""
    if measured.look and measured.look.solved_at is not None:
        yield findings.TooSlow(measured.recording.config.epochs, measured.look.solved_at)


def rate_too_large(measured: Measured) -> Iterator[findings.RateTooLarge]:
    """Find that smaller steps solve the run."""
    steps, config = measured.small_steps, measured.recording.config
    if steps and steps.solved_at is not None:
        changes = loss_changes(measured.recording.half_squared_error, edited_updates(config))
        risen = (np.flatnonzero(changes > 0) + 1).tolist()
        yield findings.RateTooLarge(steps, config.epochs, len(risen), risen[-1] if risen else None)


def stuck_anyhow(measured: Measured) -> Iterator[findings.StuckAnyhow]:
    """Find where steps that are small lead, if they don't solve the run."""
    steps = measured.small_steps
    if steps and steps.solved_at is None and steps.config.learning_rate <= STILL_SMALL:
        is_same = steps.ends_as(measured.recording.predictions[-1])
        yield findings.StuckAnyhow(steps, is_same, measured.evidence.curvature.terrain)


def plateau(measured: Measured) -> Iterator[findings.Plateau]:
    """Find that all four outputs are near 0.5."""
    outputs, right = measured.recording.predictions[-1], measured.recording.right[-1]
    if on_plateau(outputs):
        yield findings.Plateau(float(outputs.min()), float(outputs.max()), bool(right.all()))


def count(measured: Measured) -> Iterator[findings.Count]:
    """Find which predictions are wrong, and whether that changes."""
    recording, numbers = measured.recording, measured.evidence
    outputs, targets = recording.predictions[-1].tolist(), recording.config.targets
    wrong = tuple(
        findings.WrongOutput(ROW_NAMES[row], outputs[row], targets[row])
        for row in np.flatnonzero(~recording.right[-1])
    )
    if measured.look:
        yield findings.Count(wrong, measured.look, numbers.gradient, numbers.curvature)


def oscillating(measured: Measured) -> Iterator[findings.Oscillating]:
    """Find that the loss goes up and down at the end."""
    trend, curve = measured.evidence.trend, measured.evidence.curvature
    if curve.terrain == "not finite":
        return
    if trend.peaks >= PEAKS or (trend.peaks > 0 and curve.sharpness > STABLE):
        yield findings.Oscillating(trend.rises, trend.updates, curve.sharpness)
