"""Unit health: which units of a network have ceased to learn, and which do the same."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from xorviz.core.network import Array, Layers, forward_pass
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.evidence import Measured, teaching_derivatives
from xorviz.doctor.findings import DuplicateUnits, Group, SaturatedUnits
from xorviz.step.step import Step

SATURATED: Final = 1e-3
"""A hidden unit is saturated where σ′ is below this on all rows that reach its weights: without
biases row 00, where σ′(0) is 1/4, doesn't. The output is, on a row that it has wrong."""

ALIKE: Final = 1e-3
"""Two units are duplicates where their activations agree within this on all four rows. One can
stand for both where the outputs then agree within this, too."""


def saturated(measured: Measured) -> Iterator[SaturatedUnits]:
    """Find units that are saturated."""
    hidden = teaching_derivatives(measured.step).max(axis=0)
    output = measured.step.derivative_output
    units = np.flatnonzero(hidden < SATURATED).tolist()
    rows = np.flatnonzero(~measured.recording.right[-1] & (output < SATURATED)).tolist()
    if units or rows:
        yield SaturatedUnits(
            hidden=tuple((unit + 1, float(hidden[unit])) for unit in units),
            output=tuple((ROW_NAMES[row], float(output[row])) for row in rows),
            biases=measured.recording.config.biases,
        )


def duplicates(measured: Measured) -> Iterator[DuplicateUnits]:
    """Find hidden units that are duplicates of each other."""
    step = measured.step
    groups = tuple(_group(step, units) for units in _alike(step.hidden) if len(units) > 1)
    if groups:
        yield DuplicateUnits(groups)


def _group(step: Step, units: list[int]) -> Group:
    return Group(
        units=tuple(unit + 1 for unit in units),
        output_weights=tuple(step.layers.weights_output[units, 0].tolist()),
        is_one=_agree(_merged(step, units), step.output),
        is_equal=_equal(step, units),
    )


def _equal(step: Step, units: list[int]) -> bool:
    """Whether all weights and biases of some units are the same, to the last bit."""
    layers, size = step.layers, step.config.hidden_size
    biases = layers.biases_hidden.reshape(-1, size)  # no row without biases
    columns = np.vstack([layers.weights_hidden, layers.weights_output.T, biases])
    return bool((columns[:, units] == columns[:, units[:1]]).all())


def _merged(step: Step, units: list[int]) -> Array:
    """Outputs where the first of these units has the sum of their output weights; shape (4,)."""
    merged, size, (first, *others) = step.old.copy(), step.config.hidden_size, units
    weights = Layers(merged, size).weights_output
    weights[first] = weights[units].sum()
    weights[others] = 0
    return forward_pass(merged, size).output[:, 0]


def _alike(hidden: Array) -> list[list[int]]:
    """Sort units into groups, each alike to the group's first; activations (4, H)."""
    groups: dict[int, list[int]] = {}
    for unit, activations in enumerate(hidden.T):
        alike = (first for first in groups if _agree(hidden[:, first], activations))
        groups.setdefault(next(alike, unit), []).append(unit)
    return list(groups.values())


def _agree(one: Array, other: Array) -> bool:
    return bool((np.abs(one - other) <= ALIKE).all())
