"""Results: how each network of a sweep ended."""

import numpy as np

from xorviz.core.impossible import is_impossible
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.truth_table import right, target_column
from xorviz.core.verdict import classify
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.trial import Trial


class Results:
    """How each network of a sweep ended, in the order of its indices; arrays of shape (N,).

    Attributes
    ----------
    config
        The settings of the sweep.
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

    def take(self, block: slice, trial: Trial) -> None:
        """Enter the results of a block of trained networks."""
        predictions, targets = trial.predict(), target_column(self.config.base.targets)
        self.mean_abs_error[block] = mean_abs_error(predictions, targets, rows=0)
        self.half_squared_error[block] = half_squared_error(predictions, targets, rows=0)
        self.correct[block] = right(predictions, targets).sum(axis=0)
        self.solved_at[block] = trial.solved_at()
        possible = not is_impossible(self.config.config(block.start))
        self.verdict[block] = classify(predictions, targets, ~trial.batch.overflowed, possible)
