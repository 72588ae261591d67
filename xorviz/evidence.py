"""Evidence: the numbers of a run that a diagnosis rests on."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from xorviz.backprop import Step, open_step
from xorviz.hessian import Curvature, curvature
from xorviz.network import Array
from xorviz.recording import Recording

ROUNDING: Final = 1e-12
"""A change of the loss by less than this part of it may be all rounding."""

NOT_FINITE: Final = "not finite"


@dataclass(frozen=True)
class Evidence:
    """One number: its name, its value or a word for it, and what it means."""

    name: str
    value: float | str
    meaning: str


@dataclass(frozen=True)
class Trend:
    """How the loss ½ Σ error² moved over the last tenth of a run, of ten updates at least.

    Attributes
    ----------
    change
        Relative change per 1,000 epochs.
    rises
        Share of the updates at which it rose.
    peaks
        How often it rose and then fell.
    """

    change: float
    rises: float
    peaks: int


@dataclass(frozen=True)
class Measured:
    """What is measured of a run's last state, and of the way there."""

    recording: Recording
    step: Step
    curvature: Curvature
    trend: Trend

    @property
    def gradient(self) -> float:
        """Length of the gradient."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.linalg.norm(self.step.gradients))


def measure(recording: Recording) -> Measured:
    """Measure a run."""
    config, last = recording.config, recording.parameters[-1]
    return Measured(
        recording,
        open_step(config, last, config.epochs),
        curvature(config, last),
        trend(recording.half_squared_error),
    )


def trend(losses: Array) -> Trend:
    """Tell how the loss moved over the last tenth of its states, shape (epochs + 1,)."""
    updates = len(losses) - 1
    last = losses[-1 - min(updates, max(10, updates // 10)) :]
    with np.errstate(invalid="ignore"):
        moves = np.diff(last)
    moves[np.abs(moves) <= ROUNDING * last[:-1]] = 0.0
    rises = moves > 0
    ups = rises[moves != 0]
    peaks = int((ups[:-1] & ~ups[1:]).sum())
    start, end = float(last[0]), float(last[-1])
    change = 0.0 if start == end else (end - start) / start if start else math.inf
    return Trend(change * 1000 / len(moves), float(rises.mean()), peaks)


def evidence(found: Measured) -> tuple[Evidence, ...]:
    """List the numbers of a run, the same ones for every run."""
    return tuple(
        Evidence(
            name,
            value if isinstance(value, str) or math.isfinite(value) else NOT_FINITE,
            meaning,
        )
        for name, value, meaning in _numbers(found)
    )


def _numbers(found: Measured) -> Iterator[tuple[str, float | str, str]]:
    recording, curve = found.recording, found.curvature
    yield (
        "Mean |error|",
        float(recording.mean_abs_error[-1]),
        "0 when every answer is its target, 0.5 when every answer is 0.5.",
    )
    yield (
        "½ Σ error²",
        float(recording.half_squared_error[-1]),
        "What gradient descent lowers; below 0.125 all four must be right.",
    )
    yield (
        "Trend",
        found.trend.change,
        "Relative change of ½ Σ error² per 1,000 epochs, over the last tenth of the run.",
    )
    yield (
        "Rises",
        found.trend.rises,
        "Share of the last tenth's updates at which ½ Σ error² rose: 0 when the rate is small.",
    )
    yield "Gradient", found.gradient, "Length of the gradient: 0 where nothing moves any more."
    yield (
        "Sharpness",
        curve.sharpness,
        "Learning rate × largest eigenvalue of the Hessian: above 2, steps overshoot ever farther.",
    )
    yield (
        "Curvature",
        f"{curve.negative} down, {curve.flat} flat, {curve.positive} up"
        if curve.eigenvalues.size
        else NOT_FINITE,
        "Directions in which the loss curves; flat ones are too slow for a run of these epochs.",
    )
    yield "Place", curve.place, "What the gradient and the curvature make of the last state."
    yield (
        "Slopes",
        _slopes(found.step),
        "Smallest and largest σ′ of each hidden unit over the four inputs: 0.25 at most.",
    )


def _slopes(step: Step) -> str:
    if not np.isfinite(step.slope_hidden).all():
        return NOT_FINITE
    ranges = zip(step.slope_hidden.min(axis=0), step.slope_hidden.max(axis=0), strict=True)
    return ", ".join(
        f"h{unit} {low:.2g} to {high:.2g}" for unit, (low, high) in enumerate(ranges, 1)
    )
