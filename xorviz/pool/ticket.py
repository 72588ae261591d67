"""Ticket: one request for a work."""

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from xorviz.pool.task import Task

if TYPE_CHECKING:
    from xorviz.pool.pool import Pool


class Ticket:
    """One request for a work; leaving the `with` block gives it up."""

    def __init__(self, pool: "Pool", task: Task) -> None:
        self._pool, self._task = pool, task
        self._is_given_up = False

    def __enter__(self) -> "Ticket":
        return self

    def __exit__(self, *_: object) -> None:
        self.give_up()

    @property
    def future(self) -> "Future[Any]":
        """The result, once it is computed."""
        return self._task.future

    @property
    def before(self) -> int:
        """The number of works that go before this one."""
        return self._pool.before(self._task)

    def give_up(self) -> None:
        """Wait no more. A work without requests is dropped, unless it is being computed."""
        if not self._is_given_up:
            self._is_given_up = True
            self._pool.give_up(self._task)
