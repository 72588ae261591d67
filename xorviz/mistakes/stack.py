"""Stack: many programs side by side, each from many states, by the very lines of `core.loop`.

Every array has two leading axes, the programs C and the starting states F. A line that some
programs write in another way is executed as it is for all, and then once more for those: a
10,000-epoch run of all single mistakes takes about a second. The bits may differ from those of
a run alone, as products are of stacks.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.loop import PARAMETERS
from xorviz.core.network import Array, Layers
from xorviz.core.truth_table import INPUTS, target_column
from xorviz.mistakes.programs import ALL_ROWS, Program
from xorviz.mistakes.writer import compile_stack


class Stack:
    """Programs that all are updated at once, from the same starting states.

    Parameters
    ----------
    programs
        The programs, either all row after row or none.
    config
        The settings of the network.
    starts, rates
        The starting states, shape (F, P), and their learning rates, shape (F,).

    Attributes
    ----------
    flat
        The present parameters of each program from each state, shape (C, F, P).
    """

    def __init__(
        self, programs: Sequence[Program], config: TrainConfig, starts: Array, rates: Array
    ) -> None:
        programs = list(programs)
        self.flat = np.repeat(starts[np.newaxis], len(programs), axis=0)
        self._rates = rates[:, np.newaxis, np.newaxis]
        self._update = compile_stack([one.change for one in programs], rates, config.biases)
        layers = [Layers(vector, config.hidden_size) for vector in (self.flat, 0 * self.flat)]
        self._arrays = [
            _with_rows(getattr(layer, name)) for layer in layers for name in PARAMETERS.values()
        ]
        self._passes = list(_passes(programs, target_column(config.targets)))

    def update(self) -> None:
        """Update every program once."""
        for inputs, outputs in self._passes:
            self._update(inputs, outputs, self._rates, *self._arrays)


def _with_rows(parameters: Array) -> Array:
    """Give biases the axis of the rows, which weights have."""
    return parameters if parameters.ndim == 4 else parameters[:, :, np.newaxis, :]


def _passes(programs: Sequence[Program], targets: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the inputs and targets of each pass: all four rows at once, or one after the other."""
    if programs[0].order is None:
        whole = [np.array([table] * len(programs))[:, np.newaxis] for table in (INPUTS, targets)]
        yield whole[0], whole[1]
        return
    orders = [list(one.order or ALL_ROWS) for one in programs]
    tables = [np.roll(targets, 1, axis=0) if one.shifts else targets for one in programs]
    for turn in ALL_ROWS:
        rows = [[order[turn]] for order in orders]
        outputs = [table[row] for table, row in zip(tables, rows, strict=True)]
        yield INPUTS[rows][:, np.newaxis], np.array(outputs)[:, np.newaxis]
