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
        The work.
    future
        The result, once it is computed.
    watchers
        The number of requests that wait for it.
    asked
        The time at which it was asked for.
    """

    work: Work
    future: "Future[Any]" = field(default_factory=Future)
    watchers: int = 0
    asked: float = field(default_factory=monotonic)

    @property
    def delay(self) -> float:
        """Seconds until it may be computed."""
        return max(0.0, self.asked + self.work.delay - monotonic())

    @property
    def company(self) -> tuple[Hashable, ...]:
        """Key that is equal for works that can be computed together."""
        return self.work.function, self.work.urgency, self.work.kind
