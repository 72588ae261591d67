"""The decision surface: the network's output over the input square, for all recorded states."""

from typing import Final

import numpy as np

from xorviz.network import Array, Layers, sigmoid_in_place

LOW: Final = -0.25
HIGH: Final = 1.25
GRID_SIZE: Final = 43
"""Points a side; the corners 0 and 1 of the truth table are grid points."""


def grid_axis() -> Array:
    """The grid's coordinates along x1, and along x2; shape (GRID_SIZE,)."""
    return np.linspace(LOW, HIGH, GRID_SIZE)


def decision_surface(parameters: Array, hidden_size: int) -> Array:
    """Evaluate the network over the grid for several states at once.

    A hidden unit's pre-activation w1·x1 + w2·x2 + b is a sum of one term along
    each axis, so it is built from two vectors a state instead of from every point.

    Parameters
    ----------
    parameters
        Flat parameters of F states, shape (F, P).
    hidden_size
        Number of hidden units.

    Returns
    -------
    Outputs of shape (F, GRID_SIZE, GRID_SIZE), indexed [state, x2, x1].
    """
    layers = Layers(parameters, hidden_size)
    axis = grid_axis()
    output = np.zeros((len(parameters), GRID_SIZE, GRID_SIZE))
    unit = np.empty_like(output)
    with np.errstate(over="ignore", invalid="ignore"):
        for h in range(hidden_size):
            along_x1 = np.outer(layers.weights_hidden[:, 0, h], axis)
            along_x2 = np.outer(layers.weights_hidden[:, 1, h], axis)
            if layers.biases_hidden.size:
                along_x1 += layers.biases_hidden[:, h, np.newaxis]
            np.add(along_x1[:, np.newaxis, :], along_x2[:, :, np.newaxis], unit)
            sigmoid_in_place(unit)
            unit *= layers.weights_output[:, h, :, np.newaxis]
            output += unit
        if layers.biases_output.size:
            output += layers.biases_output[:, :, np.newaxis]
        sigmoid_in_place(output)
    return output
