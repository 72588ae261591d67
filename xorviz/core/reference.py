"""Reference: the notebook's own loop, a second implementation that checks runs.

It shares no arithmetic with `network` and `trainer`, so that it can't repeat their mistakes.
Names and order of operations are the notebook's. Biases, and values set by hand, are added
where a run has them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import CONSTANT, LEARNING_RATE, OUTPUT, ends, node_index

Array: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """The numbers that the notebook's loop gives.

    Attributes
    ----------
    parameters
        Final weights and biases, shape (P,), in the order of `network.Layers`.
    printed_losses
        Epoch and loss of every printed line; the loss is that before the epoch's update.
    predictions
        Those before the last update, shape (4, 1).
    overflows
        Whether e⁻ᶻ of a saturated unit overflowed somewhere, on the way to a correct 0.
    """

    parameters: Array
    printed_losses: list[tuple[int, float]]
    predictions: Array
    overflows: bool


def reference_run(config: TrainConfig) -> Outcome:
    """Train as the notebook does.

    A value set by hand at epoch k comes before the forward pass of update k + 1; one at
    the last epoch comes after the last update.
    """
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    outputs = np.array([[int(target)] for target in config.targets])
    arrays = _initial(config)
    learning_rate = config.learning_rate
    edits: dict[int, list[Edit]] = defaultdict(list)
    for edit in config.edits:
        edits[edit.epoch].append(edit)
    printed: list[tuple[int, float]] = []
    overflows: list[str] = []

    with np.errstate(over="call", invalid="ignore", call=lambda kind, _: overflows.append(kind)):
        for epoch in range(config.epochs):
            if epoch in edits:
                learning_rate = _set_by_hand(arrays, edits[epoch], learning_rate)
            predicted_output, error = _update(arrays, inputs, outputs, learning_rate)
            if (epoch + 1) % 1000 == 0:
                printed.append((epoch + 1, float(np.mean(np.abs(error)))))
    _set_by_hand(arrays, edits[config.epochs], learning_rate)
    parameters = np.concatenate([array.ravel() for array in arrays.values()])
    return Outcome(parameters, printed, predicted_output, bool(overflows))


def array_entry(parameter: str) -> tuple[str, tuple[int, ...]]:
    """Name the notebook's array that holds a weight or bias, and the weight's index in it."""
    source, target = ends(parameter)
    if target == OUTPUT:
        if source == CONSTANT:
            return "biases_output", (0,)
        return "weights_hidden_output", (node_index(source), 0)
    if source == CONSTANT:
        return "biases_hidden", (node_index(target),)
    return "weights_input_hidden", (node_index(source), node_index(target))


def _initial(config: TrainConfig) -> dict[str, Array]:
    """The notebook's draw, input-to-hidden first, and biases of 0."""
    generator = np.random.RandomState(config.seed)
    arrays = {
        "weights_input_hidden": generator.uniform(size=(2, config.hidden_size)),
        "weights_hidden_output": generator.uniform(size=(config.hidden_size, 1)),
    }
    if config.biases:
        arrays["biases_hidden"] = np.zeros(config.hidden_size)
        arrays["biases_output"] = np.zeros(1)
    return arrays


def _set_by_hand(arrays: dict[str, Array], edits: Iterable[Edit], learning_rate: float) -> float:
    """Set weights, and return the learning rate from now on."""
    for _, parameter, value in edits:
        if parameter == LEARNING_RATE:
            learning_rate = value
        else:
            name, index = array_entry(parameter)
            arrays[name][index] = value
    return learning_rate


def _update(
    arrays: dict[str, Array], inputs: NDArray[np.int64], outputs: NDArray[np.int64], rate: float
) -> tuple[Array, Array]:
    """The body of the notebook's loop: changes the arrays, returns predictions and error."""
    hidden_layer_activation = np.dot(inputs, arrays["weights_input_hidden"])
    if "biases_hidden" in arrays:
        hidden_layer_activation += arrays["biases_hidden"]
    hidden_layer_output = _sigmoid(hidden_layer_activation)

    final_layer_activation = np.dot(hidden_layer_output, arrays["weights_hidden_output"])
    if "biases_output" in arrays:
        final_layer_activation += arrays["biases_output"]
    predicted_output = _sigmoid(final_layer_activation)

    error = outputs - predicted_output
    d_predicted_output = error * _sigmoid_derivative(predicted_output)
    error_hidden_layer = d_predicted_output.dot(arrays["weights_hidden_output"].T)
    d_hidden_layer = error_hidden_layer * _sigmoid_derivative(hidden_layer_output)

    arrays["weights_hidden_output"] += hidden_layer_output.T.dot(d_predicted_output) * rate
    arrays["weights_input_hidden"] += inputs.T.dot(d_hidden_layer) * rate
    if "biases_hidden" in arrays:
        arrays["biases_output"] += d_predicted_output.sum(axis=0) * rate
        arrays["biases_hidden"] += d_hidden_layer.sum(axis=0) * rate
    return predicted_output, error


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _sigmoid_derivative(x: Array) -> Array:
    return x * (1 - x)
