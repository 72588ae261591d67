"""Grid: the points of a plane at which the loss is computed, around the paths drawn there."""

import math
from collections.abc import Iterable
from typing import Final

import numpy as np

from xorviz.core.network import Array

MARGIN: Final = 0.15
"""Share of a path's extent that a plane has around it."""
NARROWEST: Final = 4.0
"""Width of a plane at least."""
WIDENED: Final = 2.5
"""The most times by which pinned runs' paths may widen a plane."""
CELLS: Final = 32
"""Cells a side, so few that each frame of a run can have a grid of its own."""
PARTS: Final = 4
"""Parts of a cell's side in the finer grid of a plane at rest."""
DIGITS: Final = 2
"""Digits of a cell's width, so that the points have coordinates of few digits, too."""


def grid_around(path: Array, others: Iterable[Array]) -> tuple[Array, Array]:
    """Lay a square grid around a path, and around others that are not far from it.

    Parameters
    ----------
    path
        Coordinates of states, not a number where they are left out; shape (F, 2).
    others
        More such paths.

    Returns
    -------
    Coordinates x and y of its points, each of shape (CELLS + 1,).
    """
    low, high = _extent(path)
    every = np.vstack([path, *others])
    widest = WIDENED * max((high - low).max(), NARROWEST)
    all_low, all_high = _extent(every)
    if (all_high - all_low).max() <= widest:
        low, high = all_low, all_high
    width = max((high - low).max() * (1 + 2 * MARGIN), NARROWEST)
    x, y = (_points(middle, width) for middle in ((low + high) / 2).tolist())
    return x, y


def finer(values: Array) -> Array:
    """Divide each cell of a grid into `PARTS` along these coordinates."""
    return np.linspace(values[0], values[-1], PARTS * (len(values) - 1) + 1)


def _points(middle: float, width: float) -> Array:
    """Points at multiples of a number of one digit, around a middle and at least so wide."""
    unit = 10.0 ** (math.floor(math.log10(width / CELLS)) - DIGITS + 1)
    step = math.ceil(width / CELLS / unit)
    first = round(middle / unit - step * CELLS / 2)
    decimals = max(-round(math.log10(unit)), 0)
    return np.asarray(((first + step * np.arange(CELLS + 1)) * unit).round(decimals))


def _extent(path: Array) -> tuple[Array, Array]:
    """The lowest and the highest coordinates of a path; 0 where none of its states is shown."""
    shown = path[np.isfinite(path).all(axis=1)]
    shown = shown if len(shown) else np.zeros((1, 2))
    return shown.min(axis=0), shown.max(axis=0)
