"""Loop: the notebook's training loop, compiled from its lines with those of a mistake put in.

The code that runs is the text that the page shows, so the two can't differ. Only text of the
catalogue is compiled.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

import numpy as np

from xorviz.core.catalogue import BY_NAME, Change
from xorviz.core.lines import BIAS_LINES, BODY, LINES, OUTPUT
from xorviz.core.network import Array, Layers
from xorviz.core.truth_table import INPUTS, target_column

PARAMETERS: Final = {
    "weights_input_hidden": "weights_hidden",
    "weights_hidden_output": "weights_output",
    "biases_hidden": "biases_hidden",
    "biases_output": "biases_output",
}
"""Maps the notebook's array of each parameter to that of `network.Layers`."""
KEPT: Final = {f"gradient_{name.removeprefix('weights_')}": name for name in PARAMETERS}
"""Maps each array that lives from one update to the next to the parameters of its shape."""
ARGUMENTS: Final = ("inputs", "outputs", "learning_rate", *PARAMETERS, *KEPT)
"""The names that the lines read; the parameters and the kept gradients they change, too."""


def sigmoid(x: Array) -> Array:
    """The notebook's activation function."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x: Array) -> Array:
    """The notebook's derivative, which takes the activation."""
    return x * (1 - x)


def change_of(name: str) -> Change:
    """The change of an entry of the catalogue; none for an empty name."""
    return BY_NAME[name].change if name else Change()


def is_linear(name: str) -> bool:
    """Whether the output has no sigmoid where a loop has this mistake."""
    return OUTPUT in change_of(name).lines


def write(change: Change, biases: bool) -> list[str]:
    """Write the body of the loop, line by line, with a change put in."""
    lines = _ordered(change, [line for line in BODY if biases or line not in BIAS_LINES])
    return [text for line in lines for text in change.lines.get(line, line).split("\n")]


def changed_lines(change: Change, biases: bool) -> tuple[list[str], list[str]]:
    """The lines that a change replaces or moves, as they are then and as they should be."""
    lines = [line for line in LINES if biases or line not in BIAS_LINES]
    shown = {*change.lines}
    if change.first:
        line, before = change.first
        shown |= {*lines[lines.index(before) : lines.index(line) + 1]}
    right = [line for line in lines if line in shown]
    texts = [change.lines.get(line, line) for line in _ordered(change, right)]
    return [line for text in texts for line in text.splitlines()], right


def _ordered(change: Change, lines: list[str]) -> list[str]:
    """Bring lines of the loop into the order that a change gives them."""
    if not change.first:
        return lines
    line, before = change.first
    rest = [other for other in lines if other != line]
    at = rest.index(before)
    return [*rest[:at], line, *rest[at:]]


def keeps_gradients(change: Change) -> bool:
    """Whether the loop keeps gradients from one update to the next."""
    return any(kept in text for text in change.lines.values() for kept in KEPT)


def compiled(change: Change, biases: bool) -> Callable[..., Array]:
    """Compile an update with a change of the lines.

    It takes `ARGUMENTS`, changes the parameters, and returns the predictions before the update.
    """
    lines = (f"    {line}" for line in write(change, biases))
    head = f"def update({', '.join(ARGUMENTS)}):"
    return _compiled("\n".join([head, *lines, "    return predicted_output"]))


@cache
def _compiled(text: str) -> Callable[..., Array]:
    """Compile text of the catalogue alone."""
    names: dict[str, Any] = {"np": np, "sigmoid": sigmoid, "sigmoid_derivative": sigmoid_derivative}
    exec(text, names)
    function: Callable[..., Array] = names["update"]
    return function


class Loop:
    """The notebook's loop with a change, update by update.

    Parameters
    ----------
    change
        The lines that differ.
    flat
        The parameters as of `network.Layers`, which every update changes; shape (P,).
    hidden_size, biases, targets
        As of `TrainConfig`.
    kept
        The gradients that are kept from update to update, in the order of `flat`; 0 if none.
    order
        The order of the four rows.

    Attributes
    ----------
    keeps
        Whether the loop keeps gradients at all.
    """

    def __init__(
        self,
        change: Change,
        flat: Array,
        hidden_size: int,
        biases: bool,
        targets: str,
        kept: Array | None = None,
        order: Sequence[int] = range(4),
    ) -> None:
        self.flat = flat
        self.keeps = keeps_gradients(change)
        self.kept = np.zeros_like(flat) if kept is None else kept.copy()
        self._update = compiled(change, biases)
        self._table = INPUTS[[*order]], target_column(targets)[[*order]]
        layers = [Layers(vector, hidden_size) for vector in (self.flat, self.kept)]
        self._arrays = [getattr(layer, name) for layer in layers for name in PARAMETERS.values()]

    def update(self, learning_rate: float | Array) -> Array:
        """Update once; returns the predictions before that, shape (4, 1)."""
        return self._update(*self._table, learning_rate, *self._arrays)

    def predict(self) -> Array:
        """Predictions of the present state, shape (4, 1): a change may be one of them, too."""
        before = self.flat.copy(), self.kept.copy()
        predictions = self.update(0.0)
        self.flat[:], self.kept[:] = before
        return predictions
