"""Notebook: its own line for each formula of a step, and the sign that its numbers have.

The notebook's error is t - ŷ, so all that follows from it has the other sign than here.
"""

from dataclasses import dataclass
from typing import Final

from xorviz.core.config import TrainConfig
from xorviz.core.departures import Departure, departures
from xorviz.core.lines import (
    DELTA_HIDDEN,
    DELTA_OUTPUT,
    ERROR,
    ERROR_HIDDEN,
    HIDDEN,
    OUTPUT,
    SUM_HIDDEN,
    SUM_OUTPUT,
    UPDATE_BIASES_HIDDEN,
    UPDATE_BIASES_OUTPUT,
    UPDATE_HIDDEN,
    UPDATE_OUTPUT,
)
from xorviz.core.loop import change_of
from xorviz.core.recording import PRINT_EVERY


@dataclass(frozen=True)
class Code:
    """Lines of the notebook, and a sentence on how their numbers differ from the formula's."""

    lines: tuple[str, ...]
    remark: str = ""


LOSS: Final = "loss = np.mean(np.abs(error))"
ADDS: Final = (
    "The notebook adds with `+=` where the formula subtracts: its numbers already have the other "
    "sign, so the new weight is the same."
)
PART: Final = (
    "The gradient is `{}` in this line. It adds up all four inputs, and has the other sign, as the "
    "notebook's error has."
)
FACTOR: Final = "The factor is `{}` in this line."

FORWARD_HIDDEN: Final = Code(
    (SUM_HIDDEN, HIDDEN), "Each line does all hidden units and all four inputs at once."
)
FORWARD_OUTPUT: Final = Code((SUM_OUTPUT, OUTPUT))
ERRORS: Final = Code(
    (ERROR,), "The notebook subtracts the other way round, t − ŷ: its error has the other sign."
)
DELTAS_OUTPUT: Final = Code((DELTA_OUTPUT,), "It has the other sign, as the notebook's error has.")
DELTAS_HIDDEN: Final = Code(
    (ERROR_HIDDEN, DELTA_HIDDEN), "It has the other sign, as the notebook's error has."
)
GRADIENTS_HIDDEN: Final = Code((UPDATE_HIDDEN,), PART.format("inputs.T.dot(d_hidden_layer)"))
GRADIENTS_OUTPUT: Final = Code(
    (UPDATE_OUTPUT,), PART.format("hidden_layer_output.T.dot(d_predicted_output)")
)
UPDATES_HIDDEN: Final = Code((UPDATE_HIDDEN,), ADDS)
UPDATES_OUTPUT: Final = Code((UPDATE_OUTPUT,), ADDS)
BIASES: Final = Code((), "The notebook has no biases.")

BIAS_UPDATES: Final = (UPDATE_BIASES_OUTPUT, UPDATE_BIASES_HIDDEN)

FACTORS: Final = {
    "error": ERRORS,
    "output": Code((DELTA_OUTPUT,), FACTOR.format("sigmoid_derivative(predicted_output)")),
    "weight": Code((ERROR_HIDDEN,), FACTOR.format("weights_hidden_output")),
    "hidden": Code((DELTA_HIDDEN,), FACTOR.format("sigmoid_derivative(hidden_layer_output)")),
    "input": Code((UPDATE_HIDDEN,), FACTOR.format("inputs")),
    "activation": Code((UPDATE_OUTPUT,), FACTOR.format("hidden_layer_output")),
    "constant": BIASES,
}
"""The notebook's line with each factor of the chain rule, by its kind."""


def departing(code: Code, config: TrainConfig) -> list[Departure]:
    """Find where a run's program departs from these lines.

    A line that stands before its turn is told with the first line that it overtakes. The notebook
    has no lines of biases, so theirs are told where it says so.
    """
    lines = code.lines or BIAS_UPDATES
    every = departures(change_of(config.mistake), config.biases)
    return [departure for departure in every if departure.right[0] in lines]


def loss(epoch: int, epochs: int, mean: str) -> Code:
    """Tell what the notebook computes of a state as its loss, and under which number."""
    also = f"The notebook's loss is another number: the mean absolute error, here {mean}."
    if epoch >= epochs:
        return Code((LOSS,), f"{also} It ends before it computes the one of this last epoch.")
    is_printed = (epoch + 1) % PRINT_EVERY == 0
    prints = "prints this one" if is_printed else f"prints only every {PRINT_EVERY}th"
    return Code(
        (LOSS,),
        f"{also} Epoch {epoch} here is its Epoch {epoch + 1}: it counts the update that comes "
        f"next, this page the updates already made. It {prints}.",
    )
