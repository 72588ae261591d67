"""Recording: what was seen of a run, and any state in between."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, Layers
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import target_column

MAX_FRAMES: Final = 240
"""Recorded states at most: about four seconds of playback."""

PRINT_EVERY: Final = 1000
"""The notebook prints the loss every so many epochs."""


@dataclass(frozen=True)
class Recording:
    """A trained run, as immutable arrays.

    Attributes
    ----------
    config
        The settings it was trained with.
    epochs
        Numbers of the recorded states, ascending, first and last always in; shape (F,).
    parameters
        Flat parameters of the recorded states, shape (F, P).
    predictions
        Predictions of every state 0..epochs, shape (epochs + 1, 4).
    """

    config: TrainConfig
    epochs: NDArray[np.int64]
    parameters: Array
    predictions: Array

    @property
    def mean_abs_error(self) -> Array:
        """Mean |target - prediction| of every state, which the notebook prints as "Loss"."""
        losses: Array = np.mean(np.abs(self._errors), axis=1)
        return losses

    @property
    def half_squared_error(self) -> Array:
        """½ Σ (target - prediction)² of every state, which gradient descent lowers."""
        losses: Array = 0.5 * np.sum(self._errors**2, axis=1)
        return losses

    @property
    def printed_losses(self) -> list[tuple[int, float]]:
        """What the notebook prints: at its epoch N the loss before update N, of state N - 1."""
        losses = self.mean_abs_error.tolist()
        epochs = range(PRINT_EVERY, self.config.epochs + 1, PRINT_EVERY)
        return [(epoch, losses[epoch - 1]) for epoch in epochs]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each prediction of every state is on its target's side of 0.5."""
        targets = target_column(self.config.targets).T
        return np.where(targets > 0.5, self.predictions > 0.5, self.predictions < 0.5)

    @property
    def _errors(self) -> Array:
        return target_column(self.config.targets).T - self.predictions

    def state(self, epoch: int) -> Array:
        """Flat parameters of any state 0..epochs, to the last bit.

        Steps on from the nearest recorded state before it.

        Raises
        ------
        IndexError
            Where the run has no such state.
        """
        if not 0 <= epoch <= self.config.epochs:
            raise IndexError(f"state {epoch} is not in 0..{self.config.epochs}")
        nearest = int(np.searchsorted(self.epochs, epoch, side="right")) - 1
        start = int(self.epochs[nearest])
        trainer = Trainer(self.config, self.parameters[nearest], start)
        trainer.run(epoch - start)
        return trainer.parameters

    def at(self, epoch: int) -> "Recording":
        """The same run with that state as its only recorded one; as `state` otherwise."""
        return replace(self, epochs=np.array([epoch]), parameters=self.state(epoch)[np.newaxis])

    @property
    def final(self) -> Layers:
        """Weights and biases after the last update."""
        return Layers(self.parameters[-1], self.config.hidden_size)


def frame_epochs(config: TrainConfig) -> NDArray[np.int64]:
    """Choose the states to record: every one, or `MAX_FRAMES` evenly spaced ones and the edited."""
    count = min(config.epochs + 1, MAX_FRAMES)
    spaced = np.linspace(0, config.epochs, count).round().astype(np.int64)
    return np.union1d(spaced, np.array([edit.epoch for edit in config.edits], dtype=np.int64))


def record(config: TrainConfig) -> Recording:
    """Train a run and keep what there is to see of it."""
    trainer = Trainer(config)
    epochs = frame_epochs(config)
    parameters = np.empty((len(epochs), trainer.parameters.size))
    predictions = np.empty((config.epochs + 1, 4, 1))
    for frame, epoch in enumerate(epochs):
        trainer.run(epoch - trainer.epoch, predictions[trainer.epoch : epoch])
        parameters[frame] = trainer.network.parameters.flat
    predictions[-1] = trainer.predict()
    for array in (epochs, parameters, predictions):
        array.setflags(write=False)
    return Recording(config, epochs, parameters, predictions.reshape(-1, 4))
