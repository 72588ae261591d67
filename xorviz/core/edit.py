"""Edit: a weight or the learning rate set by hand at one epoch of a run."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.numbers import ten_digits, with_minus

WEIGHT_LIMIT: Final = 1000
"""Largest size of a weight or learning rate that may be typed."""

LOWEST_RATE: Final = 1e-6
"""Smallest learning rate."""

MAX_EDITS: Final = 200


class Edit(NamedTuple):
    """A weight or bias set by hand, or the learning rate: then it is a fork.

    Attributes
    ----------
    epoch
        The state that has the new value: training goes on from there with it. A fork
        leaves the state as it is; the update from it is the first with the new rate.
    parameter
        Its name, as of `names.parameter_names`, or `LEARNING_RATE`.
    value
        The new value.
    """

    epoch: int
    parameter: str
    value: float

    def __str__(self) -> str:
        if self.parameter == LEARNING_RATE:
            return f"learning rate {ten_digits(self.value)} from epoch {self.epoch:,}"
        value = with_minus(ten_digits(self.value))
        return f"{self.parameter} = {value} at epoch {self.epoch:,}"


def ordered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sort edits and make their values floats, and -0 a 0: equal ones have equal bits and texts."""
    return tuple(sorted(edit._replace(value=float(edit.value) + 0.0) for edit in edits))


def fits(edit: Edit, hidden_size: int, biases: bool, epochs: int) -> bool:
    """Whether a run has the edit's parameter and its epoch."""
    return has_parameter(edit, hidden_size, biases) and edit.epoch <= epochs


def has_parameter(edit: Edit, hidden_size: int, biases: bool) -> bool:
    """Whether a network has the edit's parameter; each has a learning rate."""
    return edit.parameter in (*parameter_names(hidden_size, biases), LEARNING_RATE)
