"""The network: two inputs, one layer of sigmoid hidden units, one sigmoid output.

Its whole memory is reserved once and reused, so that an epoch allocates nothing. Products use
the method `dot`: `np.dot` calls it too, but first looks for other kinds of array.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xorviz.core.truth_table import INPUTS

Array = NDArray[np.float64]

_ONE = np.array(1.0)


class Layers:
    """Flat vectors of parameters, seen as the weights and biases of both layers.

    A vector holds, one after the other, `weights_hidden` (2, H), `weights_output`
    (H, 1) and, where there are biases, `biases_hidden` (H,) and `biases_output` (1,).
    The layers have the leading axes of `flat`, such as one for the states of a run.
    They are views: writing to one writes the vector.
    """

    def __init__(self, flat: Array, hidden_size: int) -> None:
        h = hidden_size
        states = flat.shape[:-1]
        self.flat = flat
        self.weights_hidden = flat[..., : 2 * h].reshape(*states, 2, h)
        self.weights_output = flat[..., 2 * h : 3 * h].reshape(*states, h, 1)
        self.biases_hidden = flat[..., 3 * h : 4 * h]
        self.biases_output = flat[..., 4 * h :]

    @property
    def named(self) -> dict[str, Array]:
        """The layers by name, without biases where there are none."""
        return {name: layer for name, layer in vars(self).items() if name != "flat" and layer.size}


def parameter_count(hidden_size: int, biases: bool) -> int:
    """Number of weights and biases: 3 H, and H + 1 more with biases."""
    return 4 * hidden_size + 1 if biases else 3 * hidden_size


def with_output_bias(parameters: Array, hidden_size: int, more: float) -> Array:
    """Add to the bias of the output; shape (F, P) to (F, 4 H + 1), as biases are 0 if missing."""
    missing = parameter_count(hidden_size, biases=True) - parameters.shape[1]
    raised = np.pad(parameters, [(0, 0), (0, missing)])
    raised[:, -1] += more
    return raised


def initial_parameters(
    seed: int, hidden_size: int, biases: bool, generator: np.random.RandomState | None = None
) -> Array:
    """Draw the notebook's initial weights: uniform in [0, 1), input-to-hidden first.

    ``RandomState(seed)`` draws the numbers that ``np.random.seed(seed)`` and
    ``np.random.uniform`` draw, without touching the global generator. Biases start at 0.
    For many seeds, pass one generator: to seed it anew is fifty times faster than to make
    another.
    """
    generator = generator or np.random.RandomState()
    generator.seed(seed)
    flat = np.zeros(parameter_count(hidden_size, biases))
    layers = Layers(flat, hidden_size)
    layers.weights_hidden[:] = generator.uniform(size=(2, hidden_size))
    layers.weights_output[:] = generator.uniform(size=(hidden_size, 1))
    return flat


class Network:
    """A network on the four rows of the truth table.

    Attributes
    ----------
    parameters, gradients
        `Layers` of the parameters, and of the derivatives of the loss by them.
    hidden, output
        Activations of the last forward pass, shapes (4, H) and (4, 1).
    delta_hidden, delta_output
        Derivatives of the loss by the pre-activations, same shapes.
    """

    def __init__(self, flat: Array, hidden_size: int, biases: bool) -> None:
        split = 4 * hidden_size
        self.biases = biases
        self.parameters = Layers(flat, hidden_size)
        self.gradients = Layers(np.zeros_like(flat), hidden_size)
        self._activations = np.empty(split + 4)
        self.hidden = self._activations[:split].reshape(4, hidden_size)
        self.output = self._activations[split:].reshape(4, 1)
        self._derivatives = np.empty(split + 4)
        self._derivative_hidden = self._derivatives[:split].reshape(4, hidden_size)
        self._derivative_output = self._derivatives[split:].reshape(4, 1)
        self.delta_hidden = np.empty((4, hidden_size))
        self.delta_output = np.empty((4, 1))
        # Views made once: making one takes as long as the arithmetic on it.
        self._inputs_transposed = INPUTS.T
        self._hidden_transposed = self.hidden.T
        self._output_weights_transposed = self.parameters.weights_output.T

    def forward(self) -> None:
        """Compute the activations of all four rows.

        With inputs X (4, 2), and biases b where the network has them::

            hidden = σ(X · W_hidden + b_hidden)        (4, H)
            output = σ(hidden · W_output + b_output)   (4, 1)
        """
        INPUTS.dot(self.parameters.weights_hidden, self.hidden)
        if self.biases:
            np.add(self.hidden, self.parameters.biases_hidden, self.hidden)
        sigmoid_in_place(self.hidden)
        self.hidden.dot(self.parameters.weights_output, self.output)
        if self.biases:
            np.add(self.output, self.parameters.biases_output, self.output)
        sigmoid_in_place(self.output)

    def backward(self, targets: Array) -> None:
        """Compute the gradients of E = ½ Σ (ŷ - t)², summed over the four rows.

        Follows `forward`. By the chain rule, with σ′ = σ (1 - σ) and the
        pre-activation z of a unit, δ = ∂E/∂z is::

            δ_output = ∂E/∂ŷ · ∂ŷ/∂z = (ŷ - t) ŷ (1 - ŷ)                (4, 1)
            δ_hidden = δ_output · W_outputᵀ * hidden (1 - hidden)       (4, H)

        A weight's factor in z is the activation or input at its source, so::

            ∂E/∂W_output = hiddenᵀ · δ_output    ∂E/∂b_output = Σ_rows δ_output
            ∂E/∂W_hidden = Xᵀ · δ_hidden         ∂E/∂b_hidden = Σ_rows δ_hidden

        Source: Rumelhart, Hinton and Williams, "Learning representations by
        back-propagating errors", Nature 323 (1986).
        """
        np.subtract(_ONE, self._activations, self._derivatives)
        np.multiply(self._activations, self._derivatives, self._derivatives)

        np.subtract(self.output, targets, self.delta_output)
        np.multiply(self.delta_output, self._derivative_output, self.delta_output)
        self.delta_output.dot(self._output_weights_transposed, self.delta_hidden)
        np.multiply(self.delta_hidden, self._derivative_hidden, self.delta_hidden)

        self._hidden_transposed.dot(self.delta_output, self.gradients.weights_output)
        self._inputs_transposed.dot(self.delta_hidden, self.gradients.weights_hidden)
        if self.biases:
            np.sum(self.delta_hidden, axis=0, out=self.gradients.biases_hidden)
            np.sum(self.delta_output, axis=0, out=self.gradients.biases_output)


class ForwardPass(NamedTuple):
    """Pre-activations z and activations on the four rows; shapes (..., 4, H) and (..., 4, 1)."""

    z_hidden: Array
    hidden: Array
    z_output: Array
    output: Array


def forward_pass(parameters: Array, hidden_size: int) -> ForwardPass:
    """Compute as `Network.forward`, for one state or many; `parameters` has shape (..., P)."""
    layers = Layers(parameters, hidden_size)
    with np.errstate(over="ignore", invalid="ignore"):
        z_hidden = INPUTS @ layers.weights_hidden
        if layers.biases_hidden.size:
            z_hidden += layers.biases_hidden[..., np.newaxis, :]
        hidden = sigmoid(z_hidden)
        z_output = hidden @ layers.weights_output
        if layers.biases_output.size:
            z_output += layers.biases_output[..., np.newaxis, :]
        return ForwardPass(z_hidden, hidden, z_output, sigmoid(z_output))


def sigmoid_in_place(z: Array) -> None:
    """Replace z by σ(z) = 1 / (1 + e⁻ᶻ), saturating to 0 where e⁻ᶻ overflows."""
    np.negative(z, z)
    np.exp(z, z)
    np.add(z, _ONE, z)
    np.divide(_ONE, z, z)


def sigmoid(z: Array) -> Array:
    """σ(z) as a new array; see `sigmoid_in_place`."""
    activations = z.copy()
    sigmoid_in_place(activations)
    return activations
