"""Catalogue: the classic mistakes of backpropagation, and other ways of doing it right, as data.

To add a mistake, add one entry. Its lines are executed as they are shown: see `loop`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from xorviz.core.lines import (
    DELTA_HIDDEN,
    DELTA_OUTPUT,
    ERROR,
    ERROR_HIDDEN,
    OUTPUT,
    UPDATE_BIASES_HIDDEN,
    UPDATE_BIASES_OUTPUT,
    UPDATE_HIDDEN,
    UPDATE_OUTPUT,
)


@dataclass(frozen=True)
class Change:
    """Lines of the notebook's loop that are written in another way.

    Attributes
    ----------
    lines
        Maps each line of `lines.LINES` to the text in its place: one line, several, or none.
    first
        Two lines of the loop: the first one is moved to stand right before the second.
    """

    lines: Mapping[str, str] = field(default_factory=dict)
    first: tuple[str, str] | None = None


@dataclass(frozen=True)
class Entry:
    """A mistake, or another way of doing it right.

    Attributes
    ----------
    name
        Its name in links, flags and files.
    title
        What the program does, as the end of the sentence "The program …".
    reason
        A sentence that says why it is wrong; why it is right, for another way.
    change
        The lines as they are often written.
    source
        The address of a public page where it is documented, or somebody made it.
    also
        Other ways to write the same mistake that give other numbers.
    needs_biases
        Whether only networks with biases can have it.
    hidden_size
        The only number of hidden units at which the shapes allow it; None for any.
    """

    name: str
    title: str
    reason: str
    change: Change
    source: str = ""
    also: tuple[Change, ...] = ()
    needs_biases: bool = False
    hidden_size: int | None = None

    def fits(self, hidden_size: int, biases: bool) -> bool:
        """Whether a network of this architecture can have it."""
        return (biases or not self.needs_biases) and self.hidden_size in (None, hidden_size)


UPDATES: Final = {
    "output": (UPDATE_OUTPUT, UPDATE_BIASES_OUTPUT),
    "hidden": (UPDATE_HIDDEN, UPDATE_BIASES_HIDDEN),
}
"""The lines that update each layer: its weights, and its biases where there are some."""
RATE: Final = " * learning_rate"


def _updates(layers: str, old: str, new: str, biases: bool = True) -> Change:
    """Write `new` for `old` in the lines that update these layers; with or without their biases."""
    lines = [line for layer in layers.split() for line in UPDATES[layer][: 1 + biases]]
    return Change({line: line.replace(old, new) for line in lines})


def _left_out(layers: str, biases: bool = True) -> Change:
    lines = [line for layer in layers.split() for line in UPDATES[layer][: 1 + biases]]
    return Change(dict.fromkeys(lines, ""))


def _summed(line: str, kept: str) -> str:
    """Add a line's gradient to the one that is kept, and update by that."""
    parameters, gradient = line.removesuffix(RATE).split(" += ")
    return f"{kept} += {gradient}\n{parameters} += {kept}{RATE}"


WITHOUT_DERIVATIVE_OUTPUT: Final = {DELTA_OUTPUT: "d_predicted_output = error"}
WITHOUT_DERIVATIVE_HIDDEN: Final = {DELTA_HIDDEN: "d_hidden_layer = error_hidden_layer"}
KEPT: Final = {
    UPDATE_OUTPUT: "gradient_hidden_output",
    UPDATE_HIDDEN: "gradient_input_hidden",
    UPDATE_BIASES_OUTPUT: "gradient_biases_output",
    UPDATE_BIASES_HIDDEN: "gradient_biases_hidden",
}
"""The array that keeps the gradient of each line from one update to the next; 0 at the start."""
LAST_ROW: Final = {
    UPDATE_OUTPUT: (
        "weights_hidden_output += "
        "hidden_layer_output[-1:].T.dot(d_predicted_output[-1:]) * learning_rate"
    ),
    UPDATE_HIDDEN: (
        "weights_input_hidden += inputs[-1:].T.dot(d_hidden_layer[-1:]) * learning_rate"
    ),
    UPDATE_BIASES_OUTPUT: UPDATE_BIASES_OUTPUT.replace(".sum", "[-1:].sum"),
    UPDATE_BIASES_HIDDEN: UPDATE_BIASES_HIDDEN.replace(".sum", "[-1:].sum"),
}

