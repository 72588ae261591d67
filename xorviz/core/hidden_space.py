"""Hidden space: where the hidden layer carries the inputs, and what parts them there.

Each input is a point whose coordinates are the activations of two hidden units. The output adds
these up with its weights, so in this plane the decision boundary is a straight line.

Source: Goodfellow, Bengio and Courville, "Deep Learning" (2016), section 6.1.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xorviz.core.decision_surface import grid_axis
from xorviz.core.network import Array, Layers, forward_pass, sigmoid_in_place

GRID: Final = 25
"""Points on a line of the grid."""
APART: Final = 4
"""Points of a line from one line that crosses it to the next."""
TOGETHER: Final = 0.05
"""The distance below which points count as one."""
FOLDED: Final = 0.1
"""The sine of the angle between two units' weights below which the square counts as folded."""


class Grid(NamedTuple):
    """Lines over the input square and a margin around it.

    Attributes
    ----------
    points
        The points of all lines, shape (N, 2).
    lines
        The indices of each line's points: along x1 first, then along x2.
    square
        Those of the square's four sides.
    """

    points: Array
    lines: list[list[int]]
    square: list[list[int]]


def grid() -> Grid:
    """Draw the grid; the margin is as wide as one of its meshes."""
    axis = grid_axis(GRID)
    along = [[(step, other) for step in range(GRID)] for other in range(0, GRID, APART)]
    across = [[(x1, x2) for x2, x1 in line] for line in along]
    index = {point: n for n, point in enumerate(dict.fromkeys(chain(*along, *across)))}
    sides = [line[APART:-APART] for lines in (along, across) for line in (lines[1], lines[-2])]
    return Grid(
        axis[np.array(list(index))],
        [[index[point] for point in line] for line in (*along, *across)],
        [[index[point] for point in line] for line in sides],
    )


def units_with_largest_weights(parameters: Array, hidden_size: int) -> list[int]:
    """Choose the two hidden units with the largest output weights, the only one if there is one.

    `parameters` are those of one state, shape (P,).
    """
    weights = np.abs(Layers(parameters, hidden_size).weights_output[:, 0])
    order = np.argsort(-np.nan_to_num(weights, nan=0.0), kind="stable")
    return sorted(order[:2].tolist())


def carry(parameters: Array, hidden_size: int, units: Sequence[int], points: Array) -> Array:
    """Compute the activations of some hidden units for any inputs.

    Parameters
    ----------
    parameters
        Flat parameters of F states, shape (F, P).
    hidden_size, units
        The number of hidden units, and the indices of U of them.
    points
        Inputs x1 and x2, shape (N, 2).

    Returns
    -------
    Activations, shape (F, U, N).
    """
    layers = Layers(parameters, hidden_size)
    with np.errstate(over="ignore", invalid="ignore"):
        z = np.moveaxis(layers.weights_hidden[:, :, units], 1, 2) @ points.T
        if layers.biases_hidden.size:
            z += layers.biases_hidden[:, units, np.newaxis]
        sigmoid_in_place(z)
    return z


def straight_line(parameters: Array, hidden_size: int, units: Sequence[int]) -> Array:
    """Find the line in the plane of two units where the output is 0.5.

    The output is σ(Σ v h + c), which is 0.5 where the sum is 0. Units beside these two are held at
    their mean over the four inputs.

    Returns
    -------
    Numbers a, b and c of the line a·h + b·h′ + c = 0, shape (F, 3); b is 0 for one unit.
    """
    weights = Layers(parameters, hidden_size).weights_output[..., 0]
    line = np.zeros((len(parameters), 3))
    line[:, : len(units)] = weights[:, units]
    layers = Layers(parameters, hidden_size)
    others = [unit for unit in range(hidden_size) if unit not in units]
    with np.errstate(over="ignore", invalid="ignore"):
        parts = _parts(parameters, hidden_size)[:, :, others]
        line[:, 2] = parts.mean(axis=1).sum(axis=1) + layers.biases_output.sum(axis=1)
    return line


def share(parameters: Array, hidden_size: int, units: Sequence[int]) -> Array:
    """Compute which share of the output's input some units carry: Σ |v h| over the four inputs.

    Returns
    -------
    From 0 to 1, shape (F,).
    """
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        sizes = np.abs(_parts(parameters, hidden_size)).sum(axis=1)
        shares: Array = sizes[:, units].sum(axis=1) / sizes.sum(axis=1)
    return shares


def determinant(parameters: Array) -> Array:
    """Compute the determinant of the input-to-hidden weights of two units, shape (F,)."""
    first, second = _columns(parameters)
    with np.errstate(over="ignore", invalid="ignore"):
        determinants: Array = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    return determinants


def sine(parameters: Array) -> Array:
    """Compute the sine of the angle between the weights of two units, from 0 to 1, shape (F,).

    Where it is near 0 the weights are nearly parallel: then both activations depend on the same
    sum of the inputs, and the square is carried almost onto a curve. The determinant is
    |w| |w′| sin φ for weights at an angle φ. It is NaN where all weights of a unit are 0.
    """
    first, second = _columns(parameters)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        sizes = np.hypot(*first.T) * np.hypot(*second.T)
        sines: Array = np.abs(determinant(parameters)) / sizes
    return sines


def landings(points: Array) -> NDArray[np.int64]:
    """Tell for each point the first one that lands with it, which may be itself.

    `points` has shape (F, N, U), the result (F, N).
    """
    apart = np.linalg.norm(points[:, :, np.newaxis] - points[:, np.newaxis], axis=-1)
    first: NDArray[np.int64] = (apart < TOGETHER).argmax(axis=-1)
    return np.where(np.isfinite(points).all(axis=-1), first, np.arange(points.shape[1]))


def _columns(parameters: Array) -> tuple[Array, Array]:
    """The weights from both inputs to each of two hidden units, shape (F, 2) each."""
    weights = Layers(parameters, 2).weights_hidden
    return weights[:, :, 0], weights[:, :, 1]


def _parts(parameters: Array, hidden_size: int) -> Array:
    """What each unit adds to the output's sum for each of the four inputs, shape (F, 4, H)."""
    hidden = forward_pass(parameters, hidden_size).hidden
    weights = Layers(parameters, hidden_size).weights_output[..., 0]
    return hidden * weights[:, np.newaxis, :]
