"""Trial: a batch in training, and how long each of its networks has been wrong."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.recording import record
from xorviz.core.truth_table import right
from xorviz.core.verdict import judge

CHUNK: Final = 16
"""Epochs whose predictions are judged together: few enough for a core's cache."""


class Trial:
    """Trains runs of one architecture, and notes when each was last wrong.

    Attributes
    ----------
    batch
        The networks.
    wrong_until
        The last state before the present one in which not all four predictions of a
        network were right; -1 where there was none. Shape (N,).
    """

    def __init__(self, configs: Sequence[TrainConfig]) -> None:
        self.batch = Batch(configs)
        self.wrong_until = np.full(len(configs), -1, np.int32)

    def run(self, epochs: int) -> None:
        """Run that many epochs."""
        predictions = np.empty((CHUNK, *self.batch.targets.shape))
        places = np.arange(1, CHUNK + 1, dtype=np.int8)[:, np.newaxis]
        while epochs > 0:
            chunk, start = predictions[:epochs], self.batch.epoch
            self.batch.run(len(chunk), chunk)
            wrong = ~right(chunk, self.batch.targets).all(axis=1)
            last = (wrong * places[: len(chunk)]).max(axis=0)  # counted from 1; 0 for none
            np.copyto(self.wrong_until, start - 1 + last.astype(np.int32), where=last > 0)
            epochs -= len(chunk)

    def solved_at(self) -> NDArray[np.int32]:
        """The first states from which all four predictions were and stayed right.

        Shape (N,); -1 for a network whose present predictions are not.
        """
        are_right = right(self.predict(), self.batch.targets).all(axis=0)
        return np.where(are_right, self.wrong_until + np.int32(1), np.int32(-1))

    def predict(self) -> Array:
        """Predictions of the present state, shape (4, N); NaN where a parameter overflowed."""
        predictions = self.batch.predict()
        predictions[:, self.batch.overflowed] = np.nan  # as 0 · ∞ makes them in a run alone
        return predictions


def advance(trial: Trial, epochs: int) -> Trial:
    """Run a trial that many epochs further; return it, as another process has a copy."""
    trial.run(epochs)
    return trial


def solved_at(configs: Sequence[TrainConfig]) -> list[int]:
    """Train runs of one architecture and length, and tell from which epoch on each is solved.

    -1 for one that is not. A run alone is trained faster than as a batch of one.
    """
    if len(configs) == 1:
        verdict = judge(record(configs[0]))
        return [verdict.epoch if verdict.kind == "solved" and verdict.epoch is not None else -1]
    trial = Trial(configs)
    trial.run(configs[0].epochs)
    return [int(epoch) for epoch in trial.solved_at()]
