"""Standing: where the four inputs stand on a unit's curve σ, for the units that tell the most."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from xorviz.doctor.evidence import teaching_derivatives
from xorviz.step.step import Step

MOST: Final = 5
"""Hidden units at most."""


@dataclass(frozen=True)
class Standing:
    """What some hidden units and the output compute for each input.

    Attributes
    ----------
    units, hidden_size
        The numbers of the hidden units, ascending, and how many the network has.
    sums, activations
        The weighted sums, and σ of them: four rows, with a number for each unit and the last for
        the output.
    """

    units: tuple[int, ...]
    hidden_size: int
    sums: tuple[tuple[float, ...], ...]
    activations: tuple[tuple[float, ...], ...]


def stand(step: Step) -> Standing | None:
    """Take the hidden units whose tangents are the flattest; None where numbers are not finite."""
    if not np.isfinite(step.z_output).all() or not np.isfinite(step.z_hidden).all():
        return None
    steepest = teaching_derivatives(step).max(axis=0)
    units = np.sort(np.argsort(steepest, kind="stable")[:MOST])
    sums = np.column_stack([step.z_hidden[:, units], step.z_output])
    activations = np.column_stack([step.hidden[:, units], step.output])
    return Standing(
        units=tuple((units + 1).tolist()),
        hidden_size=step.config.hidden_size,
        sums=tuple(map(tuple, sums.tolist())),
        activations=tuple(map(tuple, activations.tolist())),
    )
