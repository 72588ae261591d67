"""Unit health: which units of a network have ceased to learn, and which do the same."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from xorviz.core.network import Array, sigmoid
from xorviz.core.numbers import with_minus
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.evidence import Measured, teaching_slopes
from xorviz.step.step import Step

SATURATED: Final = 1e-3
"""A hidden unit is saturated where σ′ is below this on all rows that reach its weights: without
biases row 00, where σ′(0) is 1/4, doesn't. The output is, on a row that it has wrong."""

ALIKE: Final = 1e-3
"""Two units are duplicates where their activations agree within this on all four rows. One can
stand for both where the outputs then agree within this, too."""


def saturated(found: Measured) -> str:
    """Tell which units are saturated; empty where none is."""
    return " ".join([*_saturated_hidden(found), *_saturated_output(found)])


def duplicates(found: Measured) -> str:
    """Tell which hidden units are duplicates of each other; empty where none are."""
    groups = [group for group in _groups(found.step.hidden) if len(group) > 1]
    return " ".join(_duplicates(found.step, group) for group in groups)


def _duplicates(step: Step, group: list[int]) -> str:
    weights = step.layers.weights_output[group, 0]
    if np.abs(_merged(step, group) - step.output).max() <= ALIKE:
        so = f"one unit with the sum of their output weights gives the same outputs, within {ALIKE}"
    else:
        listed = _listed([with_minus(f"{weight:.4g}") for weight in weights])
        so = f"yet their output weights, {listed}, make even so small a difference count"
    told = f"{_names(group)} have the same activations on every input, within {ALIKE}: {so}."
    return told + (
        " Their weights are equal, so every update keeps them alike." * _equal(step, group)
    )


def _equal(step: Step, group: list[int]) -> bool:
    """Whether all weights and biases of some units are the same, to the last bit."""
    layers = step.layers
    columns = np.vstack([layers.weights_hidden, layers.weights_output.T])
    if layers.biases_hidden.size:
        columns = np.vstack([columns, layers.biases_hidden])
    return bool((columns[:, group] == columns[:, group[:1]]).all())


def _merged(step: Step, group: list[int]) -> Array:
    """Outputs where the first unit of a group stands for all of it; shape (4,)."""
    hidden = step.hidden.copy()
    hidden[:, group] = hidden[:, group[:1]]
    z = hidden @ step.layers.weights_output[:, 0] + step.layers.biases_output.sum()
    with np.errstate(over="ignore"):
        return sigmoid(z)


def _saturated_hidden(found: Measured) -> Iterator[str]:
    largest = teaching_slopes(found.step).max(axis=0)
    saturated = np.flatnonzero(largest < SATURATED)
    if saturated.size:
        one = saturated.size == 1
        are, it = ("is", "it") if one else ("are", "them")
        inputs = "every input" if found.recording.config.biases else "01, 10 and 11"
        most = largest[saturated].max()
        slope = f"at most {most:.2g}, so little" if most else "0 but for rounding, so hardly any"
        yield (
            f"{_names(saturated.tolist())} {are} saturated: on {inputs} σ′ is {slope} of the error "
            f"gets through {it}."
        )


def _saturated_output(found: Measured) -> Iterator[str]:
    slopes = found.step.derivative_output
    rows = np.flatnonzero(~found.recording.right[-1] & (slopes < SATURATED))
    if rows.size:
        largest = slopes[rows].max()
        at_most = "" if rows.size == 1 else "at most "
        slope = f"{at_most}{largest:.2g}" if largest else "0 but for rounding"
        yield (
            f"ŷ is saturated on the wrong side for {_listed([ROW_NAMES[row] for row in rows])}: σ′ "
            f"is {slope} there, so hardly any error comes back."
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
