"""Quiz: a reader predicts a new weight, and is shown which factor to look at again."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from xorviz.core.numbers import side_by_side, with_minus
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step.chain import chain
from xorviz.step.step import Step

CLOSE: Final = 0.01
"""A prediction is right if its relative difference from the new weight is at most this."""


@dataclass(frozen=True)
class Judgement:
    """The judgement on a prediction: whether it is right, and a sentence or two."""

    right: bool
    text: str


def judge_prediction(step: Step, name: str, predicted: float) -> Judgement:
    """Judge a prediction of one parameter's new value.

    A small update leaves even wrong predictions within 1 % of the new weight. So the
    change, predicted - old, is compared with the changes that usual slips give: the
    update with one of its factors left out, added instead of subtracted, and so on.

    Raises
    ------
    ValueError
        Where the network has no parameter of this name.
    """
    index = step.names.index(name)
    old, new = float(step.old[index]), float(step.new[index])
    if not step.is_finite:
        return Judgement(
            False,
            "The numbers of this step are too large to compute with: there is nothing to predict.",
        )
    change, right_change = predicted - old, float(step.updates[index])
    _, written = side_by_side(old, new)
    right = Judgement(True, f"Right: within 1 % of the new weight, {with_minus(written)}.")
    if _rounds_to(predicted, new):
        return right
    if _rounds_to(predicted, old):
        return Judgement(False, "Not yet: this is the old weight, but its gradient is not 0.")
    if not _near(change, right_change) and (slip := _slip(step, name, change)):
        return Judgement(False, f"Not yet: look again at {slip}")
    if abs(predicted - new) <= CLOSE * abs(new):
        return right
    return Judgement(False, f"Not yet. {_size(change, right_change)}")


def _rounds_to(predicted: float, value: float) -> bool:
    """Whether a prediction is this value, rounded to four significant digits."""
    if value == 0:
        return predicted == 0
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - 3)
    return abs(predicted - value) <= 0.501 * unit


def _near(ours: float, theirs: float) -> bool:
    return abs(ours - theirs) <= CLOSE * abs(theirs)


def _slip(step: Step, name: str, change: float) -> str | None:
    """Find the usual slip that gives this change."""
    return next(
        (slip for slip, slipped in _slips(step, name) if slipped and _near(change, slipped)), None
    )


def _slips(step: Step, name: str) -> Iterator[tuple[str, float]]:
    """Yield every usual slip: the factor to look at again, and the change that the slip gives."""
    index = step.names.index(name)
    rate = step.learning_rate
    gradient = float(step.gradients[index])
    yield "the sign: the update goes against the gradient, so it is subtracted.", rate * gradient
    yield "the learning rate: the gradient is multiplied by it.", -gradient
    yield "the sum: the gradients of the four inputs are added, not averaged.", -rate * gradient / 4
    yield (
        "the start: the new weight is the old one plus the change.",
        -rate * gradient - float(step.old[index]),
    )
    for row, where in zip(step.row_gradients[:, index], ROW_NAMES, strict=True):
        yield (
            f"the sum: this is the change from input {where} alone; all four inputs count.",
            -rate * float(row),
        )
    factors = chain(step, name)
    for left_out in factors:
        rest = [factor.values for factor in factors if factor is not left_out]
        of, by = left_out.derivative
        yield (
            f"the factor ∂{of}/∂{by}, the {left_out.part.words}: it seems to be left out.",
            -rate * float(np.prod(rest, axis=0).sum()),
        )


def _size(change: float, right_change: float) -> str:
    """Compare a change that no usual slip explains with the right one."""
    if right_change == 0:
        return "The gradient is 0, so the weight does not change: look for the factor that is 0."
    if (change > 0) != (right_change > 0):
        return "The change has the wrong sign: look at the sign of each factor, the error's first."
    factor = change / right_change
    times = f"{factor:.2g}" if factor < 100 else "more than a hundred"
    return (
        f"The direction is right, but the change is {times} times the real one: "
        "look again at each factor."
    )
