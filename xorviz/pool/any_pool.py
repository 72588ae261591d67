"""AnyPool: what a sweep needs of a pool, be it of own processes or of a cluster."""

from typing import Protocol

from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Work


class AnyPool(Protocol):
    """Computes works elsewhere."""

    @property
    def size(self) -> int:
        """The number of works that it takes at once."""
        ...

    @property
    def stretch(self) -> int:
        """How many times as long as in a process of this machine a work should last."""
        ...

    def ask(self, work: Work) -> Ticket:
        """Ask for a work."""
        ...
