"""Terrain: the loss over a plane as it is drawn, and what moves over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.network import Array
from xorviz.figures.chart import Spec
from xorviz.figures.heights import Heights
from xorviz.landscape.survey import Ground, Survey

LONGEST: Final = 0.2
"""The longest an arrow is drawn, as a share of the plane's width."""
SEEN: Final = 0.02
"""Of the longest arrow, the part that is seen."""
MAGNIFIED: Final = np.array([digit * 10.0**power for power in range(9) for digit in (1, 2, 5)])
"""How many times as long as updates arrows may be drawn."""


@dataclass(frozen=True)
class Terrain:
    """The drawn loss, and what moves over it.

    Where the whole run is known already, the states around an epoch need no `space`, and no
    `heights` of a plane that stays.

    Attributes
    ----------
    plane
        Which kind of plane it is.
    moves
        Whether each frame has a plane of its own.
    heights
        The drawn loss.
    unit
        The loss whose logarithm is 0.
    steps
        The differences of the logarithm from one contour to the next that there are.
    scales
        The colours from the lowest to the highest loss, by the page's theme.
    positions
        Where the run is in each frame, shape (F, 2).
    arrows
        The arrow from there, as it is drawn, shape (F, 2).
    opens
        Whether a click starts a run from there.
    space
        The same with the loss as height: a figure of three axes, without the heights.
    """

    plane: str
    moves: bool
    heights: Heights | None
    unit: float
    steps: Sequence[float]
    scales: Mapping[str, Sequence[tuple[int, str]]]
    positions: NDArray[np.float32]
    arrows: NDArray[np.float32]
    opens: bool
    space: Spec | None


def magnified(ground: Ground, surveyed: Survey) -> Array:
    """How many times as long as the updates each frame's arrow is drawn, shape (F,).

    An arrow that no number of times makes visible is as long as the update.
    """
    sizes = np.linalg.norm(surveyed.arrows, axis=1)[:, np.newaxis]
    longest = LONGEST * np.ptp(ground.x)
    with np.errstate(over="ignore", invalid="ignore"):
        fits = (sizes * MAGNIFIED <= longest) & (sizes * MAGNIFIED[-1] > SEEN * longest)
    return np.asarray(MAGNIFIED[np.maximum(fits.sum(axis=1) - 1, 0)])


def single(values: Array) -> NDArray[np.float32]:
    """Values in single precision."""
    return np.asarray(values, np.float32)
