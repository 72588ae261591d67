"""Outcome: how the last state's predictions are, and what becomes of them with more epochs."""

from collections.abc import Iterator

import numpy as np

from xorviz.core.truth_table import ROW_NAMES
from xorviz.core.verdict import on_plateau
from xorviz.doctor.evidence import Measured
from xorviz.doctor.finding import Count, Plateau, WrongOutput


def plateau(measured: Measured) -> Iterator[Plateau]:
    """Find that all four outputs are near 0.5."""
    outputs, right = measured.recording.predictions[-1], measured.recording.right[-1]
    if on_plateau(outputs):
        yield Plateau(float(outputs.min()), float(outputs.max()), bool(right.all()))


def count(measured: Measured) -> Iterator[Count]:
    """Find which predictions are wrong, and whether that changes."""
    recording = measured.recording
    outputs, targets = recording.predictions[-1].tolist(), recording.config.targets
    wrong = tuple(
        WrongOutput(ROW_NAMES[row], outputs[row], targets[row])
        for row in np.flatnonzero(~recording.right[-1])
    )
    if measured.look:
        yield Count(wrong, measured.look, measured.gradient, measured.curvature)
