"""Work: a call that a pool is asked to make, and how soon."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Urgency(IntEnum):
    """How soon a work is needed; the smallest goes first."""

    NOW = 0
    """The page is empty without it."""
    SOON = 1
    """A part of the page is empty without it."""
    NEXT = 2
    """A reader will probably want it next."""
    LATER = 3
    """The work takes long, so readers expect to wait."""
    IDLE = 4
    """No reader has asked for it yet."""


@dataclass(frozen=True)
class Work:
    """A call: ``function([argument, ...])`` gives the results of all arguments, one by one.

    Attributes
    ----------
    function
        A function at the top of a module, where another process finds it by its name.
    argument
        The argument of this work. Equal works are computed once.
    urgency
        How soon it is needed.
    kind
        Works of one function, urgency and kind are computed together; None for a work alone.
    is_long
        Whether it takes so long that one process is kept free from such works.
    delay
        The fewest seconds that it waits.
    """

    function: Callable[[Sequence[Any]], Iterable[Any]]
    argument: Hashable
    urgency: Urgency
    kind: Hashable = None
    is_long: bool = False
    delay: float = 0.0
