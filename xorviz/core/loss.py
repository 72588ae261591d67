"""The loss, which gradient descent lowers, and the mean absolute error that the notebook prints."""

import numpy as np

from xorviz.core.network import Array


def half_squared_error(predictions: Array, targets: Array, rows: int) -> Array:
    """½ Σ (target - prediction)², summed over the axis of the rows: gradient descent lowers it."""
    losses: Array = 0.5 * np.sum((targets - predictions) ** 2, axis=rows)
    return losses


def mean_abs_error(predictions: Array, targets: Array, rows: int) -> Array:
    """Mean |target - prediction| over the axis of the rows: the notebook prints it as "Loss"."""
    losses: Array = np.mean(np.abs(targets - predictions), axis=rows)
    return losses
