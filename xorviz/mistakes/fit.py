"""Fit: which programs make of each known state the next one, as exactly as round-off allows.

The unit is the round-off that is allowed: `LAST_BITS` spacings of numbers, and `GROWTH` times the
distance between a program and its twin (see `stretches`), both times the root of the number of
updates. Independent programs, which have other orders of operations, stay within 0.1 units of the
catalogue's after an update. The right loop and `early-output-update`, the closest pair, are 1e8
units apart and more, at rates from 0.1. In float32 they are 0.3 units apart at rate 0.1 and size 2,
and 8 at rate 0.5: where both fit there, many updates tell them apart (`CLEARLY`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from xorviz.core.network import Array
from xorviz.mistakes.programs import ORDERS, RIGHT, Program, by_row
from xorviz.mistakes.stretches import Outcome, Stretches, from_the_start, run

GROWTH: Final = 20.0
"""How many times as far as its twin a program's numbers may be, and times the root of updates."""
LAST_BITS: Final = 8.0
"""How many spacings apart numbers may be in any case, times the root of updates."""
TELLING: Final = 0.02
"""The largest share of a stretch's change that round-off may make up, for it to tell anything."""
FEW: Final = 12
"""The number of stretches that sort out most programs."""
FROM_THE_START: Final = 40
"""The most stretches from the start, which judge programs that keep gradients."""
SEVERAL: Final = 8
"""The fewest updates that can tell that each had an order of its own."""
BLOCK: Final = 500
"""The stretches of which all orders of the rows are tried at once."""
MANY: Final = 20
"""The number of stretches from which on the closer one of two programs that fit is told."""
CLEARLY: Final = 3.0
"""How many times as close it must be, by the root of its mean squared distance."""
CUT: Final = 2.0
"""How many times half a unit in the last known decimal a program with all known digits may miss."""
SAME: Final = 1e-9
"""The share of a stretch's change to which programs with the same numbers agree."""


@dataclass(frozen=True)
class Fit:
    """A program that explains all stretches.

    Attributes
    ----------
    program
        The program.
    difference
        The largest difference between a state and the program's.
    distance
        The root of the mean squared difference, in units of what round-off allows.
    ends
        Its own states at the ends of the stretches that were compared, shape (S, P).
    """

    program: Program
    difference: float
    distance: float
    ends: Array


def fits(programs: Sequence[Program], stretches: Stretches, spacing: float) -> list[Fit]:
    """The programs that explain every stretch, the closest first."""
    plain = [one for one in programs if not one.keeps]
    keeping = [one for one in programs if one.keeps]
    found = _sifted(plain, stretches, spacing)
    found += _fitting(keeping, from_the_start(stretches, FROM_THE_START), spacing)
    return sorted(found, key=lambda one: one.difference)


def _sifted(programs: Sequence[Program], stretches: Stretches, spacing: float) -> list[Fit]:
    """Try a few stretches first where there are many: hardly any program explains those."""
    if len(stretches) > 2 * FEW:
        spread = np.linspace(FEW, len(stretches) - 1, FEW, dtype=np.int64)
        few = np.union1d(np.arange(FEW), spread)
        left = _fitting(programs, stretches.only(few), spacing)
        programs = [one.program for one in left]
    return _fitting(programs, stretches, spacing)


def _fitting(programs: Sequence[Program], stretches: Stretches, spacing: float) -> list[Fit]:
    if not programs:
        return []
    outcome = run(programs, stretches, spacing)
    units = deviations(outcome, stretches, spacing)
    worst = units.max(axis=(1, 2), initial=0.0)
    with np.errstate(over="ignore"):
        distances = np.sqrt(np.square(units).mean(axis=(1, 2)))
    differences = np.abs(outcome.ends - stretches.ends).max(axis=(1, 2), initial=0.0)
    return [
        Fit(program, float(difference), float(distance), ends)
        for program, miss, difference, distance, ends in zip(
            programs, worst, differences, distances, outcome.ends, strict=True
        )
        if miss <= 1
    ]


def in_any_order(stretches: Stretches, spacing: float) -> list[Fit]:
    """The right loop row after row, where each update may have another order of the rows.

    Such an order can be told only where the states before and after each update are known, and
    only by several updates.
    """
    if len(stretches) < SEVERAL or (stretches.lengths != 1).any():
        return []
    programs = [by_row(RIGHT, order) for order in ORDERS]
    difference, ends = 0.0, []
    for block in np.array_split(np.arange(len(stretches)), 1 + len(stretches) // BLOCK):
        some = stretches.only(block)
        outcome = run(programs, some, spacing)
        misses = deviations(outcome, some, spacing).max(axis=2)
        if (misses.min(axis=0) > 1).any():
            return []
        nearest = outcome.ends[misses.argmin(axis=0), np.arange(len(some))]
        difference = max(difference, float(np.abs(nearest - some.ends).max()))
        ends.append(nearest)
    return [Fit(replace(programs[0], order=None), difference, 0.0, np.concatenate(ends))]


def deviations(outcome: Outcome, stretches: Stretches, spacing: float) -> Array:
    """How far each weight is from a program's, in units of what round-off allows.

    Returns
    -------
    Shape (C, S, P); above 1 the program can't have made the weight. What is not finite is
    infinitely far. Where round-off alone could have made the numbers, only a program that
    rounds as the notebook does can have made them: a stack has its bits.
    """
    roots = np.sqrt(stretches.lengths)[:, np.newaxis]
    growth = GROWTH * roots * outcome.spread.max(axis=2, keepdims=True)
    change = np.abs(stretches.ends - stretches.starts).max(axis=1, keepdims=True)
    size = np.maximum(np.abs(stretches.ends).max(axis=1, keepdims=True), 1.0)
    last_bits = stretches.resolution * 1.000001 + LAST_BITS * roots * spacing * size
    with np.errstate(all="ignore"):
        is_telling = (growth <= TELLING * change) | (growth <= last_bits)
        allowed = last_bits + np.where(is_telling, growth, 0.0)
        units: Array = np.abs(outcome.ends - stretches.ends) / allowed
    units[~np.isfinite(units)] = np.inf
    return units


def closest(found: Sequence[Fit], stretches: Stretches) -> list[Fit]:
    """Leave out programs that fit, but far less closely than another.

    Where decimals were cut off, those are programs that need round-off to have grown, if another
    one has all known digits without.
    """
    if stretches.resolution:
        has_digits = [fit for fit in found if fit.difference <= CUT * stretches.resolution]
        return has_digits or [*found]
    if len(stretches) < MANY:
        return [*found]
    best = min(fit.distance for fit in found)
    return [fit for fit in found if fit.distance <= CLEARLY * best + np.finfo(np.float64).eps]


def same(one: Fit, other: Fit, stretches: Stretches) -> bool:
    """Whether two programs give the same numbers here, and not only within the resolution."""
    count = min(len(one.ends), len(other.ends))
    change = np.abs(stretches.ends - stretches.starts)[:count].max(initial=0.0)
    apart = np.abs(one.ends[:count] - other.ends[:count]).max(initial=0.0)
    return bool(apart <= SAME * change + 4 * np.finfo(np.float64).eps * np.abs(one.ends).max())
