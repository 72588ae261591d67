"""Track: the states of a training that goes on, within a bound in bytes."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.loss import half_squared_error
from xorviz.core.network import Array, forward_pass
from xorviz.core.truth_table import target_column

BLOCK: Final = 1024
"""States that wait until they are looked at together."""


class Track:
    """States by the number of updates before them: first and last, and between them evenly spaced.

    Every state is kept until there are more than fit. Then every second one of them is left out,
    and of those that follow, too; and so on.

    Attributes
    ----------
    count
        Number of states so far.
    """

    def __init__(self, width: int, hidden_size: int, targets: str, room: int) -> None:
        """Reserve `room` bytes for states of `width` numbers; memory is used as it is filled."""
        self.count = 0
        self._hidden_size, self._targets = hidden_size, target_column(targets)
        self._block = np.empty((BLOCK, width))
        self._kept = np.empty((max(room // (8 * width), 2), width))
        self._size, self._stride = 0, 1
        self._losses: list[Array] = []

    @property
    def next(self) -> Array:
        """The numbers of the next state, to be written before `add` is called; shape (P,)."""
        row: Array = self._block[self.count % BLOCK]
        return row

    def add(self) -> None:
        """Take in the state that was written into `next`."""
        self.count += 1
        if self.count % BLOCK == 0:
            self._take(self._block, self.count - BLOCK)

    @property
    def states(self) -> tuple[NDArray[np.int64], Array]:
        """Numbers of the kept states, ascending, and their parameters; shapes (F,) and (F, P)."""
        waiting = self.count % BLOCK
        start, last = self.count - waiting, self.count - 1
        fresh = slice(-start % self._stride, waiting, self._stride)
        epochs = np.append(
            np.arange(self._size) * self._stride, np.arange(start, self.count)[fresh]
        )
        parameters = np.concatenate([self._kept[: self._size], self._block[fresh]])
        if epochs[-1] != last:
            epochs = np.append(epochs, last)
            parameters = np.concatenate([parameters, self._block[[last % BLOCK]]])
        return epochs, parameters

    @property
    def losses(self) -> Array:
        """Losses ½ Σ error² of all states, those that were left out included; shape (count,)."""
        return np.concatenate([*self._losses, self._loss(self._block[: self.count % BLOCK])])

    def _take(self, states: Array, start: int) -> None:
        self._losses.append(self._loss(states))
        rows = states[-start % self._stride :: self._stride]
        while self._size + len(rows) > len(self._kept):
            self._thin()
            rows = states[-start % self._stride :: self._stride]
        self._kept[self._size : self._size + len(rows)] = rows
        self._size += len(rows)

    def _thin(self) -> None:
        kept = self._kept[: self._size : 2].copy()
        self._stride, self._size = 2 * self._stride, len(kept)
        self._kept[: self._size] = kept

    def _loss(self, states: Array) -> Array:
        outputs = forward_pass(states, self._hidden_size).output
        with np.errstate(over="ignore", invalid="ignore"):
            return half_squared_error(outputs, self._targets, rows=-2)[:, 0]
