"""Edit: a weight or the learning rate set by hand at one epoch of a run, and how it is spelled."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from xorviz.core.names import LEARNING_RATE, parameter_names, read_name, spelled
from xorviz.core.numbers import in_full

WEIGHT_LIMIT: Final = 1000
"""Largest size of a weight or learning rate that may be typed."""

LOWEST_RATE: Final = 1e-6
"""Smallest learning rate."""

MAX_EDITS: Final = 200

SEPARATOR: Final = "~"
_EDIT: Final = re.compile(
    r"(\d{1,7})_((?:x1|x2|h\d{1,2}|1)_(?:h\d{1,2}|y)|lr)_([^_~]{1,30})", re.ASCII
)


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
            return f"learning rate {in_full(self.value)} from epoch {self.epoch:,}"
        return f"{self.parameter} = {in_full(self.value)} at epoch {self.epoch:,}"


def parse_edits(text: str) -> tuple[Edit, ...]:
    """Read edits such as ``0_x1_h1_2.5~5000_h2_y_-1``: epoch, from, to and value of each.

    The learning rate has ``lr`` in place of from and to, as in ``500_lr_2``.

    Raises
    ------
    ValueError
        Where the text is no such list; the edits' own bounds are `valid`'s.
    """
    return ordered(_parse(part) for part in text.split(SEPARATOR)) if text else ()


def ordered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sort edits and make their values floats, and -0 a 0: equal ones have equal bits and texts."""
    return tuple(sorted(edit._replace(value=float(edit.value) + 0.0) for edit in edits))


def _parse(text: str) -> Edit:
    match = _EDIT.fullmatch(text)
    if match is None or not match[3].isascii() or match[3] != match[3].strip():
        raise ValueError(text)
    epoch, spelling, value = match.groups()
    return Edit(int(epoch), read_name(spelling), float(value))


def edits_text(edits: Sequence[Edit]) -> str:
    """Write edits as `parse_edits` reads them back, to the last bit."""
    return SEPARATOR.join(map(_text, edits))


def _text(edit: Edit) -> str:
    return f"{edit.epoch}_{spelled(edit.parameter)}_{edit.value!r}"


def valid(edits: object) -> bool:
    """Whether these are edits with values in bounds, each parameter at most once an epoch."""
    return (
        isinstance(edits, tuple)
        and len(edits) <= MAX_EDITS
        and all(isinstance(edit, Edit) and _in_bounds(*edit) for edit in edits)
        and len({edit[:2] for edit in edits}) == len(edits)
    )


def _in_bounds(epoch: object, parameter: object, value: object) -> bool:
    return (
        type(epoch) is int
        and epoch >= 0
        and isinstance(parameter, str)
        and isinstance(value, int | float)
        and not isinstance(value, bool)
        and (LOWEST_RATE if parameter == LEARNING_RATE else -WEIGHT_LIMIT) <= value <= WEIGHT_LIMIT
    )


def fits(edit: Edit, hidden_size: int, biases: bool, epochs: int) -> bool:
    """Whether a run has the edit's parameter and its epoch."""
    return has_parameter(edit, hidden_size, biases) and edit.epoch <= epochs


def has_parameter(edit: Edit, hidden_size: int, biases: bool) -> bool:
    """Whether a network has the edit's parameter; each has a learning rate."""
    return edit.parameter in (*parameter_names(hidden_size, biases), LEARNING_RATE)
