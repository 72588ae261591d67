"""Cost: how long a core takes to train, so that a link can be refused too long a sweep."""

from collections.abc import Sequence
from typing import Final

from xorviz.core.network import parameter_count

CALLS: Final = 30e-6
"""Seconds that the NumPy calls of an epoch take, for any number of networks together."""
NETWORK: Final = 60e-9
"""Seconds that an epoch takes for each network."""
PARAMETER: Final = 40e-9
"""Seconds that an epoch takes for each weight and bias of a network."""


def epoch_seconds(hidden_size: int, biases: bool, networks: int) -> float:
    """Estimate how long a core takes for an epoch of networks that are trained together."""
    each = NETWORK + PARAMETER * parameter_count(hidden_size, biases)
    return CALLS + networks * each


def training_seconds(
    hidden_sizes: Sequence[int], biases: bool, networks: int, epochs: int
) -> float:
    """Estimate how long a core takes to train networks of each hidden size, without the calls."""
    return sum(
        networks * epochs * (epoch_seconds(size, biases, 1) - CALLS) for size in hidden_sizes
    )
