"""Work: what a pool is asked to compute, and how soon."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Urgency(IntEnum):
    """How soon a work is needed; the smaller goes first."""

    NOW = 0
    """The page is empty without it."""
    SOON = 1
    """A part of the page is empty without it."""
    NEXT = 2
    """A reader will probably want it next."""
    LATER = 3
    """It takes long anyway."""
    IDLE = 4
    """Nobody has asked for it yet."""


@dataclass(frozen=True)
class Work:
    """What is to be computed: ``function([argument, ...])`` gives a result for each, one by one.

    Attributes
    ----------
    function
        One of a module's own functions, which another process finds by its name.
    argument
        What it is given. Equal works are computed once.
    urgency
        How soon it is needed.
    kind
        Works of one function, urgency and kind are computed together; None for alone.
    is_long
        Whether it takes so long that one process is kept free of such work.
    delay
        Seconds that it waits at least.
    """

    function: Callable[[Sequence[Any]], Iterable[Any]]
    argument: Hashable
    urgency: Urgency
    kind: Hashable = None
    is_long: bool = False
    delay: float = 0.0
