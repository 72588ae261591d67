"""Rate: whether a run failed because of its learning rate, as smaller steps show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.edit import LOWEST_RATE
from xorviz.core.loss import half_squared_error
from xorviz.core.names import LEARNING_RATE
from xorviz.core.network import Array
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import right, target_column

SMALLER: Final = 2
"""Steps are made smaller by this at least."""
SMALL_RATE: Final = 0.25
"""Steps at this learning rate are small. 45 stuck runs at rates up to 10 were tried: with steps
eight times smaller each ends the same, its outputs within 0.001."""
MOST_UPDATES: Final = 200_000
"""The most updates of smaller steps: they take two seconds."""
ALL_RIGHT: Final = 0.125
"""Where ½ Σ error² is below this no error can be 0.5: all four predictions are right."""
SAME: Final = 0.01
"""Two runs end alike where their outputs differ by less than this."""
CHUNK: Final = 1000
"""Updates after which it is looked whether the table is solved."""


@dataclass(frozen=True)
class SmallSteps:
    """A run from the same start with smaller steps over the same distance, rate × epochs.

    Attributes
    ----------
    config
        Its settings.
    factor
        How many times smaller its steps are.
    solved_at
        The first state from which all four predictions are right; None where they are not.
    outputs
        Those of its last state, for the four rows.
    """

    config: TrainConfig
    factor: int
    solved_at: int | None
    outputs: tuple[float, ...]

    def ends_as(self, outputs: Array) -> bool:
        """Whether a run with these last outputs ends alike."""
        return bool(np.abs(np.subtract(self.outputs, outputs)).max() < SAME)


def smaller(config: TrainConfig) -> tuple[TrainConfig, int] | None:
    """Make the steps of a run small, and give the factor.

    Every rate is divided by the factor, and every epoch multiplied by it, so that all that
    is set by hand comes at the same distance. None where that takes too many updates or too
    small a rate.
    """
    rates = [config.learning_rate, *(fork.value for fork in config.forks)]
    wanted = np.ceil(max(rates) / SMALL_RATE)
    factor = int(min(max(SMALLER, wanted), MOST_UPDATES // config.epochs))
    if factor < SMALLER or min(rates) < factor * LOWEST_RATE:
        return None
    edits = tuple(
        edit._replace(
            epoch=edit.epoch * factor,
            value=edit.value / factor if edit.parameter == LEARNING_RATE else edit.value,
        )
        for edit in config.edits
    )
    rate, epochs = config.learning_rate / factor, config.epochs * factor
    return replace(config, learning_rate=rate, epochs=epochs, edits=edits), factor


def take_all_small_steps(runs: Sequence[TrainConfig]) -> list[SmallSteps | None]:
    """Take small steps from the starts of several runs; see `take_small_steps`."""
    return [take_small_steps(config) for config in runs]


def take_small_steps(config: TrainConfig) -> SmallSteps | None:
    """Train a run from the same start with smaller steps; None where there can be none.

    Stops early where the loss is below `ALL_RIGHT`: small steps do not raise it again.
    """
    steps = smaller(config)
    if steps is None:
        return None
    small, factor = steps
    trainer, targets = Trainer(small), target_column(config.targets)
    outputs, solved_at = np.empty((CHUNK, 4, 1)), 0
    last = max((edit.epoch for edit in small.edits), default=0)
    while trainer.epoch < small.epochs:
        start, seen = trainer.epoch, outputs[: small.epochs - trainer.epoch]
        trainer.run(len(seen), seen)
        wrong = np.flatnonzero(~right(seen, targets).all(axis=(1, 2)))
        solved_at = start + int(wrong[-1]) + 1 if wrong.size else solved_at
        is_low = half_squared_error(seen[-1], targets, rows=0) < ALL_RIGHT
        if is_low and solved_at < trainer.epoch and trainer.epoch > last:
            break
    final = trainer.predict()
    is_solved = bool(right(final, targets).all())
    return SmallSteps(small, factor, solved_at if is_solved else None, tuple(final[:, 0].tolist()))
