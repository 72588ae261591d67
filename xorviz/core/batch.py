"""Batch: many networks trained side by side, each operation on all of them at once.

The networks lie along the last axis of every array, so that NumPy's loops run over
neighbouring numbers, and all memory is reserved once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xorviz.core.network import Array, initial_parameters
from xorviz.core.truth_table import target_column

_ONE = np.array(1.0)
_HALF = np.array(0.5)


@dataclass(frozen=True)
class Networks:
    """The settings of N networks of one architecture.

    Attributes
    ----------
    seeds, learning_rates
        One a network; N of each.
    hidden_size, biases, targets
        The same for all; as of `config.TrainConfig`.
    """

    seeds: Sequence[int]
    learning_rates: Sequence[float]
    hidden_size: int
    biases: bool
    targets: str


class Batch:
    """Steps N networks at once, from their seeds on or from another state.

    What happens to each is what `Trainer` does to one, the sums taken in another order.

    Attributes
    ----------
    networks
        The settings.
    epoch
        Number of the present state.
    parameters
        Of all networks, in the order of `network.Layers`; shape (P, N).
    wrong_until
        The last state before the present one in which not all four predictions of a
        network were right; -1 where there was none. Shape (N,).
    """

    def __init__(
        self,
        networks: Networks,
        epoch: int = 0,
        parameters: Array | None = None,
        wrong_until: NDArray[np.int32] | None = None,
    ) -> None:
        size, biases, count = networks.hidden_size, networks.biases, len(networks.seeds)
        if parameters is None:
            generator = np.random.RandomState()
            drawn = [initial_parameters(s, size, biases, generator) for s in networks.seeds]
            parameters = np.stack(drawn, axis=1)
        if wrong_until is None:
            wrong_until = np.full(count, -1, np.int32)
        self.networks, self.epoch = networks, epoch
        self.parameters, self.wrong_until = parameters, wrong_until

        self._learning_rates = np.array(networks.learning_rates)
        self._targets = target_column(networks.targets)
        # Without biases the hidden units answer 0.5 to the input 00, always.
        self._hidden = np.full((4, size, count), 0.5)
        self._terms = np.empty((4, size, count))
        self._output = np.empty((4, count))
        self._delta = np.empty((4, count))
        self._slope = np.empty((4, count))
        self._worst = np.empty(count)
        self._wrong = np.empty(count, np.bool_)
        self._changes = np.empty_like(parameters)
        # Views made once: making one takes as long as the arithmetic on it.
        first = 0 if biases else 1
        self._learning, self._learning_terms = self._hidden[first:], self._terms[first:]
        self._z00, self._z01, self._z10, self._z11 = self._hidden
        self._z_of_one_input = self._hidden[1:3]
        self._delta_01, self._delta_10, self._delta_11 = self._terms[1:]
        self._delta_column = self._delta[:, np.newaxis]
        self._weights, self._steps = _Layers(parameters, size), _Layers(self._changes, size)

    def __reduce__(self) -> tuple[type["Batch"], tuple[object, ...]]:
        return Batch, (self.networks, self.epoch, self.parameters, self.wrong_until)

    def run(self, epochs: int) -> None:
        """Run that many epochs."""
        with np.errstate(over="ignore", invalid="ignore"):
            for _ in range(epochs):
                self._forward()
                self._compare()
                self._backward()
                np.subtract(self.parameters, self._changes, self.parameters)
                self.epoch += 1

    def predict(self) -> Array:
        """Predictions of the present state, shape (4, N)."""
        with np.errstate(over="ignore", invalid="ignore"):
            self._forward()
        return self._output.copy()

    def _forward(self) -> None:
        """Compute the activations, as `Network.forward`.

        Inputs are 0 or 1, so the pre-activations of the rows 00, 01, 10 and 11 are sums
        of weights: b, w₂ + b, w₁ + b and w₁ + w₂ + b. They are taken negative, as the
        sigmoid needs e⁻ᶻ.
        """
        weights, biases = self._weights, self.networks.biases
        np.negative(weights.from_x2_and_x1, self._z_of_one_input)
        np.add(self._z01, self._z10, self._z11)
        if biases:
            self._z00.fill(0)
            np.subtract(self._hidden, weights.biases_hidden, self._hidden)
        _sigmoid_of_negative(self._learning)
        np.multiply(self._hidden, weights.output, self._terms)
        np.add.reduce(self._terms, 1, out=self._output)
        if biases:
            np.add(self._output, weights.bias_output, self._output)
        np.negative(self._output, self._output)
        _sigmoid_of_negative(self._output)

    def _compare(self) -> None:
        """Compare the predictions with their targets, and note who has one wrong."""
        np.subtract(self._output, self._targets, self._delta)
        np.absolute(self._delta, self._slope)
        np.maximum.reduce(self._slope, 0, out=self._worst)
        np.greater_equal(self._worst, _HALF, self._wrong)
        np.copyto(self.wrong_until, self.epoch, where=self._wrong)

    def _backward(self) -> None:
        """Compute learning_rate · ∂E/∂w, which is subtracted; ∂E/∂w as `Network.backward`.

        The learning rate is a factor of every δ from the output's on. Only the rows with a
        1 in an input add to its weights' gradients.
        """
        steps, hidden, delta = self._steps, self._learning, self._learning_terms
        np.subtract(_ONE, self._output, self._slope)
        np.multiply(self._slope, self._output, self._slope)
        np.multiply(self._delta, self._slope, self._delta)
        np.multiply(self._delta, self._learning_rates, self._delta)

        np.multiply(self._hidden, self._delta_column, self._terms)
        np.add.reduce(self._terms, 0, out=steps.output)

        np.subtract(_ONE, hidden, hidden)
        np.multiply(delta, hidden, delta)
        np.multiply(delta, self._weights.output, delta)
        np.add(self._delta_10, self._delta_11, steps.from_x1)
        np.add(self._delta_01, self._delta_11, steps.from_x2)
        if self.networks.biases:
            np.add.reduce(delta, 0, out=steps.biases_hidden)
            np.add.reduce(self._delta, 0, out=steps.bias_output)


class _Layers:
    """Parameters of N networks, shape (P, N), seen by layer; see `network.Layers`."""

    def __init__(self, flat: Array, hidden_size: int) -> None:
        size, count = hidden_size, flat.shape[1]
        self.from_x1, self.from_x2, self.output = flat[: 3 * size].reshape(3, size, count)
        self.from_x2_and_x1 = flat[: 2 * size].reshape(2, size, count)[::-1]
        self.biases_hidden = flat[3 * size : 4 * size]
        self.bias_output = flat[4 * size :].reshape(-1)


def _sigmoid_of_negative(negative: Array) -> None:
    """Replace -z by σ(z) = 1 / (1 + e⁻ᶻ)."""
    np.exp(negative, negative)
    np.add(negative, _ONE, negative)
    np.reciprocal(negative, negative)
