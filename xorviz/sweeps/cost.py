"""Cost: how long a training takes a core, so that what a link asks for can be bounded."""

from collections.abc import Sequence
from typing import Final

from xorviz.core.network import parameter_count

CALLS: Final = 30e-6
"""Seconds that NumPy's calls of an epoch take, however many networks are trained together."""
NETWORK: Final = 60e-9
PARAMETER: Final = 40e-9
"""Seconds that an epoch of one network takes, and more for each of its weights and biases."""


def epoch_seconds(hidden_size: int, biases: bool, networks: int) -> float:
    """Estimate how long an epoch of so many networks that are trained together takes a core."""
    each = NETWORK + PARAMETER * parameter_count(hidden_size, biases)
    return CALLS + networks * each


def training_seconds(
    hidden_sizes: Sequence[int], biases: bool, networks: int, epochs: int
) -> float:
    """Estimate how long so many networks of each hidden size take a core, apart from the calls."""
    return sum(
        networks * epochs * (epoch_seconds(size, biases, 1) - CALLS) for size in hidden_sizes
    )
