"""Worker: computes tasks in a process that is replaced when it dies."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any, Final

from xorviz.pool.process import DiedError, Process
from xorviz.pool.task import Task

ATTEMPTS: Final = 3
"""The work is given up when this many processes have died on it."""


class LostError(Exception):
    """Every process that computed a work died."""


class Worker:
    """Computes tasks, in a process that it keeps between them.

    Parameters
    ----------
    start
        Starts a process, or gives None if it can't: then this process computes.
    """

    def __init__(self, start: Callable[[], Process | None]) -> None:
        self._start = start
        self._process: Process | None = None
        self._is_killed = False

    def compute(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Any, Exception | None]]:
        """Compute tasks together; yield each with its result, or with the error raised.

        If that fails, the tasks left are computed one by one, to find the one at fault.
        """
        left, is_together, deaths = list(tasks), True, 0
        while left:
            group = list(left) if is_together else left[:1]
            is_alone = len(group) == 1
            error: Exception | None = None
            try:
                for task, result in zip(group, self._results(group), strict=True):
                    left.remove(task)
                    yield task, result, None
                deaths = 0
            except DiedError:
                self.end()
                deaths += is_alone
                if deaths == ATTEMPTS:
                    function = group[0].work.function
                    error = LostError(f"{ATTEMPTS} processes died on {function.__name__}")
            except Exception as failure:
                self.end()  # some of its results may not be read
                error = failure
            is_together = False
            if error and left[:1] == group:
                deaths = 0
                yield left.pop(0), None, error

    def kill(self) -> None:
        """Stop computing for good, from another thread."""
        self._is_killed = True
        if process := self._process:
            process.kill()

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process:
            self._process.end()
            self._process = None

    def _results(self, tasks: Sequence[Task]) -> Iterator[Any]:
        arguments, function = [task.work.argument for task in tasks], tasks[0].work.function
        self._process = self._process or self._start()
        if self._is_killed:
            raise CancelledError
        yield from self._process.ask(function, arguments) if self._process else function(arguments)
