"""A program of objects: a layer goes forward, backward, and updates itself."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import numpy as np

from tests.support.programs.protocol import State
from xorviz.core.network import Array


class Sigmoid:
    def __init__(self, wrong_derivative: str = "") -> None:
        self.wrong_derivative = wrong_derivative

    def __call__(self, x: Array) -> Array:
        value: Array = 1.0 / (1.0 + np.exp(-x))
        return value

    def derivative(self, activation: Array) -> Array:
        if self.wrong_derivative == "none":
            return np.ones_like(activation)
        value = self(activation) if self.wrong_derivative == "double" else activation
        return (1.0 - value) * value


class Layer:
    """Weights (M, N) and a bias (N,), with the sums of their updates."""

    def __init__(self, weights: Array, activation: Sigmoid, wrong: AbstractSet[str]) -> None:
        self.weights, self.bias = weights, np.zeros(weights.shape[1])
        self.activation, self.wrong = activation, wrong
        self.linear = False
        self.d_weights, self.d_bias = np.zeros_like(self.weights), np.zeros_like(self.bias)

    def forward(self, x: Array) -> Array:
        self.x = x
        self.z = np.matmul(x, self.weights) + self.bias
        self.out = self.z if self.linear else self.activation(self.z)
        return self.out

    def delta(self, error: Array, out: Array | None = None) -> Array:
        out = self.out if out is None else out
        delta = error if self.linear else error * self.activation.derivative(out)
        return np.round(delta, 3) if "rounded-deltas" in self.wrong else delta

    def accumulate(self, delta: Array, source: Array, bias_delta: Array) -> None:
        if "gradients-not-reset" not in self.wrong:
            self.d_weights, self.d_bias = np.zeros_like(self.weights), np.zeros_like(self.bias)
        rows = slice(3, 4) if "last-row-only" in self.wrong else slice(None)
        self.d_weights = self.d_weights + source[rows].T @ delta[rows]
        self.d_bias = self.d_bias + bias_delta[rows].sum(axis=0)

    def update(self, rate: float, bias_rate: float) -> None:
        self.weights = self.weights + rate * self.d_weights
        self.bias = self.bias + bias_rate * self.d_bias


class Model:
    def __init__(
        self, seed: int, rate: float, size: int, biases: bool, wrong: AbstractSet[str]
    ) -> None:
        draw = np.random.RandomState(seed).uniform
        self.rate, self.wrong, self.biases = rate, wrong, biases
        self.hidden = Layer(draw(size=(2, size)), self.sigmoid_of("hidden"), self.wrong)
        self.output = Layer(draw(size=(size, 1)), self.sigmoid_of("output"), self.wrong)
        self.output.linear = "no-sigmoid-output" in wrong

    def sigmoid_of(self, layer: str) -> Sigmoid:
        if self.wrong & {f"no-derivative-{layer}", "no-derivatives"}:
            return Sigmoid("none")
        return Sigmoid("double" if f"double-sigmoid-{layer}" in self.wrong else "")

    def state(self) -> State:
        weights = (self.hidden.weights.copy(), self.output.weights.copy())
        biases = (self.hidden.bias.copy(), self.output.bias.copy())
        return (*weights, *biases) if self.biases else weights

    def train_step(self, x: Array, y: Array) -> None:
        predicted = self.output.forward(self.hidden.forward(x))
        error = predicted - y if "sign-both" in self.wrong else y - predicted
        delta = self.output.delta(error)
        source = self.hidden.z if "preactivation-in-gradient" in self.wrong else self.output.x
        self.output.accumulate(delta, source, delta)
        if "early-output-update" in self.wrong:
            self.update("output")
        self.backward_hidden(error, delta)
        if "early-output-update" not in self.wrong:
            self.update("output")
        self.update("hidden")

    def backward_hidden(self, error: Array, delta: Array) -> None:
        sent = delta
        if "error-not-delta" in self.wrong:
            sent = error
        if "activations-backwards" in self.wrong:
            sent = self.output.out
        weights = self.output.weights
        if "no-weights-backwards" in self.wrong:
            weights = np.ones_like(weights)
        looked_at = self.output.out if "wrong-layer-derivative" in self.wrong else None
        own = self.hidden.delta(np.matmul(sent, weights.T), looked_at)
        source = self.hidden.out if "wrong-layer-activation" in self.wrong else self.hidden.x
        self.hidden.accumulate(own, source, delta if "bias-wrong-delta" in self.wrong else own)

    def update(self, name: str) -> None:
        other = {"hidden": "output", "output": "hidden"}[name]
        if f"{other}-layer-only" in self.wrong:
            return
        rate = 1.0 if f"no-rate-{name}" in self.wrong else self.rate
        rate = rate * self.rate if "rate-twice" in self.wrong else rate
        rate = -rate if f"sign-{name}" in self.wrong else rate
        bias_rate = 0.0 if "bias-not-updated" in self.wrong or not self.biases else self.rate
        bias_rate = -bias_rate if "bias-sign" in self.wrong else bias_rate
        layer: Layer = getattr(self, name)
        layer.update(rate, bias_rate)


def train(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    wrong: AbstractSet[str] = frozenset(),
) -> Iterator[State]:
    model = Model(seed, learning_rate, hidden_size, biases, wrong)
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    if "shifted-targets" in wrong:
        y = np.concatenate([y[-1:], y[:-1]])
    yield model.state()
    for _ in range(epochs):
        model.train_step(x, y)
        yield model.state()
