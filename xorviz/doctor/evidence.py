"""Evidence: the numbers of a run that a diagnosis rests on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.doctor.hessian import SMALL, Curvature, curvature
from xorviz.doctor.look import Look
from xorviz.doctor.rate import SmallSteps
from xorviz.step.step import Step, open_step

ROUNDING: Final = 1e-12
"""A change of the loss by less than this part of it may be all rounding."""


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
class Evidence:
    """The numbers that a diagnosis rests on, the same ones for every run.

    Attributes
    ----------
    mean_abs_error, half_squared_error
        The losses of the last state.
    trend
        How the loss moved at last.
    gradient, curvature
        Length of the last state's gradient, and how the loss curves there.
    epochs
        All epochs that were trained and looked on.
    hidden
        Smallest and largest σ′ of each hidden unit over the inputs that reach its weights.
    output
        σ′ of ŷ on each of the four rows.
    """

    mean_abs_error: float
    half_squared_error: float
    trend: Trend
    gradient: float
    curvature: Curvature
    epochs: int
    hidden: tuple[tuple[float, float], ...]
    output: tuple[float, ...]


@dataclass(frozen=True)
class Measured:
    """What is measured of a run's last state, and of the way there.

    Attributes
    ----------
    recording
        The run.
    look
        What training it on came to, where that was tried.
    small_steps
        What smaller steps came to, where they were tried.
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
    small_steps: SmallSteps | None
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


def measure(
    recording: Recording, look: Look | None = None, small_steps: SmallSteps | None = None
) -> Measured:
    """Measure a run, after training it on and taking smaller steps where that was tried."""
    config, last = recording.config, recording.parameters[-1]
    moves_on = look is not None and abs(look.loss_change) > SMALL
    moves = _moves(recording.half_squared_error)
    moves[_edited(config)] = 0.0
    return Measured(
        recording,
        look,
        small_steps,
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


def evidence(measured: Measured) -> Evidence:
    """Gather the numbers of a run."""
    recording, derivatives = measured.recording, teaching_derivatives(measured.step)
    return Evidence(
        mean_abs_error=float(recording.mean_abs_error[-1]),
        half_squared_error=float(recording.half_squared_error[-1]),
        trend=measured.trend,
        gradient=measured.gradient,
        curvature=measured.curvature,
        epochs=measured.epochs,
        hidden=tuple((min(unit), max(unit)) for unit in derivatives.T.tolist()),
        output=tuple(measured.step.derivative_output.tolist()),
    )


def teaching_derivatives(step: Step) -> Array:
    """σ′ of the hidden units on the inputs that reach their weights; shape (4 or 3, H).

    A weight's gradient has its input as a factor. Both inputs of row 00 are 0, so that
    row teaches a hidden unit its bias alone, and without biases nothing.
    """
    return step.derivative_hidden if step.config.biases else step.derivative_hidden[1:]
