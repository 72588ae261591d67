"""Each unit's σ curve in every frame: where the four inputs stand on it, and the tangents there."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.names import OUTPUT
from xorviz.core.network import Array, sigmoid
from xorviz.core.truth_table import ROW_NAMES, right, target_column
from xorviz.figures.curves import REACH
from xorviz.figures.multiples import Multiples, single
from xorviz.figures.theme import BLUE, CURVE, MUTED, ORANGE, unit_colour
from xorviz.step.step import Step

POINTS: Final = 65
"""Points of the curve."""


def sigmoids(steps: Sequence[Step]) -> Multiples:
    """Draw every hidden unit, and last the output, at each frame's state."""
    step = steps[0]
    targets = step.config.targets
    derivatives = [_by_unit(step.derivative_hidden, step.derivative_output) for step in steps]
    return Multiples(
        kind="sigmoids",
        title="σ curves",
        hint="Where an input's weighted sum z puts it on a unit's curve: orange if its target is "
        "1, else blue. σ′, the derivative, is how steep the tangent there is, in the unit's "
        "colour; at most ¼ (dashed). Where it is flat, few corrections get through.",
        names=[*step.units, OUTPUT],
        inputs=ROW_NAMES,
        values={
            "sums": single([_by_unit(step.z_hidden, step.z_output) for step in steps]),
            "activations": single([_by_unit(step.hidden, step.output) for step in steps]),
            "derivatives": single(derivatives),
            "flattest": single([each.min(axis=1) for each in derivatives]),
            "wrong": np.array([_wrong(step) for step in steps], np.uint8),
        },
        look={
            "colours": [*map(unit_colour, range(step.config.hidden_size)), CURVE],
            "inputs": [ORANGE if target == "1" else BLUE for target in targets],
            "muted": MUTED,
            "reach": REACH,
            "curve": sigmoid(np.linspace(-REACH, REACH, POINTS)).tolist(),
        },
    )


def _by_unit(hidden: Array, output: Array) -> Array:
    """Numbers of the hidden units and last the output, shape (H + 1, 4)."""
    return np.column_stack([hidden, output]).T


def _wrong(step: Step) -> NDArray[np.bool_]:
    """Whether the output of each input is wrong; a hidden unit's never is."""
    wrong = np.zeros((len(step.units) + 1, len(ROW_NAMES)), np.bool_)
    wrong[-1] = ~right(step.output, target_column(step.config.targets)[:, 0])
    return wrong
