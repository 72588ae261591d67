"""Stretches: the known states of a training in couples, and what programs make of the first ones.

Each couple is a stretch of updates: from the first state a program is run for as many, and the
result is compared with the second state. So one update is judged by itself, however far apart
two trainings have come. How much round-off may add up is measured, and not assumed: from each
state a twin is started that differs in the last bits, and their distance is what the stretch
makes of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.observed import Observed
from xorviz.mistakes.programs import Program
from xorviz.mistakes.stack import Stack

DOUBLE: Final = 2.0**-52
SINGLE: Final = 2.0**-23
"""The spacing of numbers next to 1, of both precisions."""
LARGEST: Final = 1000.0
"""A weight above it is of a training that diverges: its sums cancel, and round-off takes over."""


@dataclass(frozen=True)
class Stretches:
    """Couples of known states.

    Attributes
    ----------
    config
        The settings of the training.
    first, last
        The numbers of the states, shape (S,).
    starts, ends
        Their parameters, shape (S, P).
    resolution
        Half a unit in the last known decimal; see `Observed`.
    """

    config: TrainConfig
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    starts: Array
    ends: Array
    resolution: float

    def __len__(self) -> int:
        return len(self.first)

    def only(self, chosen: NDArray[np.int64]) -> "Stretches":
        """Some of the stretches."""
        return replace(
            self,
            first=self.first[chosen],
            last=self.last[chosen],
            starts=self.starts[chosen],
            ends=self.ends[chosen],
        )

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The number of updates of each, shape (S,)."""
        return self.last - self.first


def stretches_of(observed: Observed) -> Stretches:
    """Each known state with the next; without those in which a value was set by hand.

    Left out is what follows a state that is not finite, or one with a weight above `LARGEST`, but
    for the first two stretches.
    """
    with np.errstate(invalid="ignore"):
        largest = np.abs(observed.parameters).max(axis=1)
    endless = np.flatnonzero(~np.isfinite(largest))
    known = int(endless[0]) if endless.size else len(observed.epochs)
    large = np.flatnonzero(largest[:known] > LARGEST)
    known = max(int(large[0]), min(known, 3)) if large.size else known
    epochs, states = observed.epochs[:known], observed.parameters[:known]
    every = Stretches(
        observed.config, epochs[:-1], epochs[1:], states[:-1], states[1:], observed.resolution
    )
    edited = np.array([edit.epoch for edit in observed.config.edits if edit.epoch > 0], np.int64)
    inside = [
        ((edited > a) & (edited <= b)).any() for a, b in zip(every.first, every.last, strict=True)
    ]
    return every.only(np.flatnonzero(~np.array(inside, np.bool_)))


def from_the_start(every: Stretches, most: int) -> Stretches:
    """Stretches that all begin at state 0, to at most so many of the states known first."""
    count = min(most, len(every))
    starts = np.repeat(every.starts[:1], count, axis=0)
    first = np.zeros(count, np.int64)
    return Stretches(
        every.config, first, every.last[:count], starts, every.ends[:count], every.resolution
    )


@dataclass(frozen=True)
class Outcome:
    """What programs make of stretches.

    Attributes
    ----------
    ends
        The parameters at the end of each stretch, shape (C, S, P).
    spread
        How far a twin ends up that starts with other last bits, same shape.
    """

    ends: Array
    spread: Array


def run(programs: Sequence[Program], stretches: Stretches, spacing: float) -> Outcome:
    """Run each program along each stretch, from its start and from a twin of it.

    Parameters
    ----------
    programs
        They update all after each row, or none.
    stretches
        The stretches.
    spacing
        Relative distance of two neighbouring numbers of the training's precision.
    """
    config, count = stretches.config, len(stretches)
    rates = np.array([config.learning_rate_at(int(epoch)) for epoch in stretches.first])
    twins = stretches.starts + _nudges(stretches, spacing)
    stack = Stack(
        programs, config, np.concatenate([stretches.starts, twins]), np.concatenate([rates, rates])
    )
    ends = np.empty_like(stack.flat)
    lengths = np.concatenate([stretches.lengths, stretches.lengths])
    with np.errstate(all="ignore"):
        for update in range(1, int(lengths.max(initial=0)) + 1):
            stack.update()
            done = lengths == update
            if done.any():
                ends[:, done] = stack.flat[:, done]
        return Outcome(ends[:, :count], np.abs(ends[:, :count] - ends[:, count:]))


def _nudges(stretches: Stretches, spacing: float) -> Array:
    """How far each weight of a twin is from the known one, up or down."""
    signs = np.random.RandomState(0).choice([-1.0, 1.0], stretches.starts.shape)
    sizes = spacing * np.maximum(np.abs(stretches.starts), 0.1)
    unknown = np.where(stretches.first > 0, stretches.resolution, 0.0)
    nudges: Array = signs * np.maximum(sizes, unknown[:, np.newaxis])
    return nudges
