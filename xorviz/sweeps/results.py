"""Results: how each network of a sweep ended."""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from xorviz.core.impossible import is_impossible
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.network import Array
from xorviz.core.truth_table import right, target_column
from xorviz.core.verdict import classify
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.trial import Trial


class Ends(NamedTuple):
    """How some networks ended, in the order of their indices; arrays of shape (n,).

    Attributes
    ----------
    mean_abs_error, half_squared_error
        Mean absolute error, and loss, of the final state.
    correct
        Number of right predictions of the final state.
    solved_at
        The first state from which all four predictions are right to the end; -1 for a
        network that is not solved.
    verdict
        Index into `verdict.KINDS`; -1 for a network that is not trained yet.
    """

    mean_abs_error: Array
    half_squared_error: Array
    correct: NDArray[np.int8]
    solved_at: NDArray[np.int32]
    verdict: NDArray[np.int8]


def ends(config: SweepConfig, block: slice, trial: Trial) -> Ends:
    """Judge a block of trained networks, which have one hidden size."""
    predictions, targets = trial.predict(), target_column(config.base.targets)
    possible = not is_impossible(config.config(block.start))
    return Ends(
        mean_abs_error(predictions, targets, rows=0),
        half_squared_error(predictions, targets, rows=0),
        right(predictions, targets).sum(axis=0, dtype=np.int8),
        trial.solved_at(),
        classify(predictions, targets, ~trial.batch.overflowed, possible),
    )


class Taker(Protocol):
    """What takes the results of a sweep, block by block in any order."""

    config: SweepConfig

    @property
    def trained(self) -> int:
        """The number of networks that are trained."""
        ...

    def has(self, block: slice) -> bool:
        """Whether all networks of a block are trained."""
        ...

    def take(self, block: slice, trial: Trial) -> None:
        """Take the results of a block of trained networks."""
        ...


class Results:
    """How each network of a sweep ended, all of them at hand: the arrays of `Ends`, shape (N,).

    Attributes
    ----------
    config
        The settings of the sweep.
    """

    def __init__(self, config: SweepConfig) -> None:
        self.config = config
        self.mean_abs_error = np.full(config.count, np.nan)
        self.half_squared_error = np.full(config.count, np.nan)
        self.correct = np.zeros(config.count, np.int8)
        self.solved_at = np.full(config.count, -1, np.int32)
        self.verdict = np.full(config.count, -1, np.int8)

    @property
    def trained(self) -> int:
        """The number of networks that are trained."""
        return int((self.verdict >= 0).sum())

    @property
    def is_whole(self) -> bool:
        """Whether all networks are trained."""
        return self.trained == self.config.count

    def has(self, block: slice) -> bool:
        """Whether all networks of a block are trained."""
        return bool((self.verdict[block] >= 0).all())

    def take(self, block: slice, trial: Trial) -> None:
        """Enter the results of a block of trained networks."""
        for name, array in ends(self.config, block, trial)._asdict().items():
            getattr(self, name)[block] = array

    def at(self, indices: NDArray[np.intp]) -> Ends:
        """How the networks with these indices ended."""
        return Ends(*(getattr(self, name)[indices] for name in Ends._fields))
