"""Weights: the known states of a training, from arrays that anybody has written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.fields import ConfigError, quoted
from xorviz.core.names import parameter_names
from xorviz.core.network import Array, initial_parameters
from xorviz.core.observed import Observed

INPUT_HIDDEN: Final = "weights_input_hidden"
HIDDEN_OUTPUT: Final = "weights_hidden_output"
MOST_UNITS: Final = 16


@dataclass(frozen=True)
class Weights:
    """The states that a file holds.

    Attributes
    ----------
    epochs
        Their numbers, ascending, shape (F,); None for one state whose number is not known.
    parameters
        Their flat parameters, in the order of `network.Layers`; shape (F, P).
    hidden_size, biases
        The network that they are of.
    """

    epochs: NDArray[np.int64] | None
    parameters: Array
    hidden_size: int
    biases: bool

    def shown(self, targets: str) -> Observed:
        """The states for the stage; one whose number is not known is shown as epoch 0.

        Settings that the file does not tell have their defaults.

        Raises
        ------
        ConfigError
            Where the first epoch is not 0.
        """
        epochs = np.zeros(1, dtype=np.int64) if self.epochs is None else self.epochs
        if epochs[0]:
            begins = "ascending whole numbers that begin with 0, the initial weights"
            raise ConfigError("Epochs", begins, f"from {epochs[0]:,} on")
        last = max(int(epochs[-1]), 1)
        config = TrainConfig(
            hidden_size=self.hidden_size, biases=self.biases, targets=targets, epochs=last
        )
        return Observed(config, epochs, self.parameters)

    def of_run(self, config: TrainConfig) -> Observed:
        """The states as those of a training that is said to have these settings.

        A state whose number is not known is that after the last epoch. Where the initial weights
        are not known they are those of the seed; else they are edits of the settings.

        Raises
        ------
        ConfigError
            Where a weight is too large for an edit, or a state is later than the last epoch.
        """
        config = replace(config, hidden_size=self.hidden_size, biases=self.biases)
        drawn = initial_parameters(config.seed, self.hidden_size, self.biases)
        epochs = np.array([config.epochs]) if self.epochs is None else self.epochs
        states = self.parameters
        if epochs[0]:
            epochs, states = np.append(0, epochs), np.vstack([drawn, states])
        if epochs[-1] > config.epochs:
            raise ConfigError("Epochs", f"at most {config.epochs:,}", f"{epochs[-1]:,}")
        names = parameter_names(self.hidden_size, self.biases)
        triples = zip(names, drawn.tolist(), states[0].tolist(), strict=True)
        edits = tuple(Edit(0, name, value) for name, seeds, value in triples if value != seeds)
        later = tuple(edit for edit in config.edits if edit.epoch or edit.parameter not in names)
        return Observed(replace(config, edits=(*edits, *later)), epochs.astype(np.int64), states)


def read_weights(arrays: Mapping[str, Array], name: str, finite: bool = True) -> Weights:
    """Check arrays with the notebook's names, and put each state's numbers together.

    With H hidden units their shapes are (2, H) and (H, 1), or (H, 2) and (1, H) as in torch, of
    biases (H,) and (1,); each may have a leading axis of states, whose numbers are then in
    `epochs`, or count from 0.

    Raises
    ------
    ConfigError
        Where a name is missing, or a shape or a number can't be used.
    """
    for needed in (INPUT_HIDDEN, HIDDEN_OUTPUT):
        if needed not in arrays:
            allowed = f"a file with {INPUT_HIDDEN} and {HIDDEN_OUTPUT}"
            raise ConfigError(quoted(name), allowed, f"one without {needed}")
    hidden, output = _upright(arrays[INPUT_HIDDEN], arrays[HIDDEN_OUTPUT])
    states, size = _states(hidden, name)
    parts = [_flat(hidden, INPUT_HIDDEN, states, 2 * size, name)]
    parts.append(_flat(output, HIDDEN_OUTPUT, states, size, name))
    biases = [key for key in ("biases_hidden", "biases_output") if key in arrays]
    if len(biases) == 1:
        raise ConfigError(quoted(name), "a file with the biases of both layers", "of one alone")
    for key, count in zip(biases, (size, 1), strict=False):
        parts.append(_flat(arrays[key], key, states, count, name))
    parameters = np.hstack(parts)
    if finite and not np.isfinite(parameters).all():
        worst = parameters[~np.isfinite(parameters)][0]
        raise ConfigError(f"Weights in {quoted(name)}", "finite numbers", str(worst))
    epochs = _epochs(arrays.get("epochs"), states, hidden.ndim == 3, name)
    return Weights(epochs, parameters, size, bool(biases))


def _upright(hidden: Array, output: Array) -> tuple[Array, Array]:
    """Turn matrices that have a row for each unit, as those of torch have."""
    shape, has_rows = hidden.shape[-2:], output.ndim == hidden.ndim
    fits = len(shape) == 2 and shape[1] == 2 and hidden.size == 2 * output.size
    if fits and (shape[0] != 2 or (has_rows and output.shape[-2:] == (1, 2))):
        return hidden.swapaxes(-1, -2), output.swapaxes(-1, -2) if has_rows else output
    return hidden, output


def _states(hidden: Array, name: str) -> tuple[int, int]:
    """The numbers of states and of hidden units, by the shape of the weights from the inputs."""
    shape = hidden.shape
    if (
        len(shape) not in (2, 3)
        or shape[-2] != 2
        or not 1 <= shape[-1] <= MOST_UNITS
        or not shape[0]
    ):
        allowed = f"of shape (2, H) or (states, 2, H), with H from 1 to {MOST_UNITS}"
        raise ConfigError(f"{INPUT_HIDDEN} in {quoted(name)}", allowed, quoted(shape))
    return (shape[0] if len(shape) == 3 else 1), shape[-1]


def _flat(array: Array, key: str, states: int, count: int, name: str) -> Array:
    """An array with a row for each state."""
    lengths = [length for length in array.shape if length != 1]
    fits = array.size == states * count and lengths in (
        [states, count],
        [length for length in (states, 2, count // 2) if length != 1],
        [length for length in (states, count) if length != 1],
    )
    if not fits:
        numbers, known = "number" if count == 1 else "numbers", "state" if states == 1 else "states"
        allowed = f"{count} {numbers} a state, in {states:,} {known}"
        raise ConfigError(f"{key} in {quoted(name)}", allowed, f"of shape {array.shape}")
    return array.reshape(states, count)


def _epochs(
    epochs: Array | None, states: int, are_many: bool, name: str
) -> NDArray[np.int64] | None:
    """The numbers of the states."""
    if epochs is None:
        return np.arange(states) if are_many else None
    highest = FIELDS["epochs"].high  # type: ignore[attr-defined]
    flat = epochs.ravel()
    is_whole = flat.shape == (states,) and bool(np.all((flat >= 0) & (flat <= highest)))
    if not is_whole or (flat % 1).any() or (np.diff(flat) <= 0).any():
        allowed = f"ascending whole numbers from 0 to {highest:,}, one for each state"
        raise ConfigError(f"epochs in {quoted(name)}", allowed, quoted(flat.tolist()))
    return flat.astype(np.int64)
