"""Step: one training step laid open, with every number between the old weights and the new."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.frames import Frames
from xorviz.core.names import parameter_names, unit_names
from xorviz.core.network import Array, Layers, forward_pass, sigmoid
from xorviz.core.recording import Recording
from xorviz.core.truth_table import INPUTS, target_column
from xorviz.step.program import lay_open


@dataclass(frozen=True)
class Step:
    """Every number between one state and the next, for each row and for their sum.

    Arrays of the hidden units have shape (4, H), those of the output (4,).

    Attributes
    ----------
    config, epoch
        The run, and the number of the state that the step starts from.
    old, new
        Flat parameters before and after, shape (P,); see `network.Layers`.
    z_hidden, z_output
        Pre-activations.
    hidden, output
        Activations.
    derivative_hidden, derivative_output
        σ′(z) of each unit.
    error
        ∂E/∂ŷ = ŷ - t.
    delta_hidden, delta_output
        ∂E/∂z of each unit.
    row_gradients
        The part of the gradients that each row contributes, shape (4, P).
    gradients
        ∂E/∂w of E = ½ Σ (ŷ - t)², as the trainer sums it over the rows, shape (P,).
    updates
        The change of the parameters: -learning_rate · gradients.
    by_right_lines
        The numbers that the right loop's lines make of the program's own numbers before each, for
        a run with a mistake; None for any other run. Where they differ, its line is another.
    """

    config: TrainConfig
    epoch: int
    old: Array
    z_hidden: Array
    hidden: Array
    derivative_hidden: Array
    z_output: Array
    output: Array
    derivative_output: Array
    error: Array
    delta_output: Array
    delta_hidden: Array
    row_gradients: Array
    gradients: Array
    updates: Array
    new: Array
    by_right_lines: "Step | None" = None

    @property
    def right(self) -> "Step":
        """The numbers that the right loop's lines make of this step's numbers before each."""
        return self.by_right_lines or self

    @property
    def names(self) -> list[str]:
        """Name of every parameter, in the order of `old`."""
        return parameter_names(self.config.hidden_size, self.config.biases)

    @property
    def units(self) -> list[str]:
        """Name of every hidden unit."""
        return unit_names(self.config.hidden_size)

    @property
    def layers(self) -> Layers:
        """The old parameters by layer."""
        return Layers(self.old, self.config.hidden_size)

    @property
    def learning_rate(self) -> float:
        """The factor of the gradients in this update."""
        return self.config.learning_rate_at(self.epoch)

    @property
    def table(self) -> Array:
        """By parameter: old value, each row's part of the gradient, gradient, update, new value.

        Its shape is (P, 8).
        """
        return np.column_stack(
            [self.old, self.row_gradients.T, self.gradients, self.updates, self.new]
        )

    @property
    def is_finite(self) -> bool:
        """Whether every number of the step is finite."""
        arrays = (self.z_hidden, self.z_output, self.row_gradients, self.new)
        return all(bool(np.isfinite(array).all()) for array in arrays)


def step_at(recording: Recording, epoch: int) -> Step:
    """Work out the step that a run makes from its state at an epoch."""
    (step,) = steps(recording.at([epoch]))
    return step


def steps(frames: Frames) -> list[Step]:
    """Work out the steps that a run makes from these states."""
    kept = [None] * len(frames.epochs) if frames.kept is None else frames.kept
    states = zip(frames.parameters, frames.epochs.tolist(), kept, strict=True)
    return [open_step(frames.config, *state) for state in states]


def open_step(config: TrainConfig, old: Array, epoch: int, kept: Array | None = None) -> Step:
    """Work out the step that a trainer makes from this state, to the same bits.

    The formulas and their source are those of `Network.forward` and `Network.backward`. The
    arithmetic of `backward` is written anew, as the network reuses its memory, and every
    number is kept here.

    Parameters
    ----------
    config
        The run.
    old
        Flat parameters of the state, shape (P,).
    epoch
        The state's number.
    kept
        The gradients that a run's mistake has kept up to this state; 0 if none.
    """
    if config.mistake:
        return _mistaken(config, old, epoch, kept)
    weights_output = Layers(old, config.hidden_size).weights_output
    z_hidden, hidden, z_output, output = forward_pass(old, config.hidden_size)
    with np.errstate(over="ignore", invalid="ignore"):
        derivative_hidden, derivative_output = hidden * (1 - hidden), output * (1 - output)
        error = output - target_column(config.targets)
        delta_output = error * derivative_output
        delta_hidden = delta_output @ weights_output.T * derivative_hidden

        deltas = hidden, delta_hidden, delta_output
        gradients = _summed(*deltas, config.biases)
        row_gradients = _by_row(*deltas, config.biases)
        change = gradients * config.learning_rate_at(epoch)
        new = old - change
    return Step(
        config=config,
        epoch=epoch,
        old=old,
        z_hidden=z_hidden,
        hidden=hidden,
        derivative_hidden=derivative_hidden,
        z_output=z_output[:, 0],
        output=output[:, 0],
        derivative_output=derivative_output[:, 0],
        error=error[:, 0],
        delta_output=delta_output[:, 0],
        delta_hidden=delta_hidden,
        row_gradients=row_gradients,
        gradients=gradients,
        updates=-change,
        new=new,
    )


def _mistaken(config: TrainConfig, old: Array, epoch: int, kept: Array | None) -> Step:
    """Work out the step of a run with a mistake, and line by line what would have been right."""
    made = lay_open(config, old, epoch, kept)
    with np.errstate(over="ignore", invalid="ignore"):
        known: dict[str, Any] = {
            "config": config,
            "epoch": epoch,
            "old": old,
            "derivative_hidden": made.hidden * (1 - made.hidden),
            "derivative_output": made.output * (1 - made.output),
        }
        onward = np.outer(made.delta_output, Layers(old, config.hidden_size).weights_output)
        deltas = made.hidden, made.delta_hidden, made.delta_output[:, np.newaxis]
        change = made.gradients * config.learning_rate_at(epoch)
        right = made._replace(
            hidden=sigmoid(made.z_hidden),
            output=sigmoid(made.z_output),
            error=made.output - target_column(config.targets)[:, 0],
            delta_output=made.error * known["derivative_output"],
            delta_hidden=onward * known["derivative_hidden"],
            row_gradients=_by_row(*deltas, config.biases),
            gradients=_summed(*deltas, config.biases),
            updates=-change,
            new=old - change,
        )
    by_right_lines = Step(**known, **right._asdict())
    return Step(**known, **made._asdict(), by_right_lines=by_right_lines)


def _summed(hidden: Array, delta_hidden: Array, delta_output: Array, biases: bool) -> Array:
    """The gradients, as the trainer sums them over the rows; shape (P,)."""
    gradients = _flat(INPUTS.T @ delta_hidden, hidden.T @ delta_output)
    if biases:
        return _flat(gradients, delta_hidden.sum(axis=0), delta_output.sum(axis=0))
    return gradients


def _by_row(hidden: Array, delta_hidden: Array, delta_output: Array, biases: bool) -> Array:
    """The part of the gradients that each row contributes, shape (4, P)."""
    rows = [
        _flat(np.outer(x, d), h * e)
        for x, d, h, e in zip(INPUTS, delta_hidden, hidden, delta_output, strict=True)
    ]
    return np.hstack([rows, delta_hidden, delta_output]) if biases else np.array(rows)


def _flat(*arrays: Array) -> Array:
    return np.concatenate([array.ravel() for array in arrays])
