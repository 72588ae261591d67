"""A program whose samples are columns: weights stand the other way, and sums run in other orders.

Its last digits are not the notebook's.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import numpy as np

from tests.support.programs.protocol import State
from xorviz.core.network import Array

COLUMNS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])


def act(z: Array) -> Array:
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def dact(a: Array, kind: str) -> Array:
    a = act(a) if kind == "double" else a
    return np.ones_like(a) if kind == "none" else a * (1.0 - a)


def kind(layer: str, wrong: AbstractSet[str]) -> str:
    if wrong & {f"no-derivative-{layer}", "no-derivatives"}:
        return "none"
    return "double" if f"double-sigmoid-{layer}" in wrong else ""


def train(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    wrong: AbstractSet[str] = frozenset(),
) -> Iterator[State]:
    random = np.random.RandomState(seed)
    theta1 = random.random_sample((2, hidden_size)).T  # (H, 2)
    theta2 = random.random_sample((hidden_size, 1)).T  # (1, H)
    bias1, bias2 = np.zeros((hidden_size, 1)), np.zeros((1, 1))
    target = np.array(
        [[0.0, 0.0, 1.0, 1.0] if "shifted-targets" in wrong else [0.0, 1.0, 1.0, 0.0]]
    )
    momentum = 1.0 if "gradients-not-reset" in wrong else 0.0
    steps = [np.zeros_like(p) for p in (theta1, theta2, bias1, bias2)]
    taken = [3] if "last-row-only" in wrong else [2, 0, 3, 1]
    for _ in range(epochs + 1):
        yield (theta1.T.copy(), theta2.T.copy(), bias1[:, 0].copy(), bias2[:, 0].copy())[
            : 4 if biases else 2
        ]
        z = np.einsum("hi,in->hn", theta1, COLUMNS) + bias1
        hidden = act(z)
        out = np.einsum("oh,hn->on", theta2, hidden) + bias2
        linear = "no-sigmoid-output" in wrong
        out = out if linear else act(out)
        error = out - target if "sign-both" in wrong else target - out
        delta2 = rounded(error if linear else error * dact(out, kind("output", wrong)), wrong)
        source2 = z if "preactivation-in-gradient" in wrong else hidden
        step2 = np.einsum("on,hn->oh", delta2[:, taken], source2[:, taken])
        steps[1] = momentum * steps[1] + step2
        new_theta2 = theta2 + speed("output", learning_rate, wrong) * steps[1]
        seen = new_theta2 if "early-output-update" in wrong else theta2
        delta1 = hidden_delta(hidden, out, error, delta2, seen, wrong)
        source1 = hidden if "wrong-layer-activation" in wrong else COLUMNS
        steps[0] = momentum * steps[0] + np.einsum("hn,in->hi", delta1[:, taken], source1[:, taken])
        theta1, theta2 = theta1 + speed("hidden", learning_rate, wrong) * steps[0], new_theta2
        for_bias1 = delta2 if "bias-wrong-delta" in wrong else delta1
        steps[2] = momentum * steps[2] + for_bias1[:, taken].sum(axis=1, keepdims=True)
        steps[3] = momentum * steps[3] + delta2[:, taken].sum(axis=1, keepdims=True)
        if biases and "bias-not-updated" not in wrong:
            along = -learning_rate if "bias-sign" in wrong else learning_rate
            bias1, bias2 = bias1 + along * steps[2], bias2 + along * steps[3]


def hidden_delta(
    hidden: Array, out: Array, error: Array, delta2: Array, theta2: Array, wrong: AbstractSet[str]
) -> Array:
    sent = error if "error-not-delta" in wrong else delta2
    sent = out if "activations-backwards" in wrong else sent
    theta2 = np.ones_like(theta2) if "no-weights-backwards" in wrong else theta2
    derivative = dact(hidden, kind("hidden", wrong))
    if "wrong-layer-derivative" in wrong:
        derivative = dact(out, "")
    return rounded(np.outer(theta2, sent) * derivative, wrong)


def rounded(delta: Array, wrong: AbstractSet[str]) -> Array:
    return np.rint(1000 * delta) / 1000 if "rounded-deltas" in wrong else delta


def speed(layer: str, rate: float, wrong: AbstractSet[str]) -> float:
    frozen = {"output": "hidden-layer-only", "hidden": "output-layer-only"}[layer]
    if frozen in wrong:
        return 0.0
    factors = [1.0 if f"no-rate-{layer}" in wrong else rate]
    factors += [rate] if "rate-twice" in wrong else []
    factors += [-1.0] if f"sign-{layer}" in wrong else []
    return float(np.prod(factors))
