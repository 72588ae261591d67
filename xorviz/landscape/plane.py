"""Plane: a plane through weight space, and states as they lie in it or beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from xorviz.core.network import Array

ROUNDING: Final = 1e-9
"""A vector this short against the longest, or against the states' own size, may be all rounding."""


@dataclass(frozen=True)
class Plane:
    """A plane through weight space, with coordinates x and y in it.

    Attributes
    ----------
    origin
        The point with the coordinates 0, 0; shape (P,).
    directions
        The unit vectors of x and of y, at right angles; shape (2, P).
    """

    origin: Array
    directions: Array

    def coordinates(self, states: Array) -> Array:
        """Coordinates of the points of the plane that are nearest to states; shape (..., 2)."""
        return np.asarray((states - self.origin) @ self.directions.T)

    def points(self, coordinates: Array) -> Array:
        """Flat parameters at these coordinates, shape (..., P)."""
        return np.asarray(self.origin + coordinates @ self.directions)

    def distances(self, states: Array) -> Array:
        """How far states are from the plane, shape (...)."""
        away = states - self.points(self.coordinates(states))
        return np.asarray(np.linalg.norm(away, axis=-1))


@dataclass(frozen=True)
class Spanned:
    """A plane that states span.

    Attributes
    ----------
    plane
        The plane.
    rank
        How many of its two directions the states give. For the others it has those of weights.
    shares
        The share of the states' variance that each direction carries, shape (2,).
    """

    plane: Plane
    rank: int
    shares: Array


def plane_of_weights(state: Array, across: int, up: int) -> Plane:
    """The plane in which two parameters change, and all others are those of a state.

    Its coordinates are the values of the two.
    """
    origin, axes = state.copy(), np.eye(state.size)
    origin[[across, up]] = 0
    return Plane(origin, axes[[across, up]])


def plane_of_path(states: Array) -> Spanned:
    """The plane through the middle of a path that carries most of its variance.

    Its directions are the first two principal ones, the eigenvectors of the states' covariance:
    the right singular vectors of the centred states. Each points from the path's start to its end.

    Source: Li, Xu, Taylor, Studer and Goldstein, "Visualizing the Loss Landscape of Neural Nets",
    NeurIPS (2018), section 7.

    Parameters
    ----------
    states
        Flat parameters along the path, shape (F, P).
    """
    middle = states.mean(axis=0)
    _, sizes, directions = np.linalg.svd(states - middle, full_matrices=False)
    is_real = sizes > ROUNDING * np.abs(states).max()
    variances = np.append(np.where(is_real, sizes, 0.0) ** 2, 0.0)
    shares = variances[:2] / (variances.sum() or 1.0)
    way = states[-1] - states[0]
    given = [_pointing(one, way) for one in directions[:2][is_real[:2]]]
    plane, rank = _span(middle, given)
    return Spanned(plane, rank, shares)


def plane_of_states(start: Array, end: Array, third: Array) -> Spanned:
    """The plane through three states: x goes from the first to the second.

    At right angles to x, y goes towards the third, by Gram and Schmidt's method.
    """
    plane, rank = _span(start, [end - start, third - start])
    return Spanned(plane, rank, np.zeros(2))


def _span(origin: Array, vectors: Iterable[Array]) -> tuple[Plane, int]:
    """The plane through a point along vectors, as far as these are independent."""
    given = [vector for vector in vectors if vector.any()]
    longest = max([np.linalg.norm(vector) for vector in given], default=0.0)
    directions: list[Array] = []
    for vector in given:
        rest = _upright(vector, directions)
        if np.linalg.norm(rest) > ROUNDING * max(longest, np.abs(origin).max()):
            directions.append(rest / np.linalg.norm(rest))
    rank = len(directions)
    for axis in np.eye(origin.size):
        rest = _upright(axis, directions)
        if len(directions) < 2 and np.linalg.norm(rest) > 0.5:
            directions.append(rest / np.linalg.norm(rest))
    return Plane(origin, np.array(directions)), rank


def _upright(vector: Array, directions: Iterable[Array]) -> Array:
    """What is left of a vector at right angles to unit vectors; twice, against rounding."""
    for direction in [*directions] * 2:
        vector = vector - (vector @ direction) * direction
    return vector


def _pointing(direction: Array, way: Array) -> Array:
    """A direction or its opposite, whichever points along a way; else to its largest entry."""
    along = direction @ way
    sign = along if along else direction[np.abs(direction).argmax()]
    return direction if sign >= 0 else -direction
