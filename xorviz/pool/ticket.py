"""Ticket: one request for a work."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any


@dataclass(eq=False)
class Ticket:
    """One request for a work; leaving the `with` block gives it up.

    Attributes
    ----------
    future
        The result, once it is computed.
    works_before
        Counts the works that go before this one.
    """

    future: "Future[Any]"
    works_before: Callable[[], int]
    _give_up: Callable[[], object]
    _is_given_up: bool = False

    def __enter__(self) -> "Ticket":
        return self

    def __exit__(self, *_: object) -> None:
        self.give_up()

    def give_up(self) -> None:
        """Wait no more. A work without requests is dropped, unless it is being computed."""
        if not self._is_given_up:
            self._is_given_up = True
            self._give_up()
