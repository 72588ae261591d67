"""Observed: a training that was done elsewhere, as far as its numbers are known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array


@dataclass(frozen=True)
class Observed:
    """The known states of a training that another program has done.

    Attributes
    ----------
    config
        The settings that the training is said to have; its `epochs` are all updates made. Initial
        weights that are not those of its seed are edits at epoch 0.
    epochs
        Numbers of the known states, ascending, 0 always in; shape (F,).
    parameters
        Their flat parameters, in the order of `network.Layers`; shape (F, P).
    resolution
        Half a unit in the last decimal that is known of a weight; 0 where all bits are known.
        State 0 is known to all its bits in any case.
    """

    config: TrainConfig
    epochs: NDArray[np.int64]
    parameters: Array
    resolution: float = 0.0
