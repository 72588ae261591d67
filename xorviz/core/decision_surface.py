"""The decision surface: the network's output over the input square, for many states at once.

Its forward pass is its own: over a grid a hidden unit's pre-activation is a sum of two vectors,
which takes far less time than a product at every point.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.network import Array, Layers, sigmoid_in_place

LOW: Final = -0.25
HIGH: Final = 1.25
GRID_SIZE: Final = 43
"""Points a side; the corners 0 and 1 of the truth table are grid points."""
UNIT_GRID_SIZE: Final = 15
"""Points a side for the small surface of a unit."""
CHUNK: Final = 16
"""States evaluated together: few enough for a core's cache, which is faster."""
TOLERANCE: Final = 0.001
"""Distance that rounding may move a decision boundary by, in units of the axes."""


def grid_axis(size: int = GRID_SIZE) -> Array:
    """The grid's coordinates along x1, and along x2; shape (size,)."""
    return np.linspace(LOW, HIGH, size)


def decision_surface(parameters: Array, hidden_size: int, is_linear: bool = False) -> Array:
    """Evaluate the network's output over the grid for several states at once.

    A linear output has no sigmoid, so its values go beyond 0 and 1.

    Returns
    -------
    Outputs of shape (F, GRID_SIZE, GRID_SIZE), indexed [state, x2, x1].
    """
    surfaces, axis = np.empty((len(parameters), GRID_SIZE, GRID_SIZE)), grid_axis()
    for start in range(0, len(parameters), CHUNK):
        piece = slice(start, start + CHUNK)
        surfaces[piece] = _output_surface(parameters[piece], hidden_size, axis, None, is_linear)
    return surfaces


def hard_to_bound(outputs: Array, parameters: Array, hidden_size: int) -> NDArray[np.int64]:
    """Find the states whose decision boundary needs more than single precision.

    A parameter rounded to single precision is off by 2⁻²⁴ of itself at most. That moves the
    output's pre-activation z = Σ v σ(w1·x1 + w2·x2 + b) + c by less than::

        δ = 2⁻²⁴ (Σ |v| (1 + (|w1| + |w2|) HIGH / 4 + |b| / 4) + |c|)

    as σ′ is 1/4 at most. Where the boundary then moves by `TOLERANCE`, the outputs at the corners
    of a cell that it crosses differ by less than δ / 4 · cell / `TOLERANCE`, as near 0.5 an
    output's derivative by z is 1/4: so all four are that near to 0.5.

    Parameters
    ----------
    outputs
        The outputs that `decision_surface` gives, shape (F, GRID_SIZE, GRID_SIZE).
    parameters
        Flat parameters of the states, shape (F, P).
    hidden_size
        Number of hidden units.

    Returns
    -------
    Ascending indices of the states whose boundary rounding may move by more than `TOLERANCE`.
    """
    layers = Layers(np.abs(parameters), hidden_size)
    with np.errstate(over="ignore", invalid="ignore"):
        reach = 1 + layers.weights_hidden.sum(axis=1) * HIGH / 4
        if layers.biases_hidden.size:
            reach += layers.biases_hidden / 4
        z = (layers.weights_output[..., 0] * reach).sum(axis=1) + layers.biases_output.sum(axis=1)
        cell = (HIGH - LOW) / (GRID_SIZE - 1)
        near = 2.0**-24 * z / 4 * cell / TOLERANCE
    pieces = np.array_split(outputs, max(1, len(outputs) // CHUNK))
    nearest = np.concatenate([np.abs(piece - 0.5).min(axis=(1, 2)) for piece in pieces])
    return np.flatnonzero(nearest < near)


def unit_surfaces(parameters: Array, hidden_size: int, is_linear: bool = False) -> Array:
    """Evaluate every hidden unit, and last the output, over a coarser grid.

    For a linear output see `decision_surface`.

    Returns
    -------
    Activations of shape (F, H + 1, UNIT_GRID_SIZE, UNIT_GRID_SIZE), indexed
    [state, unit, x2, x1].
    """
    axis = grid_axis(UNIT_GRID_SIZE)
    surfaces = np.empty((len(parameters), hidden_size + 1, len(axis), len(axis)))
    surfaces[:, -1] = _output_surface(parameters, hidden_size, axis, surfaces, is_linear)
    return surfaces


def _output_surface(
    parameters: Array, hidden_size: int, axis: Array, units: Array | None, is_linear: bool
) -> Array:
    """Evaluate the network over a grid, and keep its hidden units' activations where asked.

    The two vectors of a hidden unit are w1·x1 + b along x1, and w2·x2 along x2.

    Parameters
    ----------
    parameters
        Flat parameters of F states, shape (F, P).
    hidden_size
        Number of hidden units.
    axis
        Coordinates of the grid along x1, and along x2; shape (G,).
    units
        Filled, where given, with each hidden unit's activations, shape (F, >= H, G, G).
    is_linear
        Whether the output has no sigmoid.
    """
    layers = Layers(parameters, hidden_size)
    output = np.zeros((len(parameters), len(axis), len(axis)))
    unit = np.empty_like(output)
    with np.errstate(over="ignore", invalid="ignore"):
        for h in range(hidden_size):
            along_x1 = np.outer(layers.weights_hidden[:, 0, h], axis)
            along_x2 = np.outer(layers.weights_hidden[:, 1, h], axis)
            if layers.biases_hidden.size:
                along_x1 += layers.biases_hidden[:, h, np.newaxis]
            np.add(along_x1[:, np.newaxis, :], along_x2[:, :, np.newaxis], unit)
            sigmoid_in_place(unit)
            if units is not None:
                units[:, h] = unit
            unit *= layers.weights_output[:, h, :, np.newaxis]
            output += unit
        if layers.biases_output.size:
            output += layers.biases_output[:, :, np.newaxis]
        if not is_linear:
            sigmoid_in_place(output)
    return output
