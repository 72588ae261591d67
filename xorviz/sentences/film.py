"""What happens in each beat of a step's film, in a sentence or two for people new to it."""

from typing import Final

from xorviz.core.names import OUTPUT
from xorviz.core.numbers import ten_digits, written
from xorviz.core.truth_table import INPUTS, ROW_NAMES
from xorviz.step.film import Beat
from xorviz.step.step import Step

NO_FILM: Final = (
    "The numbers of this step are too large to compute with, so there is no film of it."
)
IN_FOCUS: Final = "Written are the numbers of {unit}: point at another unit, or tap it."
IN_FULL: Final = "In full are the numbers of {unit}: point at another unit, or tap it."
DELTA_OUTPUT: Final = (
    "Now it goes back. How much the loss changes with ŷ's sum z is ŷ's δ: its error times the "
    "derivative σ′ of its sigmoid."
)
DELTA_HIDDEN: Final = (
    "Each connection carries ŷ's δ, times its weight, back to its hidden unit. That times the "
    "unit's own σ′ is the unit's δ."
)
SUM: Final = (
    "All four inputs have been through. On each connection the four shares add up: their sum is "
    "the gradient ∂E/∂w of its weight."
)


def beat_text(step: Step, beat: Beat) -> str:
    """Say what happens in a beat."""
    if beat.row is None:
        return SUM if beat.kind == "sum" else _update(step)
    return f"Input {ROW_NAMES[beat.row]}: {_of_input(step, beat, beat.row)}"


def _of_input(step: Step, beat: Beat, row: int) -> str:
    match beat.kind:
        case "hidden":
            return _hidden(step, row)
        case "output":
            return (
                "each hidden unit's activation, times its weight, runs to ŷ, which adds the "
                f"products up (z) and puts out ŷ = σ(z) = {written(step.output[row])}."
            )
        case "error":
            output, target, error = beat.units[OUTPUT]
            return (
                f"the output ŷ is {written(output)} and its target t is {target:.0f}, so the error "
                f"ŷ − t is {written(error)}."
            )
        case "shares":
            return _shares(row)
    text = DELTA_OUTPUT if beat.kind == "delta_output" else DELTA_HIDDEN
    return text[0].lower() + text[1:]


def _hidden(step: Step, row: int) -> str:
    if INPUTS[row].any():
        return (
            "each input, times its weight, runs to a hidden unit, which adds the products up "
            "(z) and puts out its activation σ(z)."
        )
    if step.config.biases:
        return "both inputs are 0, so the z of a hidden unit is its bias. It puts out σ(z)."
    return "both inputs are 0, so all products are 0, and every hidden unit puts out σ(0) = 0.5."


def _shares(row: int) -> str:
    nothing = "" if INPUTS[row].all() else " Where 0 came in, that is 0."
    return (
        "each connection keeps this input's share of its gradient: the number that came in at "
        f"its left, times the δ at its right.{nothing}"
    )


def _update(step: Step) -> str:
    changes = (
        "each weight changes by −η times its gradient (η, the learning rate, is "
        f"{ten_digits(step.learning_rate)}): old + update = new."
    )
    if step.epoch == step.config.epochs:
        return f"The run ends here. In the step that it would make next, {changes}"
    return f"Now {changes}"
