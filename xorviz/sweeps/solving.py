"""Solving: runs trained side by side, to learn which of them solve their truth tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from xorviz.core.config import TrainConfig
from xorviz.pool.pool import shared_pool
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work
from xorviz.sweeps import trial

Wait = Callable[[Ticket], Any]
"""Waits for a work, and returns its result."""


def result(ticket: Ticket) -> Any:
    """Wait for a work, and return its result."""
    return ticket.future.result()


class Solving:
    """Trains runs side by side in the shared pool, and begins at once.

    Runs of one architecture and length are trained as one work.
    """

    def __init__(self, configs: Iterable[TrainConfig]) -> None:
        alike: dict[tuple[int, bool, int], list[TrainConfig]] = defaultdict(list)
        for config in configs:
            alike[config.hidden_size, config.biases, config.epochs].append(config)
        self._pieces = [
            (group, shared_pool().ask(Work(trial.solved_at, tuple(group), Urgency.NEXT)))
            for group in alike.values()
        ]

    def solved(self, configs: Sequence[TrainConfig], wait: Wait = result) -> dict[TrainConfig, int]:
        """Wait for some of the runs; return the solved ones, each with the epoch that solved it."""
        solved_at: dict[TrainConfig, int] = {}
        for group, ticket in self._pieces:
            if not {*configs}.isdisjoint(group):
                solved_at.update(zip(group, wait(ticket), strict=True))
        return {config: solved_at[config] for config in configs if solved_at[config] >= 0}

    def give_up(self) -> None:
        """Cancel the training of runs that has not begun."""
        for _, ticket in self._pieces:
            ticket.give_up()
