"""Recording: a trained run, from which any of its states is restored exactly."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.network import Array, Layers, parameter_count
from xorviz.core.pace import candidate_epochs, choose, playing_times
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import right, target_column

MAX_FRAMES: Final = 240
"""The most states that are recorded, besides those with edits: ten seconds of playback."""

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


@dataclass(frozen=True)
class Frames(_States):
    """Those states of a run that the charts show: all recorded ones, or some others.

    Attributes
    ----------
    config
        The settings of the run.
    epochs
        Numbers of the states; shape (F,).
    parameters
        Their flat parameters, shape (F, P).
    predictions
        Their predictions, shape (F, 4).
    kept
        The gradients that a mistake has kept up to each state, shape (F, P); None where it keeps
        none.
    """

    kept: Array | None = None

    def every(self, count: int) -> "Frames":
        """The first of these states, and every so many after it."""
        piece = slice(None, None, count)
        kept = None if self.kept is None else self.kept[piece]
        states = self.epochs[piece], self.parameters[piece], self.predictions[piece]
        return Frames(self.config, *states, kept)


@dataclass(frozen=True)
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
    times
        When playback reaches each recorded state, as a share of its time; see `playing_times`.
        Shape (F,).
    kept
        The gradients that a mistake has kept up to each recorded state, shape (F, P); None
        where it keeps none.
    """

    times: Array
    kept: Array | None = None

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
        predictions = self.predictions[self.epochs]
        return Frames(self.config, self.epochs, self.parameters, predictions, self.kept)

    def around(self, epoch: int, reach: int = 0) -> Frames:
        """The states from `reach` epochs before an epoch to as many after it; see `state`."""
        epochs = np.arange(max(epoch - reach, 0), min(epoch + reach, self.config.epochs) + 1)
        trainer = self._trainer(int(epochs[0]))
        parameters = np.empty((len(epochs), self.parameters.shape[1]))
        kept = None if trainer.kept is None else np.empty_like(parameters)
        for index, state in enumerate(parameters):
            state[:] = trainer.parameters
            if kept is not None:
                kept[index] = trainer.kept
            trainer.run(1)
        return Frames(self.config, epochs, parameters, self.predictions[epochs], kept)

    def at(self, epochs: Sequence[int]) -> Frames:
        """The states of these epochs, in their order; see `state`."""
        trainers = [self._trainer(epoch) for epoch in epochs]
        parameters = np.array([trainer.parameters for trainer in trainers])
        kept = [trainer.kept for trainer in trainers if trainer.kept is not None]
        predictions = self.predictions[[*epochs]]
        gradients = np.array(kept) if kept else None
        return Frames(self.config, np.array(epochs), parameters, predictions, gradients)

    def state(self, epoch: int) -> Array:
        """Flat parameters of any state 0..epochs, to the last bit.

        Raises
        ------
        IndexError
            Where the run has no such state.
        """
        return self._trainer(epoch).parameters

    def _trainer(self, epoch: int) -> Trainer:
        """A trainer in this state, which it reaches from the nearest recorded one before."""
        if not 0 <= epoch <= self.config.epochs:
            raise IndexError(f"state {epoch} is not in 0..{self.config.epochs}")
        nearest = int(np.searchsorted(self.epochs, epoch, side="right")) - 1
        start = int(self.epochs[nearest])
        kept = None if self.kept is None else self.kept[nearest]
        trainer = Trainer(self.config, self.parameters[nearest], start, kept)
        trainer.run(epoch - start)
        return trainer

    @property
    def final(self) -> Layers:
        """Weights and biases after the last update."""
        return Layers(self.parameters[-1], self.config.hidden_size)


