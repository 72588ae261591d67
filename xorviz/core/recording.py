"""Recording: a trained run, from which any of its states is restored exactly."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.network import Array, Layers, parameter_count
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import right, target_column

MAX_FRAMES: Final = 240
"""The most states that are recorded: about four seconds of playback."""

PRINT_EVERY: Final = 1000
"""Epochs between two lines that the notebook prints."""


@dataclass(frozen=True)
class _States:
    """States of a run, their losses, and whether their predictions are right."""

    config: TrainConfig
    epochs: NDArray[np.int64]
    parameters: Array
    predictions: Array

    @property
    def mean_abs_error(self) -> Array:
        """Mean absolute error of each state; see `loss`."""
        return mean_abs_error(self.predictions, self._targets, rows=1)

    @property
    def half_squared_error(self) -> Array:
        """Loss of each state, ½ Σ error²; see `loss`."""
        return half_squared_error(self.predictions, self._targets, rows=1)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each prediction of each state is on its target's side of 0.5."""
        return right(self.predictions, self._targets)

    @property
    def _targets(self) -> Array:
        return target_column(self.config.targets).T


class Frames(_States):
    """Those states of a run that the charts show: all recorded ones, or any single one.

    Attributes
    ----------
    config
        The settings of the run.
    epochs
        Numbers of the states, ascending; shape (F,).
    parameters
        Their flat parameters, shape (F, P).
    predictions
        Their predictions, shape (F, 4).
    """


class Recording(_States):
    """A trained run, as immutable arrays; it has the losses of every state 0..epochs.

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

    @property
    def printed_losses(self) -> list[tuple[int, float]]:
        """Epoch and error of each line that the notebook prints; its epoch N is state N - 1."""
        losses = self.mean_abs_error.tolist()
        epochs = range(PRINT_EVERY, self.config.epochs + 1, PRINT_EVERY)
        return [(epoch, losses[epoch - 1]) for epoch in epochs]

    @property
    def halfway(self) -> int:
        """The epoch at which the loss is first halfway between its first and its last value.

        Where the loss goes nowhere, it is the middle of the run. It is never the last epoch.
        """
        losses, epochs = self.half_squared_error, self.config.epochs
        first, last = losses[0], losses[-1]
        with np.errstate(over="ignore", invalid="ignore"):
            middle = (first + last) / 2
        if first == last or not np.isfinite(middle):
            return epochs // 2
        is_past = losses <= middle if last < first else losses >= middle
        return min(int(is_past.argmax()), epochs - 1)

    @property
    def frames(self) -> Frames:
        """The recorded states."""
        return Frames(self.config, self.epochs, self.parameters, self.predictions[self.epochs])

    def frame(self, epoch: int) -> Frames:
        """Any state 0..epochs alone; see `state`."""
        parameters = self.state(epoch)[np.newaxis]
        return Frames(self.config, np.array([epoch]), parameters, self.predictions[[epoch]])

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

    @property
    def final(self) -> Layers:
        """Weights and biases after the last update."""
        return Layers(self.parameters[-1], self.config.hidden_size)


def frame_epochs(config: TrainConfig) -> NDArray[np.int64]:
    """Choose the epochs to record: all, or `MAX_FRAMES` evenly spaced ones and those with edits."""
    count = min(config.epochs + 1, MAX_FRAMES)
    spaced = np.linspace(0, config.epochs, count).round().astype(np.int64)
    return np.union1d(spaced, np.array([edit.epoch for edit in config.edits], dtype=np.int64))


class _Reel:
    """The arrays of a recording while its run is trained."""

    def __init__(self, config: TrainConfig) -> None:
        self.config = config
        self.epochs = frame_epochs(config)
        size = parameter_count(config.hidden_size, config.biases)
        self.parameters = np.empty((len(self.epochs), size))
        self.predictions = np.empty((config.epochs + 1, 4))
        self._frame = 0

    def take(self, epoch: int, parameters: Array) -> None:
        """Keep the state if its epoch is to be recorded."""
        if self._frame < len(self.epochs) and epoch == self.epochs[self._frame]:
            self.parameters[self._frame] = parameters
            self._frame += 1

    def recording(self) -> Recording:
        """Build the recording, once every frame is taken."""
        for array in (self.epochs, self.parameters, self.predictions):
            array.setflags(write=False)
        return Recording(self.config, self.epochs, self.parameters, self.predictions)


def record(config: TrainConfig) -> Recording:
    """Train a run, and record it."""
    trainer, reel = Trainer(config), _Reel(config)
    for epoch in reel.epochs.tolist():
        seen = reel.predictions[trainer.epoch : epoch, :, np.newaxis]
        trainer.run(epoch - trainer.epoch, seen)
        reel.take(epoch, trainer.network.parameters.flat)
    reel.predictions[-1] = trainer.predict()[:, 0]
    return reel.recording()


def record_many(configs: Sequence[TrainConfig]) -> list[Recording]:
    """Train several runs side by side, each to the last bit as `record` does.

    Runs of one architecture are trained as a batch. A run whose architecture no other has
    is trained by itself, which is faster.
    """
    recordings: dict[TrainConfig, Recording] = {}
    alike: dict[tuple[int, bool], list[TrainConfig]] = defaultdict(list)
    for config in dict.fromkeys(configs):
        alike[config.hidden_size, config.biases].append(config)
    for group in alike.values():
        recorded = _record_batch(group) if len(group) > 1 else map(record, group)
        recordings.update(zip(group, recorded, strict=True))
    return [recordings[config] for config in configs]


def _record_batch(configs: Sequence[TrainConfig]) -> list[Recording]:
    reels = [_Reel(config) for config in configs]
    batch, running = Batch(configs), reels
    overflowed: list[_Reel] = []
    for epoch in np.unique(np.concatenate([reel.epochs for reel in reels])).tolist():
        seen, start = np.empty((epoch - batch.epoch, 4, len(running))), batch.epoch
        batch.run(len(seen), seen)
        for network, reel in enumerate(running):
            reel.predictions[start:epoch] = seen[:, :, network]
            reel.take(epoch, batch.parameters[:, network])
        is_over = np.array([reel.config.epochs == epoch for reel in running])
        if is_over.any():
            final = batch.predict()
            for network in np.flatnonzero(is_over).tolist():
                running[network].predictions[epoch] = final[:, network]
                overflowed += [running[network]] if batch.overflowed[network] else []
            batch = batch.only(~is_over)
            running = [reel for reel, over in zip(running, is_over, strict=True) if not over]
    return [record(reel.config) if reel in overflowed else reel.recording() for reel in reels]
