"""A program with automatic differentiation of its own: a number knows how it came about."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from math import exp
from typing import Final

import numpy as np

from tests.support.programs.protocol import State

MISTAKES: Final = frozenset(
    {
        "no-derivative-output",
        "no-derivative-hidden",
        "no-derivatives",
        "double-sigmoid-output",
        "double-sigmoid-hidden",
        "no-weights-backwards",
        "sign-output",
        "sign-hidden",
        "sign-both",
        "no-rate-output",
        "no-rate-hidden",
        "rate-twice",
        "output-layer-only",
        "hidden-layer-only",
        "gradients-not-reset",
        "last-row-only",
        "shifted-targets",
        "no-sigmoid-output",
        "bias-not-updated",
        "bias-sign",
    }
)
"""The mistakes that can be made where nobody writes the way back."""


class Value:
    """A number, the ones it was made of, and the derivative by each."""

    def __init__(
        self, data: float, parents: Sequence["Value"] = (), partials: Sequence[float] = ()
    ) -> None:
        self.data, self.grad = data, 0.0
        self.parents, self.partials = parents, partials

    def __add__(self, other: "Value") -> "Value":
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: "Value") -> "Value":
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def blunt_mul(self, other: "Value") -> "Value":
        """The product, with a wrong derivative: the other factor is forgotten on the way back."""
        return Value(self.data * other.data, (self, other), (1.0, self.data))

    def sigmoid(self, derivative: Callable[[float], float]) -> "Value":
        y = logistic(self.data)
        return Value(y, (self,), (derivative(y),))

    def backward(self) -> None:
        order: list[Value] = []
        seen: set[int] = set()

        def visit(value: "Value") -> None:
            if id(value) not in seen:
                seen.add(id(value))
                for parent in value.parents:
                    visit(parent)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            for parent, partial in zip(value.parents, value.partials, strict=True):
                parent.grad += partial * value.grad


def logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -700 else 0.0


def train(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    wrong: AbstractSet[str] = frozenset(),
) -> Iterator[State]:
    random, units = np.random.RandomState(seed), range(hidden_size)
    w = [[Value(v) for v in row] for row in random.uniform(size=(2, hidden_size)).tolist()]
    v = [Value(row[0]) for row in random.uniform(size=(hidden_size, 1)).tolist()]
    b, c = [Value(0.0) for _ in units], Value(0.0)
    targets = [0, 0, 1, 1] if "shifted-targets" in wrong else [0, 1, 1, 0]

    def state() -> State:
        weights = ([[p.data for p in row] for row in w], [[p.data] for p in v])
        return (*weights, [p.data for p in b], [c.data]) if biases else weights

    def loss() -> Value:
        total = Value(0.0)
        for row, target in enumerate(targets):
            x = (Value(float(row // 2)), Value(float(row % 2)))
            hidden = [
                (x[0] * w[0][j] + x[1] * w[1][j] + b[j]).sigmoid(derivative("hidden", wrong))
                for j in units
            ]
            z = c
            for j in units:
                times = Value.blunt_mul if "no-weights-backwards" in wrong else Value.__mul__
                z = z + times(hidden[j], v[j])
            out = z if "no-sigmoid-output" in wrong else z.sigmoid(derivative("output", wrong))
            error = out + Value(-float(target))
            half = error * error * Value(0.5)
            total = half if "last-row-only" in wrong else total + half
        return total

    layers = {"hidden": [*w[0], *w[1]], "output": v, "biases": [*b, c]}
    steps = {layer: step(layer, learning_rate, biases, wrong) for layer in layers}
    yield state()
    for _ in range(epochs):
        for parameters in layers.values():
            for p in parameters:
                p.grad = p.grad if "gradients-not-reset" in wrong else 0.0
        try:
            loss().backward()
        except OverflowError:
            return
        for layer, parameters in layers.items():
            for p in parameters:
                p.data -= steps[layer] * p.grad
        yield state()


def derivative(layer: str, wrong: AbstractSet[str]) -> Callable[[float], float]:
    if wrong & {f"no-derivative-{layer}", "no-derivatives"}:
        return lambda _: 1.0
    if f"double-sigmoid-{layer}" in wrong:
        return lambda y: logistic(y) * (1 - logistic(y))
    return lambda y: y * (1 - y)


def step(layer: str, rate: float, biases: bool, wrong: AbstractSet[str]) -> float:
    if layer == "biases":
        rate = rate if biases and "bias-not-updated" not in wrong else 0.0
        return -rate if "bias-sign" in wrong else rate
    if wrong & ({"output-layer-only", "hidden-layer-only"} - {f"{layer}-layer-only"}):
        return 0.0
    size = 1.0 if f"no-rate-{layer}" in wrong else rate
    size = size * rate if "rate-twice" in wrong else size
    return -size if wrong & {f"sign-{layer}", "sign-both"} else size
