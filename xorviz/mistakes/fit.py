"""Fit: which programs make of each known state the next one, as exactly as round-off allows.

Measured on independent programs in Python lists, NumPy and float32, at rates 0.1 to 10 and hidden
sizes 2 and 3: the distance between a program and its twin (see `stretches`) times `GROWTH`
bounds what another order of operations adds up to; the right loop and `early-output-update`, the
closest pair, are some thousand times as far apart.
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
    ends
        Its own states at the ends of the stretches that were compared, shape (S, P).
    """

    program: Program
    difference: float
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
    worst = deviations(outcome, stretches, spacing).max(axis=(1, 2), initial=0.0)
    differences = np.abs(outcome.ends - stretches.ends).max(axis=(1, 2), initial=0.0)
    return [
        Fit(program, float(difference), ends)
        for program, miss, difference, ends in zip(
            programs, worst, differences, outcome.ends, strict=True
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
    return [Fit(replace(programs[0], order=None), difference, np.concatenate(ends))]


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


def same(one: Fit, other: Fit, stretches: Stretches) -> bool:
    """Whether two programs give the same numbers here, and not only within the resolution."""
    count = min(len(one.ends), len(other.ends))
    change = np.abs(stretches.ends - stretches.starts)[:count].max(initial=0.0)
    apart = np.abs(one.ends[:count] - other.ends[:count]).max(initial=0.0)
    return bool(apart <= SAME * change + 4 * np.finfo(np.float64).eps * np.abs(one.ends).max())
