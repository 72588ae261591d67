"""Evidence: the numbers of a run that a diagnosis rests on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

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
    """A run, and everything that was measured and tried about it.

    Attributes
    ----------
    recording
        The run.
    look
        How it goes on with more epochs, where that was tried.
    small_steps
        The run with smaller steps, where that was tried.
    step
        The step from its last state.
    evidence
        The numbers of that state and of the way there.
    """

    recording: Recording
    look: Look | None
    small_steps: SmallSteps | None
    step: Step
    evidence: Evidence


def measure(
    recording: Recording, look: Look | None = None, small_steps: SmallSteps | None = None
) -> Measured:
    """Measure a run, after training it on and taking smaller steps where that was tried."""
    config, last, losses = recording.config, recording.parameters[-1], recording.half_squared_error
    step, epochs = open_step(config, last, config.epochs), look.until if look else config.epochs
    moves_on = look is not None and abs(look.loss_change) > SMALL
    with np.errstate(over="ignore", invalid="ignore"):
        gradient = float(np.linalg.norm(step.gradients))
    evidence = Evidence(
        mean_abs_error=float(recording.mean_abs_error[-1]),
        half_squared_error=float(losses[-1]),
        trend=trend(losses, edited_updates(config)),
        gradient=gradient,
        curvature=curvature(config, last, epochs, moves_on),
        epochs=epochs,
        hidden=tuple((min(unit), max(unit)) for unit in teaching_derivatives(step).T.tolist()),
        output=tuple(step.derivative_output.tolist()),
    )
    return Measured(recording, look, small_steps, step, evidence)


def edited_updates(config: TrainConfig) -> list[int]:
    """The updates into and out of edited states: a weight set by hand changes the loss itself."""
    updates = {edit.epoch - side for edit in config.edits for side in (0, 1)}
    return [update for update in updates if 0 <= update < config.epochs]


def loss_changes(losses: Array, left_out: Sequence[int] = ()) -> Array:
    """The change of the loss by each update, 0 where it may be rounding; shape (epochs,).

    Also 0 is the change by an update that is left out.
    """
    with np.errstate(invalid="ignore"):
        changes = np.diff(losses)
    changes[np.abs(changes) <= ROUNDING * losses[:-1]] = 0.0
    changes[list(left_out)] = 0.0
    return changes


def trend(losses: Array, left_out: Sequence[int] = ()) -> Trend:
    """Tell how the loss moved over the last tenth of its states, shape (epochs + 1,).

    An update that is left out counts for no rise or fall.
    """
    updates = len(losses) - 1
    count = min(updates, max(10, updates // 10))
    changes = loss_changes(losses, left_out)[-count:]
    rises = changes > 0
    ups = rises[changes != 0]
    peaks = int((ups[:-1] & ~ups[1:]).sum())
    start, end = float(losses[-1 - count]), float(losses[-1])
    change = 0.0 if start == end else (end - start) / start if start else math.inf
    return Trend(count, change, float(rises.mean()), peaks)


def teaching_derivatives(step: Step) -> Array:
    """σ′ of the hidden units on the inputs that reach their weights; shape (4 or 3, H).

    A weight's gradient has its input as a factor. Both inputs of row 00 are 0, so that
    row teaches a hidden unit its bias alone, and without biases nothing.
    """
    return step.derivative_hidden if step.config.biases else step.derivative_hidden[1:]
