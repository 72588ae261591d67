"""Descent: how many updates gradient descent needs from a state to get to a loss."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.hand import descending
from xorviz.core.loss import half_squared_error
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import target_column

MOST_UPDATES: Final = 50_000
"""The updates after which gradient descent is taken not to get there: as many as a run may have."""


class Descent(NamedTuple):
    """Gradient descent from a state on.

    Attributes
    ----------
    config
        Its settings, as `hand.descending` gives them.
    parameters
        The state's flat parameters.
    """

    config: TrainConfig
    parameters: tuple[float, ...]


def descent(config: TrainConfig, state: Array, epoch: int) -> Descent:
    """Gradient descent from a state of a run on."""
    return Descent(descending(config, epoch), tuple(state.tolist()))


def descend(starts: Sequence[Descent]) -> Iterator[Array]:
    """Yield for each start the losses after 0, 1, … `MOST_UPDATES` updates."""
    for config, parameters in starts:
        predictions = np.empty((MOST_UPDATES + 1, 4, 1))
        Trainer(config, np.array(parameters)).run(len(predictions), predictions)
        yield half_squared_error(predictions[..., 0], target_column(config.targets).T, rows=1)


def known_losses(recording: Recording, epoch: int) -> Array:
    """The losses after 0, 1, … updates from a state, as far as its run goes on by them alone.

    A run with a mistake does so for no update.
    """
    edited = [edit.epoch for edit in recording.config.edits if edit.epoch > epoch]
    edited += [epoch + 1] if recording.config.mistake else []
    losses: Array = recording.half_squared_error[epoch : min(edited, default=None)]
    return losses


def updates_needed(losses: Array, loss: float) -> int | None:
    """The first number of updates after which the loss is no higher; None where there is none."""
    reached = np.flatnonzero(losses <= loss)
    return int(reached[0]) if reached.size else None
