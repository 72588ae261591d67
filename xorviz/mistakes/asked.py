"""Asked: checks as other processes do them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.observed import Observed
from xorviz.mistakes.answer import Answer
from xorviz.mistakes.search import check


class Asked(NamedTuple):
    """What is known of a training, as a value: an `Observed` whose arrays are bytes."""

    config: TrainConfig
    epochs: bytes
    parameters: bytes
    resolution: float

    @property
    def observed(self) -> Observed:
        """It with its arrays."""
        epochs = np.frombuffer(self.epochs, np.int64)
        states = np.frombuffer(self.parameters).reshape(len(epochs), -1)
        return Observed(self.config, epochs, states, self.resolution)


def asked(observed: Observed) -> Asked:
    """Turn a training into a value."""
    epochs, parameters = observed.epochs.astype(np.int64), observed.parameters
    return Asked(observed.config, epochs.tobytes(), parameters.tobytes(), observed.resolution)


def check_many(trainings: Sequence[Asked]) -> Iterator[Answer]:
    """Check trainings one by one; see `search.check`."""
    for training in trainings:
        yield check(training.observed)
