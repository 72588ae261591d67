"""Heights: the loss over a plane, as shares of the way from its lowest to its highest there.

All goes by the logarithm of the loss. Each frame has its own scale, so that a plane on which the
loss is nearly the same has contours, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.network import Array
from xorviz.figures.chart import Channel
from xorviz.landscape.grid import PARTS

UNIT: Final = 0.5
"""The loss of XOR where all predictions are 0.5: logarithms are those of losses in this unit."""
LOWEST: Final = 3e-4
"""Losses below it are drawn as it is."""
DECIMALS: Final = (3, 4)
"""Of the shares: a hundredth of a step between contours or less; more where there is one frame."""
STEPS: Final = tuple(digit * 10.0**power for power in range(0, -6, -1) for digit in (1, 0.5, 0.2))
"""Differences of the logarithm from one contour to the next: the first that gives enough."""
CONTOURS: Final = 9
"""The fewest contours, if the loss is not nearly the same all over."""


@dataclass(frozen=True)
class Heights:
    """The drawn loss in some frames; logarithms are as `logarithms` makes them.

    Attributes
    ----------
    shares
        Its grids, shape (F, G, G), indexed [frame, y, x]: 0 for a frame's lowest loss, 1 for its
        highest. F is 1 for a plane that stays.
    lows, highs
        The logarithms of these two, shape (F,).
    steps
        The difference of the logarithm from one contour to the next, as an index into `STEPS`;
        shape (F,). No contour goes along a plateau, at 0: the first two are half a step away.
    ends
        A frame's lowest and highest loss, as they are written in the key of colours.
    losses
        The losses at the points of the ground's grid, where there is one frame; shape (C, C).
    """

    shares: Channel
    lows: NDArray[np.float64]
    highs: NDArray[np.float64]
    steps: NDArray[np.int32]
    ends: Sequence[tuple[str, str]]
    losses: NDArray[np.float32] | None


def heights_of(grids: Array) -> Heights:
    """Make heights of losses of shape (F, G, G)."""
    logs = logarithms(grids)
    lows, highs = np.array([ends_of(grid) for grid in logs]).T
    shares = (logs - _spread(lows)) / _spread(highs - lows)
    is_one = len(grids) == 1
    return Heights(
        shares=Channel(0, "z", shares, decimals=DECIMALS[is_one]),
        lows=lows,
        highs=highs,
        steps=_steps(highs - lows),
        ends=[end_texts(*ends) for ends in zip(lows.tolist(), highs.tolist(), strict=True)],
        losses=grids[0, ::PARTS, ::PARTS].astype(np.float32) if is_one else None,
    )


def logarithms(losses: Array) -> Array:
    """Logarithms of losses to the base 10, in the unit `UNIT`; none below that of `LOWEST`."""
    return np.asarray(np.log10(np.maximum(losses, LOWEST) / UNIT))


def ends_of(logs: Array) -> tuple[float, float]:
    """The lowest and the highest of finite logarithms; where they are one, a little around it."""
    values = logs[np.isfinite(logs)]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    return (low, high) if high - low > STEPS[-1] else (low - STEPS[-1], high + STEPS[-1])


def end_texts(low: float, high: float) -> tuple[str, str]:
    """Write both ends of the scale of colours."""
    lowest, highest = (f"{UNIT * 10**end:#.2g}" for end in (low, high))
    return (f"≤ {lowest}" if UNIT * 10**low <= LOWEST * (1 + 1e-9) else lowest), highest


def _steps(ranges: Array) -> NDArray[np.int32]:
    is_enough = ranges[:, np.newaxis] / np.array(STEPS) >= CONTOURS
    return np.where(is_enough.any(axis=1), is_enough.argmax(axis=1), len(STEPS) - 1).astype(
        np.int32
    )


def _spread(values: Array) -> Array:
    """Give an array of frames the axes of a grid."""
    return values[:, np.newaxis, np.newaxis]
