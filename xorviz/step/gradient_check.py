"""Gradient check: the gradients against the slopes of the loss itself, found without calculus."""

from typing import Final

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, forward_pass
from xorviz.core.truth_table import target_column
from xorviz.step.step import Step

DISTANCE: Final = 1e-5
"""How far each parameter is moved either way."""

ROUNDINGS: Final = 4
"""How many units in the last place the last sigmoid may be off."""

TOLERANCE: Final = 1e-5
"""Largest relative difference that rounding explains."""


def row_losses(config: TrainConfig, parameters: Array) -> Array:
    """Loss of each row, ½ (ŷ - t)², in N states; parameters (N, P) to losses (N, 4)."""
    outputs = forward_pass(parameters, config.hidden_size).output
    losses: Array = 0.5 * (outputs - target_column(config.targets))[..., 0] ** 2
    return losses


def central_differences(config: TrainConfig, parameters: Array) -> Array:
    """Slope of each row's loss along each parameter; shape (4, P).

    (E(w + d) - E(w - d)) / 2 d differs from ∂E/∂w by about d² / 6 · ∂³E/∂w³, plus the
    rounding of E divided by d.
    """
    moves = DISTANCE * np.eye(parameters.size)
    with np.errstate(over="ignore", invalid="ignore"):
        above = row_losses(config, parameters + moves)
        below = row_losses(config, parameters - moves)
        slopes: Array = (above - below).T / (2 * DISTANCE)
    return slopes


def largest_difference(step: Step, slopes: Array) -> float:
    """Largest relative difference between the step's gradients and the slopes of the loss.

    Every row's contribution is compared, a difference counting against the larger of
    the two numbers, or `resolution` where both are smaller; and the sum of the rows,
    where it counts against the sum of their sizes, as they may cancel.
    """
    floor = resolution(step)
    rows = _relative(step.row_gradients, slopes, floor)
    total = _relative(step.gradients, slopes.sum(axis=0), np.abs(slopes).sum(axis=0) + floor.sum())
    return float(np.maximum(rows.max(), total.max()))


def resolution(step: Step) -> Array:
    """The smallest gradient of each row that the differences can tell from another; (4, 1).

    ŷ comes with a few roundings of one part in 2⁵³, and σ′ times those of the terms that
    z_ŷ adds up; so ½ (ŷ - t)² with that times |ŷ - t|, and the slope with that over
    `DISTANCE`. A gradient of which this is more than the `TOLERANCE` can't be told from
    one without it.
    """
    layers = step.layers
    with np.errstate(invalid="ignore"):
        terms = step.hidden @ np.abs(layers.weights_output)[:, 0]
        terms += np.abs(layers.biases_output).sum()
        roundings = np.finfo(np.float64).eps * (ROUNDINGS + step.slope_output * terms)
        noise = roundings * np.abs(step.error) / DISTANCE
    smallest: Array = (noise / TOLERANCE + np.finfo(np.float64).tiny)[:, np.newaxis]
    return smallest


def _relative(ours: Array, theirs: Array, floor: Array) -> Array:
    size = np.maximum(np.maximum(np.abs(ours), np.abs(theirs)), floor)
    with np.errstate(invalid="ignore"):
        difference: Array = np.abs(ours - theirs) / size
    return difference
