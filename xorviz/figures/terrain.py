"""Terrain: the loss over a plane as it is drawn, on a logarithmic scale, and what moves over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.network import Array
from xorviz.figures.chart import Spec
from xorviz.landscape.survey import Ground, Survey

UNIT: Final = 0.5
"""The loss of XOR where all predictions are 0.5: logarithms are those of losses in this unit."""
LOWEST: Final = 3e-4
"""Losses below it are drawn as it is."""
DECIMALS: Final = 4
"""Of the logarithms: an error of 0.01 %, so that contours of plateaus are smooth."""
STEPS: Final = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
"""Differences of the logarithm from one contour to the next: the first that gives enough."""
CONTOURS: Final = 9
"""The fewest contours, if the loss is not the same all over."""
LONGEST: Final = 0.2
"""The longest an arrow is drawn, as a share of the plane's width."""
SEEN: Final = 0.02
"""Of the longest arrow, the part that is seen."""
MAGNIFIED: Final = np.array([digit * 10.0**power for power in range(9) for digit in (1, 2, 5)])
"""How many times as long as updates arrows may be drawn."""


@dataclass(frozen=True)
class Terrain:
    """The drawn loss, and what moves over it; losses are logarithms, as `logarithms` makes them.

    Attributes
    ----------
    plane
        Which kind of plane it is.
    low, high
        The losses at both ends of the scale of colours.
    scales
        The colours in between, by the page's theme.
    ends
        These losses, as they are written in the key.
    unit
        The loss whose logarithm is 0.
    step
        The difference from one contour to the next. None goes along a plateau, at 0: the first two
        are half a step away.
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
    low: float
    high: float
    scales: Mapping[str, Sequence[tuple[int, str]]]
    ends: tuple[str, str]
    unit: float
    step: float
    positions: NDArray[np.float32]
    arrows: NDArray[np.float32]
    opens: bool
    space: Spec


def logarithms(losses: Array) -> Array:
    """Logarithms of losses to the base 10, in the unit `UNIT`; none below that of `LOWEST`."""
    return np.asarray(np.log10(np.maximum(losses, LOWEST) / UNIT))


def magnified(ground: Ground, surveyed: Survey) -> Array:
    """How many times as long as the updates each frame's arrow is drawn, shape (F,).

    An arrow that no number of times makes visible is as long as the update.
    """
    sizes = np.linalg.norm(surveyed.arrows, axis=1)[:, np.newaxis]
    longest = LONGEST * np.ptp(ground.x)
    with np.errstate(over="ignore", invalid="ignore"):
        fits = (sizes * MAGNIFIED <= longest) & (sizes * MAGNIFIED[-1] > SEEN * longest)
    return np.asarray(MAGNIFIED[np.maximum(fits.sum(axis=1) - 1, 0)])


def ends_of(grids: Array) -> tuple[float, float]:
    """The lowest and the highest of finite values; where all are the same, a little around."""
    values = grids[np.isfinite(grids)]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    return (low, high) if high - low > STEPS[-1] else (low - STEPS[-1], high + STEPS[-1])


def end_texts(low: float, high: float) -> tuple[str, str]:
    """Write both ends of the scale of colours."""
    lowest, highest = (f"{UNIT * 10**end:.2g}" for end in (low, high))
    return (f"≤ {lowest}" if UNIT * 10**low <= LOWEST * (1 + 1e-9) else lowest), highest


def step_between(low: float, high: float) -> float:
    """The difference from one contour to the next, between two ends of the scale of colours."""
    return next((step for step in STEPS if (high - low) / step >= CONTOURS), STEPS[-1])


def single(values: Array) -> NDArray[np.float32]:
    """Values in single precision."""
    return np.asarray(values, np.float32)
