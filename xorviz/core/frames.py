"""Frames: states of a run, with their losses and whether their predictions are right."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.loop import is_linear
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.network import Array, with_output_bias
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

    @property
    def is_linear(self) -> bool:
        """Whether a mistake of the run leaves out the sigmoid of the output."""
        return is_linear(self.config.mistake)

    @property
    def dividing(self) -> Array:
        """Parameters of networks with a sigmoid whose output is 0.5 just where each state's is.

        They are the states' own, shape (F, P). But a linear output is z, and σ(z − ½) is 0.5 where
        z is: these networks have biases in any case, shape (F, 4 H + 1).
        """
        if not self.is_linear:
            return self.parameters
        return with_output_bias(self.parameters, self.config.hidden_size, -0.5)

    def every(self, count: int) -> "Frames":
        """The first of these states, and every so many after it."""
        kept = None if self.kept is None else self.kept[::count]
        states = self.epochs[::count], self.parameters[::count], self.predictions[::count]
        return Frames(self.config, *states, kept)
