"""RowStream: the rows of a sweep on their way to a file, so that any number fits into memory."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from xorviz.core.verdict import KINDS
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Ends, ends
from xorviz.sweeps.table import Share, rows
from xorviz.sweeps.trial import Trial

SOLVED: Final = KINDS.index("solved")
Write = Callable[[Sequence[tuple[object, ...]]], None]
"""Writes rows, each by `table.COLUMNS`."""


class RowStream:
    """Writes the rows of a sweep in the order of its networks, and keeps nothing but counts.

    Parameters
    ----------
    config
        The settings of the sweep.
    write
        Writes rows; called with a block of them.
    """

    def __init__(self, config: SweepConfig, write: Write) -> None:
        self.config, self._write = config, write
        groups = config.count // len(config.seeds)
        self._solved, self._trained = np.zeros(groups, np.int32), np.zeros(groups, np.int32)
        self._early: dict[int, Ends] = {}
        self._next = 0

    @property
    def trained(self) -> int:
        """The number of networks that are trained."""
        return int(self._trained.sum())

    @property
    def is_whole(self) -> bool:
        """Whether all networks are trained."""
        return self.trained == self.config.count

    def has(self, block: slice) -> bool:
        """Whether a block is trained: none is, as a stream begins empty."""
        return self._next >= block.stop or block.start in self._early

    def take(self, block: slice, trial: Trial) -> None:
        """Take the results of a block, and write all rows whose turn has come."""
        self._early[block.start] = found = ends(self.config, block, trial)
        groups = np.arange(block.start, block.stop) // len(self.config.seeds)
        np.add.at(self._trained, groups, 1)
        np.add.at(self._solved, groups, found.verdict == SOLVED)
        while self._next in self._early:
            self._next = self._write_block(self._next)

    def write_rest(self) -> None:
        """Write the rows of all further trained networks, and skip the others."""
        for start in sorted(self._early):
            self._next = self._write_block(start)

    def shares(self) -> Iterator[Share]:
        """The solved share of the trained networks of each hidden size with each rate."""
        return map(Share, self._solved.tolist(), self._trained.tolist())

    def _write_block(self, start: int) -> int:
        """Write the rows of a block; return the index of the next one."""
        found = self._early.pop(start)
        stop = start + len(found.verdict)
        self._write([*rows(self.config, range(start, stop), found)])
        return stop
