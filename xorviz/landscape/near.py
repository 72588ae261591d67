"""Near: whether the path of another run can be seen beside a run's own."""

from typing import Final

import numpy as np

from xorviz.core.network import Array
from xorviz.landscape.survey import Ground

CLOSE: Final = 0.004
"""A distance that can't be seen, as a share of the plane's width: half as wide as a path."""


def is_inside(ground: Ground, path: Array) -> bool:
    """Whether any state of a path, shape (F, 2), lies in the part of the plane that is drawn."""
    low, high = np.array([ground.x[[0, -1]], ground.y[[0, -1]]]).T
    with np.errstate(invalid="ignore"):
        return bool(((path >= low) & (path <= high)).all(axis=1).any())


def runs_along(ground: Ground, path: Array) -> bool:
    """Whether a path lies on the run's own, as far as one can see."""
    mine, other = (one[np.isfinite(one).all(axis=1)] for one in (ground.path, path))
    starts, ways = mine[:-1], np.diff(mine, axis=0)
    lengths = np.maximum((ways**2).sum(axis=1), np.finfo(float).tiny)
    from_start = other[:, np.newaxis] - starts
    shares = np.clip((from_start * ways).sum(axis=2) / lengths, 0, 1)
    away = np.linalg.norm(from_start - shares[..., np.newaxis] * ways, axis=2)
    return bool((away.min(axis=1) <= CLOSE * np.ptp(ground.x)).all())
