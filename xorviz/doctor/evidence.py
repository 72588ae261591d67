"""Evidence: the numbers of a run that a diagnosis rests on."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.numbers import NOT_FINITE
from xorviz.core.recording import Recording
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.hessian import SMALL, Curvature, curvature
from xorviz.doctor.look import Look
from xorviz.step.step import Step, open_step

ROUNDING: Final = 1e-12
"""A change of the loss by less than this part of it may be all rounding."""


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
    updates
        How many updates these are.
    change
        Relative change over them.
    rises
        Share of the updates at which it rose.
    peaks
        How often it rose and then fell.
    """

    updates: int
    change: float
    rises: float
    peaks: int


@dataclass(frozen=True)
class Measured:
    """What is measured of a run's last state, and of the way there.

    Attributes
    ----------
    recording
        The run.
    look
        What training it on came to, where that was tried.
    step, curvature
        Those of its last state.
    trend
        How the loss moved at last.
    risen
        The states, ascending, that have a larger loss than the one before; without those
        right at an edit.
    """

    recording: Recording
    look: Look | None
    step: Step
    curvature: Curvature
    trend: Trend
    risen: NDArray[np.int64]

    @property
    def epochs(self) -> int:
        """All epochs that were trained and looked on."""
        return self.look.until if self.look else self.recording.config.epochs

    @property
    def gradient(self) -> float:
        """Length of the gradient."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.linalg.norm(self.step.gradients))


def measure(recording: Recording, look: Look | None = None) -> Measured:
    """Measure a run, after training it on where that was tried."""
    config, last = recording.config, recording.parameters[-1]
    moves_on = look is not None and abs(look.loss_change) > SMALL
    moves = _moves(recording.half_squared_error)
    moves[_edited(config)] = 0.0
    return Measured(
        recording,
        look,
        open_step(config, last, config.epochs),
        curvature(config, last, look.until if look else None, moves_on),
        trend(recording.half_squared_error, _edited(config)),
        np.flatnonzero(moves > 0) + 1,
    )


def _moves(losses: Array) -> Array:
    """How much each update moves the loss, 0 where that may be rounding; shape (epochs,)."""
    with np.errstate(invalid="ignore"):
        moves = np.diff(losses)
    moves[np.abs(moves) <= ROUNDING * losses[:-1]] = 0.0
    return moves


def _edited(config: TrainConfig) -> list[int]:
    """The updates into and out of edited states: a weight set by hand moves the loss itself."""
    updates = {edit.epoch - side for edit in config.edits for side in (0, 1)}
    return [update for update in updates if 0 <= update < config.epochs]


def trend(losses: Array, edited: Sequence[int] = ()) -> Trend:
    """Tell how the loss moved over the last tenth of its states, shape (epochs + 1,).

    Where these updates moved it, that is no rise or fall of its own.
    """
    updates = len(losses) - 1
    count = min(updates, max(10, updates // 10))
    last = losses[-1 - count :]
    moves = _moves(losses)
    moves[list(edited)] = 0.0
    moves = moves[-count:]
    rises = moves > 0
    ups = rises[moves != 0]
    peaks = int((ups[:-1] & ~ups[1:]).sum())
    start, end = float(last[0]), float(last[-1])
    change = 0.0 if start == end else (end - start) / start if start else math.inf
    return Trend(count, change, float(rises.mean()), peaks)


def evidence(found: Measured) -> tuple[Evidence, ...]:
    """List the numbers of a run, the same ones for every run."""
    return tuple(
        Evidence(
            name,
            value if isinstance(value, str) or math.isfinite(value) else NOT_FINITE,
            meaning,
        )
        for name, value, meaning in (*_of_the_loss(found), *_of_the_place(found))
    )


def _of_the_loss(found: Measured) -> Iterator[tuple[str, float | str, str]]:
    recording = found.recording
    yield (
        "Mean |error|",
        float(recording.mean_abs_error[-1]),
        "0 when every prediction is its target, 0.5 when every one is 0.5.",
    )
    yield (
        "½ Σ error²",
        float(recording.half_squared_error[-1]),
        "What gradient descent lowers; below 0.125 all four must be right.",
    )
    yield (
        "Trend",
        found.trend.change,
        f"Relative change of ½ Σ error² over the last updates, {found.trend.updates:,} in all.",
    )
    yield (
        "Rises",
        found.trend.rises,
        "Share of these updates at which ½ Σ error² rose: 0 when the rate is small.",
    )


def _of_the_place(found: Measured) -> Iterator[tuple[str, float | str, str]]:
    curve = found.curvature
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
        "Directions along which the loss curves; flat: too slightly to matter within "
        f"{found.epochs:,} epochs.",
    )
    yield "Place", curve.place, "What the gradient and the curvature make of the last state."
    yield (
        "Slopes",
        _slopes(found.step),
        "Smallest and largest σ′ of each hidden unit over the inputs that reach its weights: 0.25 "
        "at most.",
    )
    yield (
        "Output slopes",
        _output_slopes(found.step),
        "σ′ of ŷ on each input: where it is near 0, hardly any error comes back.",
    )


def _slopes(step: Step) -> str:
    slopes = teaching_slopes(step)
    if not np.isfinite(slopes).all():
        return NOT_FINITE
    ranges = zip(slopes.min(axis=0), slopes.max(axis=0), strict=True)
    return ", ".join(
        f"h{unit} {low:.2g} to {high:.2g}" for unit, (low, high) in enumerate(ranges, 1)
    )


def teaching_slopes(step: Step) -> Array:
    """σ′ of the hidden units on the inputs that reach their weights; shape (4 or 3, H).

    A weight's gradient has its input as a factor. Both inputs of row 00 are 0, so that
    row teaches a hidden unit its bias alone, and without biases nothing.
    """
    return step.derivative_hidden if step.config.biases else step.derivative_hidden[1:]


def _output_slopes(step: Step) -> str:
    if not np.isfinite(step.derivative_output).all():
        return NOT_FINITE
    return ", ".join(
        f"{row} {slope:.2g}" for row, slope in zip(ROW_NAMES, step.derivative_output, strict=True)
    )
