"""Loss: ½ Σ error² over grids of points of planes.

Its forward pass is its own. In a plane a hidden unit's pre-activation is a sum of two vectors,
one along x and one along y; and a unit none of whose weights change there is computed once.
"""

from typing import Final, NamedTuple

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, Layers, forward_pass, sigmoid, sigmoid_in_place
from xorviz.core.truth_table import INPUTS, target_column

CHUNK: Final = 16
"""Planes evaluated together: few enough for a core's cache, which is faster."""


class Sums(NamedTuple):
    """The parts of the network's sums that a point or a vector of weight space gives.

    Attributes
    ----------
    units
        Of the hidden units' pre-activations on the four rows, shape (..., 4, H).
    weights
        Of the weights to the output, shape (..., H).
    bias
        Of the output's bias, shape (...); 0 without biases.
    """

    units: Array
    weights: Array
    bias: Array


def sums(config: TrainConfig, flat: Array) -> Sums:
    """Split points or vectors, shape (..., P), into their parts."""
    layers = Layers(flat, config.hidden_size)
    units = INPUTS @ layers.weights_hidden
    if config.biases:
        units = units + layers.biases_hidden[..., np.newaxis, :]
    return Sums(units, layers.weights_output[..., 0], layers.biases_output.sum(axis=-1))


def losses_at(config: TrainConfig, points: Array) -> Array:
    """½ Σ error² at points of weight space, shape (..., P)."""
    outputs = forward_pass(points, config.hidden_size).output
    with np.errstate(over="ignore", invalid="ignore"):
        errors = outputs - target_column(config.targets)
        return np.asarray(0.5 * np.sum(errors**2, axis=(-2, -1)))


def loss_grids(config: TrainConfig, origins: Array, directions: Array, x: Array, y: Array) -> Array:
    """½ Σ error² over parallel planes.

    Parameters
    ----------
    config
        The network and its targets.
    origins
        Each plane's point with the coordinates 0, 0; shape (F, P).
    directions
        Of x and y in all of them, shape (2, P).
    x, y
        Coordinates of the grid, shapes (X,) and (Y,).

    Returns
    -------
    Losses of shape (F, Y, X), not finite where the numbers on the way are not.
    """
    grids = np.empty((len(origins), len(y), len(x)))
    for start in range(0, len(origins), CHUNK):
        piece = slice(start, start + CHUNK)
        grids[piece] = _grids(config, origins[piece], directions, x, y)
    return grids


def _grids(config: TrainConfig, origins: Array, directions: Array, x: Array, y: Array) -> Array:
    """As `loss_grids`, for a few planes; arrays have the axes plane, row of inputs, y, x."""
    across, up = (sums(config, direction) for direction in directions)
    at = sums(config, origins)
    x, y = x[np.newaxis, :], y[:, np.newaxis]
    moves = np.array(
        [(part.units != 0).any(axis=0) | (part.weights != 0) for part in (across, up)]
    ).any(axis=0)
    with np.errstate(over="ignore", invalid="ignore"):
        still = np.where(moves, 0.0, at.weights)[:, np.newaxis] * sigmoid(at.units)
        z = still.sum(axis=-1) + at.bias[:, np.newaxis]
        z = z[..., np.newaxis, np.newaxis] + across.bias * x + up.bias * y
        for h in np.flatnonzero(moves):
            along_x = _spread(at.units[..., h]) + _spread(across.units[:, h]) * x
            unit = along_x + _spread(up.units[:, h]) * y
            sigmoid_in_place(unit)
            weight = _spread(at.weights[:, h]) + across.weights[h] * x + up.weights[h] * y
            unit *= weight[:, np.newaxis]
            z += unit
        sigmoid_in_place(z)
        z -= _spread(target_column(config.targets)[:, 0])
        return np.asarray(0.5 * np.einsum("fryx,fryx->fyx", z, z))


def _spread(values: Array) -> Array:
    """Give an array the axes y and x of a grid."""
    return values[..., np.newaxis, np.newaxis]
