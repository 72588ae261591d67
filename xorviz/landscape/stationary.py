"""Stationary points of the loss in a plane, and what kind of point its own Hessian makes each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, sigmoid
from xorviz.core.truth_table import target_column
from xorviz.landscape.loss import losses_at, sums
from xorviz.landscape.plane import Plane
from xorviz.step.step import open_step

GRID_SIZE: Final = 41
"""Points a side of the grid on which the search starts."""
STEPS: Final = 40
"""Steps of Newton's method at most."""
SMALL: Final = 1e-9
"""A gradient or a step is 0 if it is this small against the largest, or against the range."""
FLAT: Final = 1e-6
"""An eigenvalue this small against the other, or against the largest curvature, is 0."""
MERGED: Final = 0.02
"""Points nearer to each other than this share of the range are one."""
MOST: Final = 24
"""The most points: where there are more, they make up a line."""

Kind = Literal["minimum", "maximum", "saddle", "flat"]


@dataclass(frozen=True)
class Stationary:
    """A point at which the loss has no gradient within a plane.

    Attributes
    ----------
    x, y
        Its coordinates.
    loss
        The loss there.
    kind
        A minimum, a maximum or a saddle in the plane; flat, where one of the Hessian's two
        eigenvalues is 0 but for rounding.
    gradient
        Norm of the gradient in the whole weight space: where it is not 0, the point is stationary
        in this plane alone.
    """

    x: float
    y: float
    loss: float
    kind: Kind
    gradient: float


def derivatives(config: TrainConfig, plane: Plane, points: Array) -> tuple[Array, Array]:
    """Gradient and Hessian of the loss by the coordinates x and y of a plane.

    With z the output's pre-activation, s = s(x, y) a unit's, and v its weight to the output,
    which are all linear in x and y, the chain rule gives::

        z_i  = Σ_h v_i σ(s) + v σ′(s) s_i (+ c_i)
        z_ij = Σ_h σ′(s) (v_i s_j + v_j s_i) + v σ″(s) s_i s_j
        E_i  = Σ_rows E′(z) z_i            E_ij = Σ_rows E″(z) z_i z_j + E′(z) z_ij

    with E′ and E″ as in `doctor.hessian`.

    Parameters
    ----------
    config
        The network and its targets.
    plane
        The plane.
    points
        Coordinates, shape (K, 2).

    Returns
    -------
    Shapes (K, 2) and (K, 2, 2).
    """
    at, along = sums(config, plane.points(points)), sums(config, plane.directions)
    with np.errstate(over="ignore", invalid="ignore"):
        hidden = sigmoid(at.units)
        first = hidden * (1 - hidden)
        second = first * (1 - 2 * hidden)
        v = at.weights[:, np.newaxis]
        output = sigmoid((hidden * v).sum(axis=2) + at.bias[:, np.newaxis])
        z_i = np.einsum("krh,ih->kri", hidden, along.weights) + along.bias
        z_i += np.einsum("krh,irh->kri", v * first, along.units)
        crossed = np.einsum("krh,ih,jrh->krij", first, along.weights, along.units)
        z_ij = crossed + crossed.swapaxes(2, 3)
        z_ij += np.einsum("krh,irh,jrh->krij", v * second, along.units, along.units)

        steep = output * (1 - output)
        error = (output - target_column(config.targets)[:, 0]) * steep
        bend = steep**2 + error * (1 - 2 * output)
        gradient = np.einsum("kr,kri->ki", error, z_i)
        hessian = np.einsum("kr,kri,krj->kij", bend, z_i, z_i)
        return gradient, hessian + np.einsum("kr,krij->kij", error, z_ij)


def stationary_points(
    config: TrainConfig, plane: Plane, x: ArrayLike, y: ArrayLike
) -> list[Stationary]:
    """Find the stationary points of a plane between two values of x, and of y.

    Newton's method starts where on a grid the gradient is smaller than all around. The saturated
    plains at large weights, where neither gradient nor curvature is left, hold no point.
    """
    low, high = np.array([x, y]).T
    span = high - low
    side = np.linspace(0, 1, GRID_SIZE)
    grid = low + span * np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    gradient, hessian = derivatives(config, plane, grid)
    sizes = np.linalg.norm(gradient, axis=1)
    if not np.isfinite(sizes).all():
        return []
    steepest, sharpest = sizes.max(), np.abs(hessian).max()
    starts = grid[_lowest(sizes.reshape(GRID_SIZE, GRID_SIZE)).ravel()]
    points, gradient, hessian, steps = _descend(config, plane, starts, span)
    is_point = (
        (np.linalg.norm(gradient, axis=1) <= SMALL * steepest)
        & (np.linalg.norm(steps / span, axis=1) <= SMALL)
        & (np.abs(hessian).max(axis=(1, 2)) > FLAT * sharpest)
        & ((points >= low) & (points <= high)).all(axis=1)
    )
    merged = list(_merged(points[is_point], hessian[is_point], span))[:MOST]
    return [_described(config, plane, point, bend) for point, bend in merged]


def _lowest(sizes: Array) -> NDArray[np.bool_]:
    """Whether a number of a grid is no larger than its eight neighbours."""
    padded = np.pad(sizes, 1, constant_values=np.inf)
    count = len(sizes)
    around = [
        padded[row : row + count, column : column + count]
        for row in range(3)
        for column in range(3)
    ]
    return np.asarray(sizes <= np.min(around, axis=0))


def _descend(
    config: TrainConfig, plane: Plane, points: Array, span: Array
) -> tuple[Array, Array, Array, Array]:
    """Go by Newton's method; return points, gradients, Hessians, and the steps not made any more.

    A step goes no farther than two cells of the grid. Where the Hessian is nearly singular, it
    goes along the direction alone in which the loss curves.
    """
    longest = 2 * span / (GRID_SIZE - 1)
    for _ in range(STEPS):
        gradient, hessian = derivatives(config, plane, points)
        inverse = np.linalg.pinv(hessian, rcond=FLAT, hermitian=True)
        steps = -np.einsum("kij,kj->ki", inverse, gradient)
        points = points + np.clip(steps, -longest, longest)
    return points, gradient, hessian, steps


def _merged(points: Array, hessians: Array, span: Array) -> Iterator[tuple[Array, Array]]:
    """Yield those points that no earlier one is near to."""
    kept: list[Array] = []
    for point, hessian in zip(points, hessians, strict=True):
        if all(np.abs((point - one) / span).max() > MERGED for one in kept):
            kept.append(point)
            yield point, hessian


def _described(config: TrainConfig, plane: Plane, point: Array, hessian: Array) -> Stationary:
    parameters = plane.points(point)
    gradient = float(np.linalg.norm(open_step(config, parameters, 0).gradients))
    loss = float(losses_at(config, parameters))
    return Stationary(float(point[0]), float(point[1]), loss, kind_of(hessian), gradient)


def kind_of(hessian: Array) -> Kind:
    """What kind of stationary point a Hessian of two coordinates makes; shape (2, 2)."""
    low, high = np.linalg.eigvalsh(hessian).tolist()
    least = FLAT * max(abs(low), abs(high))
    if min(abs(low), abs(high)) <= least:
        return "flat"
    if low * high < 0:
        return "saddle"
    return "minimum" if low > 0 else "maximum"