def record(config: TrainConfig) -> Recording:
    """Train a run, and record it."""
    trainer, epochs = Trainer(config), _candidates(config)
    states = np.empty((len(epochs), parameter_count(config.hidden_size, config.biases)))
    predictions = np.empty((config.epochs + 1, 4))
    kept = None if trainer.kept is None else np.empty_like(states)
    for frame, epoch in enumerate(epochs.tolist()):
        trainer.run(epoch - trainer.epoch, predictions[trainer.epoch : epoch, :, np.newaxis])
        states[frame] = trainer.network.parameters.flat
        if kept is not None:
            kept[frame] = trainer.kept
    predictions[-1] = trainer.predict()[:, 0]
    return _choose_frames(config, epochs, states, predictions, kept)


def _candidates(config: TrainConfig) -> NDArray[np.int64]:
    """The states that may be recorded; those with edits always are."""
    return np.union1d(candidate_epochs(config.epochs), _edited(config))


def _edited(config: TrainConfig) -> NDArray[np.int64]:
    """The epochs with edits."""
    return np.array([edit.epoch for edit in config.edits], dtype=np.int64)


def _choose_frames(
    config: TrainConfig,
    epochs: NDArray[np.int64],
    states: Array,
    predictions: Array,
    kept: Array | None = None,
) -> Recording:
    """Build a recording of the frames that are chosen from a run's candidates."""
    times = playing_times(epochs, states, predictions[epochs])
    chosen = choose(times, min(MAX_FRAMES, len(times)))
    frames = np.union1d(chosen, np.searchsorted(epochs, _edited(config)))
    gradients = None if kept is None else kept[frames]
    arrays = (epochs[frames], states[frames], predictions, times[frames])
    for array in (*arrays, gradients):
        if array is not None:
            array.setflags(write=False)
    return Recording(config, *arrays, gradients)


def record_many(configs: Sequence[TrainConfig]) -> list[Recording]:
    """Train several runs side by side, each to the last bit as `record` does.

    Runs of one architecture are trained as a batch. A run whose architecture no other has
    is trained by itself, which is faster. So is one with a mistake.
    """
    recordings: dict[TrainConfig, Recording] = {}
    alike: dict[tuple[int, bool, bool], list[TrainConfig]] = defaultdict(list)
    for config in dict.fromkeys(configs):
        alike[config.hidden_size, config.biases, bool(config.mistake)].append(config)
    for (*_, mistaken), group in alike.items():
        by_batch = len(group) > 1 and not mistaken
        recorded = _record_batch(group) if by_batch else map(record, group)
        recordings.update(zip(group, recorded, strict=True))
    return [recordings[config] for config in configs]


def _record_batch(configs: Sequence[TrainConfig]) -> list[Recording]:
    """Train runs of one architecture; those that go on are always the first columns of an array."""
    runs = sorted(configs, key=lambda config: -config.epochs)
    batch, running = Batch(runs), len(runs)
    epochs = np.unique(np.concatenate([_candidates(config) for config in runs]))
    states = np.empty((len(epochs), *batch.parameters.shape))
    predictions = np.empty((runs[0].epochs + 1, 4, running))
    overflowed: set[TrainConfig] = set()
    for state, epoch in zip(states, epochs.tolist(), strict=True):
        batch.run(epoch - batch.epoch, predictions[batch.epoch : epoch, :, :running])
        state[:, :running] = batch.parameters
        goes_on = np.array([config.epochs > epoch for config in runs[:running]])
        if not goes_on.all():
            predictions[epoch, :, :running] = batch.predict()
            overflowed.update(compress(runs, batch.overflowed & ~goes_on))
            batch, running = batch.only(goes_on), int(goes_on.sum())
    recordings = {
        run: record(run)
        if run in overflowed
        else _of_network(run, epochs, states[..., network], predictions[..., network])
        for network, run in enumerate(runs)
    }
    return [recordings[config] for config in configs]


def _of_network(
    config: TrainConfig, epochs: NDArray[np.int64], states: Array, predictions: Array
) -> Recording:
    """Build one network's recording from what its batch has seen."""
    own = _candidates(config)
    seen = np.ascontiguousarray(predictions[: config.epochs + 1])
    return _choose_frames(config, own, states[np.searchsorted(epochs, own)], seen)
