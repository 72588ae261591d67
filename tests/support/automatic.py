"""Automatic differentiation of the loss, which knows nothing of backpropagation by hand."""

from collections.abc import Callable

import autograd.numpy as anp
from autograd import grad
from autograd import hessian as second_derivatives

from xorviz.core.network import Array
from xorviz.core.truth_table import INPUTS, target_column


def gradient(flat: Array, hidden_size: int, biases: bool, targets: str) -> Array:
    """∂E/∂w of every parameter."""
    derivatives: Array = grad(_loss(hidden_size, biases, targets))(flat)
    return derivatives


def hessian(flat: Array, hidden_size: int, biases: bool, targets: str) -> Array:
    """∂²E/∂w∂w of every pair of parameters."""
    derivatives: Array = second_derivatives(_loss(hidden_size, biases, targets))(flat)
    return derivatives


def _loss(hidden_size: int, biases: bool, targets: str) -> Callable[[Array], float]:
    """½ Σ (ŷ - t)² as a function of the parameters, written from its formula."""
    h = hidden_size

    def loss(flat: Array) -> float:
        hidden = INPUTS @ flat[: 2 * h].reshape(2, h)
        if biases:
            hidden = hidden + flat[3 * h : 4 * h]
        output = _sigmoid(hidden) @ flat[2 * h : 3 * h].reshape(h, 1)
        if biases:
            output = output + flat[4 * h]
        total: float = 0.5 * anp.sum((_sigmoid(output) - target_column(targets)) ** 2)
        return total

    return loss


def _sigmoid(z: Array) -> Array:
    activation: Array = 1 / (1 + anp.exp(-z))
    return activation