MISTAKES: Final = (
    Entry(
        "early-output-update",
        "updates the output weights before it computes the hidden deltas",
        "The hidden deltas then pass through the new output weights, but the gradient is that of "
        "the old ones, with which the prediction was made.",
        Change(first=(UPDATE_OUTPUT, ERROR_HIDDEN)),
        "https://stackoverflow.com/questions/6013429",
    ),
    Entry(
        "no-derivative-output",
        "leaves out the derivative σ′ at the output",
        "The chain rule has a factor for each step: without ŷ(1 − ŷ) the delta is not the "
        "derivative of ½ Σ error².",
        Change(WITHOUT_DERIVATIVE_OUTPUT),
        "https://stackoverflow.com/questions/42604668",
    ),
    Entry(
        "no-derivative-hidden",
        "leaves out the derivative σ′ at the hidden layer",
        "The chain rule passes each hidden unit's sigmoid, so its h(1 − h) is a factor of the "
        "hidden delta.",
        Change(WITHOUT_DERIVATIVE_HIDDEN),
    ),
    Entry(
        "no-derivatives",
        "leaves out the derivative σ′ at both layers",
        "The chain rule passes the sigmoid of both layers, so both derivatives are factors.",
        Change(WITHOUT_DERIVATIVE_OUTPUT | WITHOUT_DERIVATIVE_HIDDEN),
    ),
    Entry(
        "double-sigmoid-output",
        "takes the output's derivative σ′ of an already squashed value",
        "`sigmoid_derivative` takes the prediction itself; squashed once more it is another "
        "number, and its derivative always about 0.2.",
        Change(
            {
                DELTA_OUTPUT: DELTA_OUTPUT.replace(
                    "(predicted_output)", "(sigmoid(predicted_output))"
                )
            }
        ),
    ),
    Entry(
        "double-sigmoid-hidden",
        "takes the hidden layer's derivative σ′ of an already squashed value",
        "`sigmoid_derivative` takes the activation itself; squashed once more it is another "
        "number, and its derivative always about 0.2.",
        Change(
            {
                DELTA_HIDDEN: DELTA_HIDDEN.replace(
                    "(hidden_layer_output)", "(sigmoid(hidden_layer_output))"
                )
            }
        ),
    ),
    Entry(
        "error-not-delta",
        "passes the error back to the hidden layer, and not the delta",
        "The hidden layer acts on the error through the output's sigmoid, so its derivative "
        "ŷ(1 − ŷ) belongs into what is passed back.",
        Change({ERROR_HIDDEN: "error_hidden_layer = error.dot(weights_hidden_output.T)"}),
        "https://stackoverflow.com/questions/53287032",
    ),
    Entry(
        "wrong-layer-derivative",
        "uses the output's derivative ŷ(1 − ŷ) at the hidden layer",
        "Each unit's derivative is that of its own activation: h(1 − h) for a hidden unit.",
        Change({DELTA_HIDDEN: DELTA_HIDDEN.replace("hidden_layer_output", "predicted_output")}),
    ),
    Entry(
        "activations-backwards",
        "sums up outputs on the way back, and not deltas",
        "What goes back is how much each unit's sum should change, its delta. An output says "
        "nothing about that.",
        Change({ERROR_HIDDEN: ERROR_HIDDEN.replace("d_predicted", "predicted")}),
        also=(Change({ERROR_HIDDEN: ERROR_HIDDEN.replace("d_predicted", "-predicted")}),),
    ),
    Entry(
        "no-weights-backwards",
        "leaves out the output weights on the way back",
        "A hidden unit acts on the output through its weight, so its share of the delta has that "
        "weight as a factor.",
        Change({ERROR_HIDDEN: "error_hidden_layer = d_predicted_output"}),
    ),
    Entry(
        "wrong-layer-activation",
        "multiplies the hidden deltas by the hidden activations, and not by the inputs",
        "A weight's gradient is its unit's delta times the number at its own source, and the "
        "input weights start at the inputs. With two hidden units the shapes hide it.",
        Change({UPDATE_HIDDEN: UPDATE_HIDDEN.replace("inputs.T", "hidden_layer_output.T")}),
        hidden_size=2,
    ),
    Entry(
        "preactivation-in-gradient",
        "multiplies the output's delta by the hidden sums z, and not by the hidden activations",
        "An output weight multiplies the activation h = σ(z), so h is the factor in its gradient.",
        Change({UPDATE_OUTPUT: UPDATE_OUTPUT.replace("layer_output.T", "layer_activation.T")}),
    ),
    Entry(
        "sign-output",
        "updates the output layer with the wrong sign",
        "With error = target − prediction the update is added. Subtracted, it makes the loss grow.",
        _updates("output", "+=", "-="),
        also=(_updates("output", "+=", "-=", biases=False),),
    ),
    Entry(
        "sign-hidden",
        "updates the hidden layer with the wrong sign",
        "With error = target − prediction the update is added. Subtracted, it makes the loss grow.",
        _updates("hidden", "+=", "-="),
        also=(_updates("hidden", "+=", "-=", biases=False),),
    ),
    Entry(
        "sign-both",
        "updates both layers with the wrong sign",
        "It climbs the loss: with error = target − prediction the update is added.",
        _updates("output hidden", "+=", "-="),
        also=(_updates("output hidden", "+=", "-=", biases=False),),
    ),
    Entry(
        "no-rate-output",
        "leaves out the learning rate at the output layer",
        "Its steps are then those of a learning rate of 1, whatever rate is set.",
        _updates("output", RATE, ""),
        also=(_updates("output", RATE, "", biases=False),),
    ),
    Entry(
        "no-rate-hidden",
        "leaves out the learning rate at the hidden layer",
        "Its steps are then those of a learning rate of 1, whatever rate is set.",
        _updates("hidden", RATE, ""),
        also=(_updates("hidden", RATE, "", biases=False),),
    ),
    Entry(
        "rate-twice",
        "multiplies by the learning rate twice",
        "The steps are then those of the squared rate: smaller below 1, and larger above.",
        _updates("output hidden", RATE, RATE + RATE),
        also=(_updates("output hidden", RATE, RATE + RATE, biases=False),),
    ),
    Entry(
        "output-layer-only",
        "updates the output layer alone",
        "The hidden layer keeps its random weights, so it never learns features for the output.",
        _left_out("hidden"),
        also=(_left_out("hidden", biases=False),),
    ),
    Entry(
        "hidden-layer-only",
        "updates the hidden layer alone",
        "The output weights stay as random as they were drawn.",
        _left_out("output"),
        also=(_left_out("output", biases=False),),
    ),
    Entry(
        "gradients-not-reset",
        "adds each epoch's gradient to the last one's",
        "An update needs the gradient at the present weights alone. The sum still has those of "
        "all weights that the run has left behind.",
        Change({line: _summed(line, kept) for line, kept in KEPT.items()}),
        "https://thecodeforge.io/ml-ai/pytorch-training-loop/",
        also=(
            Change({line: _summed(line, KEPT[line]) for line in (UPDATE_OUTPUT, UPDATE_HIDDEN)}),
        ),
    ),
    Entry(
        "last-row-only",
        "updates by the gradient of the last row alone",
        "The loss sums up all four rows, so its gradient does. In a loop over the rows the "
        "gradients must be added up, and not overwritten.",
        Change(LAST_ROW),
    ),
    Entry(
        "rounded-deltas",
        "rounds the deltas to three decimals",
        "Small deltas become 0, so learning stops long before the error is gone.",
        Change(
            {
                DELTA_OUTPUT: f"{DELTA_OUTPUT.replace('= ', '= np.round(')}, 3)",
                DELTA_HIDDEN: f"{DELTA_HIDDEN.replace('= ', '= np.round(')}, 3)",
            }
        ),
        "https://stackoverflow.com/questions/29587779",
        also=(
            Change(
                {
                    DELTA_HIDDEN: f"{DELTA_HIDDEN.replace('= ', '= np.round(')}, 3)\n"
                    "d_predicted_output = np.round(d_predicted_output, 3)"
                }
            ),
        ),
    ),
    Entry(
        "shifted-targets",
        "compares each prediction with the target of the row before",
        "Inputs and targets must be in the same order. Shifted by a row it learns another table.",
        Change({ERROR: ERROR.replace("outputs", "np.roll(outputs, 1, axis=0)")}),
    ),
    Entry(
        "no-sigmoid-output",
        "has no sigmoid at the output",
        "The output is then a weighted sum of any size, with derivative 1: another network.",
        Change({OUTPUT: "predicted_output = final_layer_activation"} | WITHOUT_DERIVATIVE_OUTPUT),
    ),
    Entry(
        "bias-not-updated",
        "never updates the biases",
        "A bias is learned like a weight, one whose input is always 1.",
        Change({UPDATE_BIASES_OUTPUT: "", UPDATE_BIASES_HIDDEN: ""}),
        also=(Change({UPDATE_BIASES_OUTPUT: ""}), Change({UPDATE_BIASES_HIDDEN: ""})),
        needs_biases=True,
    ),
    Entry(
        "bias-sign",
        "updates the biases with the wrong sign",
        "A bias goes the way the weights go: with error = target − prediction the update is added.",
        Change(
            {
                line: line.replace("+=", "-=")
                for line in (UPDATE_BIASES_OUTPUT, UPDATE_BIASES_HIDDEN)
            }
        ),
        also=(
            Change({UPDATE_BIASES_OUTPUT: UPDATE_BIASES_OUTPUT.replace("+=", "-=")}),
            Change({UPDATE_BIASES_HIDDEN: UPDATE_BIASES_HIDDEN.replace("+=", "-=")}),
        ),
        needs_biases=True,
    ),
    Entry(
        "bias-wrong-delta",
        "updates the hidden biases by the output's delta",
        "A bias's gradient is the delta of its own unit, summed over the rows.",
        Change(
            {
                UPDATE_BIASES_HIDDEN: UPDATE_BIASES_HIDDEN.replace(
                    "d_hidden_layer", "d_predicted_output"
                )
            }
        ),
        also=(
            Change(
                {UPDATE_BIASES_HIDDEN: UPDATE_BIASES_HIDDEN.replace("d_hidden", "error_hidden")}
            ),
            Change(
                {UPDATE_BIASES_OUTPUT: UPDATE_BIASES_OUTPUT.replace("d_predicted_output", "error")}
            ),
            Change(
                {
                    UPDATE_BIASES_OUTPUT: UPDATE_BIASES_OUTPUT.replace(
                        "d_predicted_output", "error"
                    ),
                    UPDATE_BIASES_HIDDEN: UPDATE_BIASES_HIDDEN.replace("d_hidden", "error_hidden"),
                }
            ),
        ),
        needs_biases=True,
    ),
)
"""The mistakes, the subtlest first."""

WAYS: Final = (
    Entry(
        "mean",
        "takes the mean over the four rows, and not their sum",
        "That is the same as a quarter of the learning rate.",
        _updates("output hidden", RATE, f" / len(inputs){RATE}"),
    ),
    Entry(
        "twice",
        "takes the gradient of Σ error², without the half",
        "That is the same as twice the learning rate.",
        _updates("output hidden", "+= ", "+= 2 * "),
    ),
)
"""Other ways of doing it right that are a change of lines."""

BY_NAME: Final = {entry.name: entry for entry in (*MISTAKES, *WAYS)}
MISTAKE_NAMES: Final = tuple(entry.name for entry in MISTAKES)


def mistake_fits(name: str, hidden_size: int, biases: bool) -> bool:
    """Whether a network of this architecture can have a mistake; each can have none."""
    return not name or BY_NAME[name].fits(hidden_size, biases)
