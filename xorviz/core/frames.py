"""Frames: states of a run, with their losses and whether their predictions are right."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.network import Array
from xorviz.core.truth_table import right, target_column


@dataclass(frozen=True)
class States:
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
class Frames(States):
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
        kept = None if self.kept is None else self.kept[::count]
        states = self.epochs[::count], self.parameters[::count], self.predictions[::count]
        return Frames(self.config, *states, kept)
