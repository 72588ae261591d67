"""Task: a work that waits or is being computed."""

from collections.abc import Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from xorviz.pool.work import Work


@dataclass(eq=False)
class Task:
    """A work that waits or is being computed.

    Attributes
    ----------
    work
        What is to be computed.
    number
        Counts those that were asked for.
    future
        Its result, once it is there.
    watchers
        How many wait for it.
    asked
        When it was asked for.
    """

    work: Work
    number: int
    future: "Future[Any]" = field(default_factory=Future)
    watchers: int = 0
    asked: float = field(default_factory=monotonic)

    @property
    def delay(self) -> float:
        """Seconds until it may be computed."""
        return max(0.0, self.asked + self.work.delay - monotonic())

    @property
    def order(self) -> tuple[int, int]:
        """Who goes first: the more urgent, then who asked first."""
        return self.work.urgency, self.number

    @property
    def company(self) -> tuple[Hashable, ...]:
        """What works that are computed together have in common."""
        return self.work.function, self.work.urgency, self.work.kind
