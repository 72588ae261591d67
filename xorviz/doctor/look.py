"""Look: how a run goes on with more epochs, seen by training on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.loss import half_squared_error
from xorviz.core.network import Array
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import right, target_column
from xorviz.settings.link import limits

MOST_EPOCHS: Final = int(limits("epochs").high)
"""A run is looked on up to this epoch: the most that the page offers."""


@dataclass(frozen=True)
class RowLook:
    """How the prediction for one row of the truth table goes on.

    Attributes
    ----------
    changes
        How often it becomes right or wrong.
    first_change, last_change
        The first states after the first and the last of these changes; None where there
        are none.
    is_right
        Whether it is right at the end of the look.
    """

    changes: int
    first_change: int | None
    last_change: int | None
    is_right: bool


@dataclass(frozen=True)
class Look:
    """How a run goes on from its last state.

    Attributes
    ----------
    since, until
        The run's last state, and the last one that was looked at: the same where no more
        epochs were tried.
    rows
        How each of the four predictions goes on.
    solved_at
        The first state from which all four are right up to `until`; None where they end
        otherwise.
    loss_change
        Relative change of the loss ½ Σ error² from the run's last state to `until`.
    """

    since: int
    until: int
    rows: tuple[RowLook, ...]
    solved_at: int | None
    loss_change: float

    @property
    def correct(self) -> int:
        """How many predictions are right at the end of the look."""
        return sum(row.is_right for row in self.rows)


def look_on_all(runs: Sequence[tuple[TrainConfig, Sequence[float], int]]) -> list[Look]:
    """Look on from the last states of several runs; see `look_on`."""
    return [look_on(config, np.array(state), until) for config, state, until in runs]


def look_on(config: TrainConfig, parameters: Array, until: int) -> Look:
    """Train a run on with its own settings, and look at its predictions and its loss.

    Parameters
    ----------
    config
        The settings of the run.
    parameters
        Its last state, shape (P,).
    until
        The last epoch to look at; the run's own where it is larger.
    """
    more = max(until - config.epochs, 0)
    trainer = Trainer(config, parameters, config.epochs)
    if trainer.kept is not None:
        trainer = Trainer(config)
        trainer.run(config.epochs)
    outputs = np.empty((more + 1, 4, 1))
    trainer.run(more, outputs[:-1])
    outputs[-1] = trainer.predict()
    targets = target_column(config.targets)
    are_right = right(outputs, targets)[..., 0]
    wrong = np.flatnonzero(~are_right.all(axis=1))
    is_solved = bool(are_right[-1].all())
    first, last = half_squared_error(outputs[[0, -1], :, 0], targets.T, rows=1)
    return Look(
        since=config.epochs,
        until=config.epochs + more,
        rows=tuple(_row(column, config.epochs) for column in are_right.T),
        solved_at=config.epochs + int(wrong.max(initial=-1)) + 1 if is_solved else None,
        loss_change=float(last / first - 1),
    )


def _row(are_right: NDArray[np.bool_], epoch: int) -> RowLook:
    """Tell of one row by whether it is right in each state from this epoch on."""
    changed = epoch + 1 + np.flatnonzero(are_right[1:] != are_right[:-1])
    first, last = (int(changed[0]), int(changed[-1])) if changed.size else (None, None)
    return RowLook(int(changed.size), first, last, bool(are_right[-1]))
