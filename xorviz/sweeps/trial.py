"""Trial: a batch in training, with the last state in which each of its networks was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.recording import record
from xorviz.core.truth_table import right
from xorviz.core.verdict import judge
from xorviz.sweeps.config import SweepConfig

CHUNK: Final = 16
"""Epochs whose predictions are judged together: few enough for a core's cache."""


class Trial:
    """Trains runs of one architecture, and notes the last state in which each was wrong.

    Attributes
    ----------
    batch
        The networks.
    wrong_until
        Of each network, the last state before the present one in which not all four
        predictions were right, -1 if there is none; shape (N,).
    """

    def __init__(self, configs: Sequence[TrainConfig]) -> None:
        self.batch = Batch(configs)
        self.wrong_until = np.full(len(configs), -1, np.int32)

    def run(self, epochs: int) -> None:
        """Run that many epochs."""
        predictions = np.empty((CHUNK, *self.batch.targets.shape))
        counts = np.arange(1, CHUNK + 1, dtype=np.int8)[:, np.newaxis]
        while epochs > 0:
            chunk, start = predictions[:epochs], self.batch.epoch
            self.batch.run(len(chunk), chunk)
            wrong = ~right(chunk, self.batch.targets).all(axis=1)
            last = (wrong * counts[: len(chunk)]).max(axis=0)  # counted from 1; 0 for none
            np.copyto(self.wrong_until, start - 1 + last.astype(np.int32), where=last > 0)
            epochs -= len(chunk)

    def solved_at(self) -> NDArray[np.int32]:
        """The first states from which all four predictions are right up to the present state.

        Shape (N,); -1 for a network whose present predictions are not all right.
        """
        are_right = right(self.predict(), self.batch.targets).all(axis=0)
        return np.where(are_right, self.wrong_until + np.int32(1), np.int32(-1))

    def predict(self) -> Array:
        """Predictions of the present state, shape (4, N); NaN where a parameter overflowed."""
        predictions = self.batch.predict()
        predictions[:, self.batch.overflowed] = np.nan  # as 0 · ∞ makes them in a run alone
        return predictions


@dataclass(frozen=True, eq=False)
class Beginning:
    """A block of a sweep that a worker makes a trial of: thousands of runs take long to set up."""

    config: SweepConfig
    block: slice


def advance(pieces: Sequence[tuple[Trial | Beginning, int]]) -> list[Trial]:
    """Run each trial further by its number of epochs; return them, as these may be copies."""
    return [_advance(piece, epochs) for piece, epochs in pieces]


def _advance(piece: Trial | Beginning, epochs: int) -> Trial:
    if isinstance(piece, Beginning):
        piece = Trial(piece.config.configs(piece.block))
    piece.run(epochs)
    return piece


def solved_at(groups: Sequence[Sequence[TrainConfig]]) -> list[list[int]]:
    """Train groups of runs, and return the epoch from which each is solved; -1 for never.

    Runs of a group have one architecture and length.
    """
    return [_solved_at(group) for group in groups]


def _solved_at(configs: Sequence[TrainConfig]) -> list[int]:
    """Train runs of one architecture and length; a single run is faster without a batch."""
    if len(configs) == 1:
        verdict = judge(record(configs[0]))
        return [verdict.epoch if verdict.kind == "solved" and verdict.epoch is not None else -1]
    trial = Trial(configs)
    trial.run(configs[0].epochs)
    return [int(epoch) for epoch in trial.solved_at()]
