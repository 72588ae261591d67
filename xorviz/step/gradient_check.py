"""Gradient check: the gradients against differences of the loss, which need no calculus."""

from typing import Final

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, forward_pass
from xorviz.core.truth_table import target_column
from xorviz.step.step import Step

DISTANCE: Final = 1e-5
"""Distance that each parameter is changed by, up and down."""

ROUNDINGS: Final = 4
"""Units in the last place by which the last sigmoid may be wrong."""

TOLERANCE: Final = 1e-5
"""The largest relative difference that rounding explains."""


def row_losses(config: TrainConfig, parameters: Array) -> Array:
    """Loss of each row, ½ (ŷ - t)², in N states; parameters (N, P) to losses (N, 4)."""
    outputs = forward_pass(parameters, config.hidden_size).output
    return 0.5 * (outputs - target_column(config.targets))[..., 0] ** 2


def central_differences(config: TrainConfig, parameters: Array) -> Array:
    """Estimate the derivative of each row's loss by each parameter; shape (4, P).

    (E(w + d) - E(w - d)) / 2 d differs from ∂E/∂w by about d² / 6 · ∂³E/∂w³, plus the
    rounding of E divided by d.
    """
    changes = DISTANCE * np.eye(parameters.size)
    with np.errstate(over="ignore", invalid="ignore"):
        above = row_losses(config, parameters + changes)
        below = row_losses(config, parameters - changes)
        return (above - below).T / (2 * DISTANCE)


def largest_difference(step: Step, differences: Array) -> float:
    """Largest relative difference between the step's gradients and `central_differences`.

    The contribution of every row is compared: its difference is divided by the larger of
    the two numbers, or by `resolution` where both are smaller. The sum of the rows is
    compared too: its difference is divided by the sum of their sizes, as rows may cancel.
    """
    floor = resolution(step)
    rows = _relative(step.row_gradients, differences, floor)
    sizes = np.abs(differences).sum(axis=0) + floor.sum()
    total = _relative(step.gradients, differences.sum(axis=0), sizes)
    return float(np.maximum(rows.max(), total.max()))


def resolution(step: Step) -> Array:
    """The smallest gradient of each row that the differences can tell from 0; shape (4, 1).

    The error of ŷ is a few roundings of one part in 2⁵³, and σ′ times the roundings of the
    terms of z_ŷ. The error of ½ (ŷ - t)² is that times |ŷ - t|, and the error of a central
    difference is that over `DISTANCE`. A gradient is too small to check where this error is
    more than `TOLERANCE` times the gradient.
    """
    layers = step.layers
    with np.errstate(invalid="ignore"):
        terms = step.hidden @ np.abs(layers.weights_output)[:, 0]
        terms += np.abs(layers.biases_output).sum()
        roundings = np.finfo(np.float64).eps * (ROUNDINGS + np.abs(step.derivative_output) * terms)
        noise = roundings * np.abs(step.error) / DISTANCE
    return (noise / TOLERANCE + np.finfo(np.float64).tiny)[:, np.newaxis]


def _relative(ours: Array, theirs: Array, floor: Array) -> Array:
    size = np.maximum(np.maximum(np.abs(ours), np.abs(theirs)), floor)
    with np.errstate(invalid="ignore"):
        return np.abs(ours - theirs) / size
