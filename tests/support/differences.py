"""Differences: the loss written from its formula, and its derivatives by central differences."""

import numpy as np

from xorviz.core.network import Array, Layers, parameter_count
from xorviz.core.truth_table import INPUTS


def loss(flat: Array, hidden_size: int, biases: bool, targets: Array) -> float:
    """½ Σ (ŷ - t)², written from its formula."""
    layers = Layers(flat, hidden_size)
    bias_hidden, bias_output = (
        (layers.biases_hidden, layers.biases_output) if biases else (0.0, 0.0)
    )
    hidden = 1 / (1 + np.exp(-(INPUTS @ layers.weights_hidden + bias_hidden)))
    output = 1 / (1 + np.exp(-(hidden @ layers.weights_output + bias_output)))
    return float(0.5 * np.sum((output - targets) ** 2))


def central_differences(
    flat: Array, hidden_size: int, biases: bool, targets: Array, distance: float = 1e-5
) -> Array:
    derivatives = np.empty_like(flat)
    for index in range(flat.size):
        step = np.zeros_like(flat)
        step[index] = distance
        above = loss(flat + step, hidden_size, biases, targets)
        below = loss(flat - step, hidden_size, biases, targets)
        derivatives[index] = (above - below) / (2 * distance)
    return derivatives


def drawn(hidden_size: int, biases: bool, seed: int, scale: float) -> Array:
    size = parameter_count(hidden_size, biases)
    return np.random.default_rng(seed).normal(scale=scale, size=size)
