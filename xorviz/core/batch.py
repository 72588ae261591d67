"""Batch: many networks trained side by side, each to the last bit as `Trainer` trains it alone.

The networks lie along the last axis of every array, so that NumPy's loops run over
neighbouring numbers, and all memory is reserved once. That layout is faster than
`Network`'s, and needs a forward and a backward pass of its own.

Number by number, NumPy gives many the bits it gives one. A sum over rows of inputs that are
0 or 1 has at most two terms that aren't 0, so their order can't matter. In two products of
an epoch the order of the terms does matter: see `products`.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.network import Array, initial_parameters
from xorviz.core.products import by_network, multiply
from xorviz.core.truth_table import target_column

_ONE = np.array(1.0)
_STATE: Final = (
    *("hidden_size", "biases", "epoch", "parameters"),
    *("learning_rates", "targets", "edits", "overflowed"),
)
"""The attributes that a batch goes on from; the others are memory that an epoch uses."""


class Batch:
    """Steps N networks of one architecture at once.

    State k is the parameters after k updates, edits at epoch k included, as in `Trainer`.

    Parameters
    ----------
    configs
        The settings of the runs. The caller keeps to their numbers of epochs.

    Attributes
    ----------
    epoch
        Number of the present state.
    parameters
        The parameters of all networks, in the order of `network.Layers`; shape (P, N).
    learning_rates
        The learning rates of the next update, shape (N,).
    targets
        The targets of all networks, shape (4, N).
    edits
        The values set by hand, by epoch: name of the parameter, index of the network, value.
    overflowed
        Whether a parameter of a network is not finite, or was not when it was edited;
        shape (N,). `Trainer` makes every number of such a run NaN, as 0 · ∞ is NaN. A
        batch leaves these products out, so its numbers may stay finite.

    Raises
    ------
    ValueError
        Where there is no network, the hidden sizes differ, only some have biases, or one has a
        mistake.
    """

    def __init__(self, configs: Sequence[TrainConfig]) -> None:
        architectures = {(config.hidden_size, config.biases) for config in configs}
        if len(architectures) != 1:
            raise ValueError("a batch has networks of one hidden size, all with biases or none")
        if any(config.mistake for config in configs):
            raise ValueError("a run with a mistake is trained by itself")
        ((self.hidden_size, self.biases),) = architectures
        self.epoch = 0
        generator = np.random.RandomState()
        drawn = [
            initial_parameters(config.seed, self.hidden_size, self.biases, generator)
            for config in configs
        ]
        self.parameters = np.stack(drawn, axis=1)
        self.learning_rates = np.array([float(config.learning_rate) for config in configs])
        self.targets = np.hstack([target_column(config.targets) for config in configs])
        self.edits: dict[int, list[tuple[str, int, float]]] = defaultdict(list)
        for network, config in enumerate(configs):
            for epoch, name, value in config.edits:
                self.edits[epoch].append((name, network, value))
        self.overflowed = np.zeros(len(configs), np.bool_)
        self._reserve()
        self._edit()

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _STATE}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._reserve()

    def _reserve(self) -> None:
        """Reserve the memory of an epoch, and make its views.

        Views are made once: making one takes as long as the arithmetic on it.
        """
        size, count = self.hidden_size, self.parameters.shape[1]
        # Without biases every hidden unit always gives 0.5 for the input 00.
        learning = 0 if self.biases else 1
        activations = np.full((4 * size + 4, count), 0.5)
        derivatives = np.empty_like(activations)
        self._hidden = activations[: 4 * size].reshape(4, size, count)
        self._output = activations[4 * size :]
        self._learning = self._hidden[learning:]
        self._activations = activations[learning * size :]
        self._derivatives = derivatives[learning * size :]
        self._derivative_hidden = derivatives[: 4 * size].reshape(4, size, count)[learning:]
        self._derivative_output = derivatives[4 * size :]
        delta_hidden = np.empty((4, size, count))
        self._delta_hidden = delta_hidden[learning:]
        self._delta_10_and_01, self._delta_11 = delta_hidden[2:0:-1], delta_hidden[3]
        self._delta_output = np.empty((4, count))
        self._delta_column = self._delta_output[learning:, np.newaxis]
        self._z00, self._z01, self._z10, self._z11 = self._hidden
        self._z_of_one_input = self._hidden[1:3]
        self._weights = _Layers(self.parameters, size)
        self._gradients = _Layers(np.empty_like(self.parameters), size)

        # The products take contiguous matrices, one network after the other.
        self._hidden_stack, self._delta_stack = np.empty((count, 4, size)), np.empty((count, 4, 1))
        self._hidden_by_network = self._hidden.transpose(2, 0, 1)
        self._delta_by_network = self._delta_output.T[:, :, np.newaxis]
        self._transposed_stack = self._hidden_stack.transpose(0, 2, 1)
        self._output_column = by_network(self._output)
        self._output_weights_column = by_network(self._weights.output)
        self._output_gradient_column = by_network(self._gradients.output)

    def run(self, epochs: int, predictions: Array | None = None) -> None:
        """Run that many epochs, as `Trainer.run`; `predictions` has shape (epochs, 4, N)."""
        with np.errstate(over="ignore", invalid="ignore"):
            for update in range(epochs):
                self._forward()
                if predictions is not None:
                    predictions[update] = self._output
                self._backward()
                np.multiply(self._gradients.flat, self.learning_rates, self._gradients.flat)
                np.subtract(self.parameters, self._gradients.flat, self.parameters)
                self.epoch += 1
                if self.epoch in self.edits:
                    self._edit()
        self._note_overflow()

    def predict(self) -> Array:
        """Predictions of the present state, shape (4, N)."""
        with np.errstate(over="ignore", invalid="ignore"):
            self._forward()
        return self._output.copy()

    def only(self, kept: NDArray[np.bool_]) -> "Batch":
        """A batch of the networks to be kept, in the same state; `kept` has shape (N,)."""
        new_index = np.cumsum(kept) - 1
        state = self.__getstate__()
        for name, value in state.items():
            if isinstance(value, np.ndarray):
                state[name] = np.ascontiguousarray(value[..., kept])
        state["edits"] = {
            epoch: [(name, int(new_index[n]), value) for name, n, value in edits if kept[n]]
            for epoch, edits in self.edits.items()
        }
        batch = Batch.__new__(Batch)
        batch.__setstate__(state)
        return batch

    def _edit(self) -> None:
        """Apply the edits of the present epoch."""
        self._note_overflow()
        names = parameter_names(self.hidden_size, self.biases)
        for name, network, value in self.edits.get(self.epoch, ()):
            is_rate = name == LEARNING_RATE
            row = self.learning_rates if is_rate else self.parameters[names.index(name)]
            row[network] = value

    def _note_overflow(self) -> None:
        self.overflowed |= ~np.isfinite(self.parameters).all(axis=0)

    def _forward(self) -> None:
        """Compute the activations, as `Network.forward`.

        Inputs are 0 or 1, so the pre-activations of the rows 00, 01, 10 and 11 are sums
        of weights: b, w₂ + b, w₁ + b and w₁ + w₂ + b. Their negatives are computed, as the
        sigmoid needs e⁻ᶻ.
        """
        np.negative(self._weights.from_x2_and_x1, self._z_of_one_input)
        np.add(self._z01, self._z10, self._z11)
        if self.biases:
            self._z00.fill(0)
            np.subtract(self._hidden, self._weights.biases_hidden, self._hidden)
        _sigmoid_of_negative(self._learning)

        np.copyto(self._hidden_stack, self._hidden_by_network)
        multiply(self._hidden_stack, self._output_weights_column, self._output_column)
        np.negative(self._output, self._output)
        if self.biases:
            np.subtract(self._output, self._weights.bias_output, self._output)
        _sigmoid_of_negative(self._output)

    def _backward(self) -> None:
        """Compute the gradients, as `Network.backward`.

        Only the rows with a 1 in an input add to the gradients of its weights.
        """
        np.subtract(_ONE, self._activations, self._derivatives)
        np.multiply(self._activations, self._derivatives, self._derivatives)
        np.subtract(self._output, self.targets, self._delta_output)
        np.multiply(self._delta_output, self._derivative_output, self._delta_output)
        np.multiply(self._delta_column, self._weights.output, self._delta_hidden)
        np.multiply(self._delta_hidden, self._derivative_hidden, self._delta_hidden)

        gradients = self._gradients
        np.copyto(self._delta_stack, self._delta_by_network)
        multiply(self._transposed_stack, self._delta_stack, self._output_gradient_column)
        np.add(self._delta_10_and_01, self._delta_11, gradients.from_x1_and_x2)
        if self.biases:
            np.add.reduce(self._delta_hidden, 0, out=gradients.biases_hidden)
            np.add.reduce(self._delta_output, 0, out=gradients.bias_output)


class _Layers:
    """Parameters of N networks, shape (P, N), seen by layer; see `network.Layers`."""

    def __init__(self, flat: Array, hidden_size: int) -> None:
        size, count = hidden_size, flat.shape[1]
        self.flat = flat
        self.from_x1_and_x2 = flat[: 2 * size].reshape(2, size, count)
        self.from_x2_and_x1 = self.from_x1_and_x2[::-1]
        self.output = flat[2 * size : 3 * size]
        self.biases_hidden = flat[3 * size : 4 * size]
        self.bias_output = flat[4 * size :].reshape(-1)


def _sigmoid_of_negative(negative: Array) -> None:
    """Replace -z by σ(z) = 1 / (1 + e⁻ᶻ)."""
    np.exp(negative, negative)
    np.add(negative, _ONE, negative)
    np.divide(_ONE, negative, negative)
