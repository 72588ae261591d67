"""Reference: the notebook's own loop, a second implementation that checks runs.

It shares no arithmetic with `network`, so that it can't repeat its mistakes: it executes the
notebook's lines (see `loop`). Biases, values set by hand, and a mistake on purpose are put in
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
from xorviz.core.loop import KEPT, change_of, compiled
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
    update = compiled(change_of(config.mistake), config.biases)
    outputs = np.array([[int(target)] for target in config.targets])
    arrays = _initial(config)
    kept = {name: np.zeros_like(arrays[parameters]) for name, parameters in KEPT.items()}
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
            predicted_output = update(inputs, outputs, learning_rate, **arrays, **kept)
            if (epoch + 1) % 1000 == 0:
                loss = np.mean(np.abs(outputs - predicted_output))
                printed.append((epoch + 1, float(loss)))
    _set_by_hand(arrays, edits[config.epochs], learning_rate)
    parameters = np.concatenate([array.ravel() for array in arrays.values() if array.size])
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
    """The notebook's draw, input-to-hidden first, and biases of 0; empty where there are none."""
    generator = np.random.RandomState(config.seed)
    units = config.hidden_size
    return {
        "weights_input_hidden": generator.uniform(size=(2, units)),
        "weights_hidden_output": generator.uniform(size=(units, 1)),
        "biases_hidden": np.zeros(units if config.biases else 0),
        "biases_output": np.zeros(1 if config.biases else 0),
    }


def _set_by_hand(arrays: dict[str, Array], edits: Iterable[Edit], learning_rate: float) -> float:
    """Set weights, and return the learning rate from now on."""
    for _, parameter, value in edits:
        if parameter == LEARNING_RATE:
            learning_rate = value
        else:
            name, index = array_entry(parameter)
            arrays[name][index] = value
    return learning_rate
