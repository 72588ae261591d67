"""Recording: a trained run, from which any of its states is restored exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.frames import Frames, States
from xorviz.core.network import Array, Layers, parameter_count
from xorviz.core.pace import candidate_epochs, choose, playing_times
from xorviz.core.trainer import Trainer

MAX_FRAMES: Final = 240
"""The most states that are recorded, besides those with edits: ten seconds of playback."""

PRINT_EVERY: Final = 1000
"""Epochs between two lines that the notebook prints."""


@dataclass(frozen=True)
class Recording(States):
    """A trained run, as immutable arrays; it has the losses of every known state.

    Every state 0..epochs of a run that is trained here is known. A training that was done
    elsewhere has gaps; see `observed_recording`.

    Attributes
    ----------
    config
        The settings it was trained with.
    epochs
        Numbers of the recorded states, ascending, first and last always in; shape (F,).
    parameters
        Flat parameters of the recorded states, shape (F, P).
    predictions
        Predictions of every known state, shape (K, 4); K is epochs + 1 without gaps.
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
    def identity(self) -> tuple[TrainConfig | str, ...]:
        """Parts that are equal for equal recordings alone; see `stage.scene.run_id`."""
        return (self.config,)

    @property
    def known(self) -> NDArray[np.int64]:
        """Numbers of the states whose predictions are known, ascending; shape (K,)."""
        return np.arange(len(self.predictions))

    @property
    def nbytes(self) -> int:
        """Bytes of its large arrays."""
        return self.parameters.nbytes + self.predictions.nbytes

    @property
    def has_gaps(self) -> bool:
        """Whether some state between the first and the last known one is not known."""
        return len(self.known) <= int(self.known[-1] - self.known[0])

    def index(self, epochs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Index of each of these known states in `predictions`, and in what is made of them."""
        indices: NDArray[np.int64] = np.searchsorted(self.known, epochs)
        return indices

    @property
    def printed_losses(self) -> list[tuple[int, float]]:
        """Epoch and error of each line that the notebook prints; its epoch N is state N - 1."""
        printed = np.arange(PRINT_EVERY - 1, self.config.epochs, PRINT_EVERY)
        states = np.intersect1d(printed, self.known)
        losses = self.mean_abs_error[self.index(states)]
        return list(zip((states + 1).tolist(), losses.tolist(), strict=True))

    @property
    def halfway(self) -> int:
        """The known epoch at which the loss is first halfway between its first and its last value.

        Where the loss goes nowhere, it is the middle of the run. It is never the last epoch,
        unless that alone is known.
        """
        losses, before_last = self.half_squared_error, max(len(self.known) - 2, 0)
        first, last = losses[0], losses[-1]
        with np.errstate(over="ignore", invalid="ignore"):
            middle = (first + last) / 2
        if first == last or not np.isfinite(middle):
            return int(self.known[(before_last + 1) // 2])
        is_past = losses <= middle if last < first else losses >= middle
        return int(self.known[min(int(is_past.argmax()), before_last)])

    @property
    def frames(self) -> Frames:
        """The recorded states."""
        predictions = self.predictions[self.index(self.epochs)]
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
        numbers = np.array(epochs, dtype=np.int64)
        trainers = [self._trainer(epoch) for epoch in epochs]
        parameters = np.array([trainer.parameters for trainer in trainers])
        kept = [trainer.kept for trainer in trainers if trainer.kept is not None]
        predictions = self.predictions[self.index(numbers)]
        gradients = np.array(kept) if kept else None
        return Frames(self.config, numbers, parameters, predictions, gradients)

    def state(self, epoch: int) -> Array:
        """Flat parameters of any state 0..epochs, to the last bit.

        Raises
        ------
        IndexError
            Where the run has no such state, or it is not known.
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
    trainer, epochs = Trainer(config), candidates(config)
    states = np.empty((len(epochs), parameter_count(config.hidden_size, config.biases)))
    predictions = np.empty((config.epochs + 1, 4))
    kept = None if trainer.kept is None else np.empty_like(states)
    for frame, epoch in enumerate(epochs.tolist()):
        trainer.run(epoch - trainer.epoch, predictions[trainer.epoch : epoch, :, np.newaxis])
        states[frame] = trainer.network.parameters.flat
        if kept is not None:
            kept[frame] = trainer.kept
    predictions[-1] = trainer.predict()[:, 0]
    return choose_frames(config, epochs, states, predictions, kept)


def candidates(config: TrainConfig) -> NDArray[np.int64]:
    """The states that may be recorded; those with edits always are."""
    return np.union1d(candidate_epochs(config.epochs), _edited(config))


def _edited(config: TrainConfig) -> NDArray[np.int64]:
    """The epochs with edits."""
    return np.array([edit.epoch for edit in config.edits], dtype=np.int64)


def choose_frames(
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
