"""Program: one update of a loop with a mistake, laid open line by line.

The lines that are executed are the catalogue's, as in `core.loop`; here every number between the
old weights and the new is kept.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import CodeType
from typing import Any, Final, NamedTuple

import numpy as np

from xorviz.core.catalogue import RATE
from xorviz.core.config import TrainConfig
from xorviz.core.lines import (
    UPDATE_BIASES_HIDDEN,
    UPDATE_BIASES_OUTPUT,
    UPDATE_HIDDEN,
    UPDATE_OUTPUT,
)
from xorviz.core.loop import KEPT, PARAMETERS, change_of, sigmoid, sigmoid_derivative, write
from xorviz.core.network import Array, Layers
from xorviz.core.truth_table import INPUTS, target_column

UPDATE: Final = re.compile(r"(\w+) ([+-])= (.+)")
"""A line that adds to an array, or subtracts from it."""
RIGHT: Final = {
    "weights_input_hidden": UPDATE_HIDDEN,
    "weights_hidden_output": UPDATE_OUTPUT,
    "biases_hidden": UPDATE_BIASES_HIDDEN,
    "biases_output": UPDATE_BIASES_OUTPUT,
}
"""The notebook's line that updates each array."""


class Made(NamedTuple):
    """The numbers that a program makes in one update, with the signs and shapes of `Step`."""

    z_hidden: Array
    hidden: Array
    z_output: Array
    output: Array
    error: Array
    delta_output: Array
    delta_hidden: Array
    row_gradients: Array
    gradients: Array
    updates: Array
    new: Array


class _Update(NamedTuple):
    """The gradient that a program takes for one array's, its part from each row, and the update."""

    rows: Array
    gradient: Array
    update: Array


def lay_open(config: TrainConfig, old: Array, epoch: int, kept: Array | None = None) -> Made:
    """Make the update of a run with a mistake from a state on, to the bits of `core.loop.Loop`.

    Parameters
    ----------
    config, old, epoch
        As of `step.open_step`.
    kept
        The gradients that the mistake has kept up to this state; 0 if none.
    """
    new = old.copy()
    flats = new, np.zeros_like(old) if kept is None else kept.copy()
    layers = [Layers(flat, config.hidden_size) for flat in flats]
    parameters, gradients = (
        {name: getattr(layer, ours) for name, ours in PARAMETERS.items()} for layer in layers
    )
    names: dict[str, Any] = {
        "np": np,
        "sigmoid": sigmoid,
        "sigmoid_derivative": sigmoid_derivative,
        "inputs": INPUTS,
        "outputs": target_column(config.targets),
        "learning_rate": config.learning_rate_at(epoch),
        **parameters,
        **{ours: gradients[name] for ours, name in KEPT.items()},
    }
    with np.errstate(over="ignore", invalid="ignore"):
        made = _run(write(change_of(config.mistake), config.biases), names)
    flat = [made[name] for name in PARAMETERS if parameters[name].size]
    return Made(
        z_hidden=names["hidden_layer_activation"],
        hidden=names["hidden_layer_output"],
        z_output=names["final_layer_activation"][:, 0],
        output=names["predicted_output"][:, 0],
        error=_negative(names["error"])[:, 0],
        delta_output=_negative(names["d_predicted_output"])[:, 0],
        delta_hidden=_negative(names["d_hidden_layer"]),
        row_gradients=np.hstack([one.rows.reshape(4, -1) for one in flat]),
        gradients=np.concatenate([one.gradient.ravel() for one in flat]),
        updates=np.concatenate([one.update.ravel() for one in flat]),
        new=new,
    )


def _run(lines: list[str], names: dict[str, Any]) -> Mapping[str, _Update]:
    """Execute the lines; return the update of each array.

    An array that no line updates keeps its value, though its gradient could be computed.
    """
    made: dict[str, _Update] = {}
    for line in lines:
        changed = UPDATE.fullmatch(line)
        if changed and changed[1] in (*PARAMETERS, *KEPT):
            array, sign, summand = changed.groups()
            made[array] = _update(array, sign, summand, names, made)
        exec(_compiled(line, "exec"), names)
    for array, line in RIGHT.items():
        if array not in made and names[array].size:
            made[array] = _update(array, "+", line.partition(" += ")[2], names, made)
            made[array] = made[array]._replace(update=np.zeros_like(names[array]))
    return made


def _update(
    array: str, sign: str, summand: str, names: dict[str, Any], before: Mapping[str, _Update]
) -> _Update:
    """Take a line apart that updates an array."""
    shape = names[array].shape
    gradient = summand.replace(RATE, "")
    change = np.broadcast_to(_value(summand, names), shape)
    rows = (
        before[gradient].rows
        if gradient in before
        else np.stack([_row(gradient, names, row, shape) for row in range(4)])
    )
    return _Update(
        rows,
        _negative(np.broadcast_to(_value(gradient, names), shape)),
        change.copy() if sign == "+" else _negative(change),
    )


def _row(gradient: str, names: Mapping[str, Any], row: int, shape: tuple[int, ...]) -> Array:
    """The part of a gradient from one row: all that the loop computes by rows is 0 elsewhere."""
    alone = {
        name: _only(value, row)
        if isinstance(value, np.ndarray) and name not in (*PARAMETERS, *KEPT)
        else value
        for name, value in names.items()
    }
    return _negative(np.broadcast_to(_value(gradient, alone), shape))


def _only(values: Array, row: int) -> Array:
    alone = np.zeros_like(values)
    alone[row] = values[row]
    return alone


def _negative(values: Array) -> Array:
    """Turn the sign of the notebook's error into ours; 0 stays 0, without a sign."""
    return 0.0 - values


def _value(expression: str, names: Mapping[str, Any]) -> Array:
    value: Array = eval(_compiled(expression, "eval"), {**names})
    return value


@cache
def _compiled(text: str, mode: str) -> CodeType:
    """Compile a line of the catalogue, or a part of one."""
    return compile(text, "<catalogue>", mode)
