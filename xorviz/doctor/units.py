"""Unit health: which units of a network have ceased to learn, and which do the same."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from xorviz.core.network import Array
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.evidence import Measured, teaching_slopes

SATURATED: Final = 1e-3
"""A hidden unit is saturated where σ′ is below this on all rows that reach its weights: without
biases row 00, where σ′(0) is 1/4, doesn't. The output is, on a row that it has wrong."""

ALIKE: Final = 1e-3
"""Two units are duplicates where their activations agree within this on all four rows."""


def saturated(found: Measured) -> str:
    """Tell which units are saturated; empty where none is."""
    return " ".join([*_saturated_hidden(found), *_saturated_output(found)])


def duplicates(found: Measured) -> str:
    """Tell which hidden units are duplicates of each other; empty where none are."""
    groups = [_names(group) for group in _groups(found.step.hidden) if len(group) > 1]
    if not groups:
        return ""
    first, *others = groups
    also = "".join(f", and so do {group}" for group in others)
    return (
        f"{first} answer every input alike, within {ALIKE:g}{also}: units that are alike do no "
        "more than one would."
    )


def _saturated_hidden(found: Measured) -> Iterator[str]:
    largest = teaching_slopes(found.step).max(axis=0)
    saturated = np.flatnonzero(largest < SATURATED)
    if saturated.size:
        learns, its = ("learns", "its") if saturated.size == 1 else ("learn", "their")
        yield (
            f"{_names(saturated.tolist())} hardly {learns} any more: on every input that reaches "
            f"{its} weights σ′ is at most {largest[saturated].max():.2g}."
        )


def _saturated_output(found: Measured) -> Iterator[str]:
    slopes = found.step.slope_output
    rows = np.flatnonzero(~found.recording.right[-1] & (slopes < SATURATED))
    if rows.size:
        most = "" if rows.size == 1 else "at most "
        yield (
            f"ŷ is saturated on the wrong side for {_listed([ROW_NAMES[row] for row in rows])}: σ′ "
            f"is {most}{slopes[rows].max():.2g} there, so hardly any error comes back."
        )


def _groups(hidden: Array) -> list[list[int]]:
    """Sort units into groups, each alike to the group's first; activations (4, H)."""
    groups: list[list[int]] = []
    for unit, activations in enumerate(hidden.T):
        for group in groups:
            if (np.abs(hidden[:, group[0]] - activations) <= ALIKE).all():
                group.append(unit)
                break
        else:
            groups.append([unit])
    return groups


def _names(units: list[int]) -> str:
    return _listed([f"h{unit + 1}" for unit in units])


def _listed(words: list[str]) -> str:
    *rest, last = words
    return f"{', '.join(rest)} and {last}" if rest else last
