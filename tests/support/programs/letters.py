"""A program as textbooks letter it, X, y, W1, W2, lr: it goes down the gradient of the loss."""

# ruff: noqa: N803, N806, N815 (the letters of textbooks)

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np

from tests.support.programs.protocol import State
from xorviz.core.network import Array


class Gradients(NamedTuple):
    dW1: Array
    dW2: Array
    db1: Array
    db2: Array


def g(z: Array) -> Array:
    value: Array = 1 / (1 + np.exp(-z))
    return value


def train(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    wrong: AbstractSet[str] = frozenset(),
) -> Iterator[State]:
    lr = learning_rate
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.logical_xor(X[:, :1], X[:, 1:]).astype(float)
    y = np.roll(y, 1, axis=0) if "shifted-targets" in wrong else y
    rng = np.random.RandomState(seed)
    W1, W2 = rng.rand(2, hidden_size), rng.rand(hidden_size, 1)
    b1, b2 = np.zeros((1, hidden_size)), np.zeros((1, 1))
    total = Gradients(0 * W1, 0 * W2, 0 * b1, 0 * b2)
    for _ in range(epochs + 1):
        yield (W1.copy(), W2.copy(), b1[0].copy(), b2[0].copy())[: 4 if biases else 2]
        a1 = g(X @ W1 + b1)
        a2 = a1 @ W2 + b2
        a2 = a2 if "no-sigmoid-output" in wrong else g(a2)
        dz2 = rounded((a2 - y) * dg_output(a2, wrong), wrong)
        z1_or_a1 = X @ W1 + b1 if "preactivation-in-gradient" in wrong else a1
        dW2, db2 = summed(z1_or_a1, dz2, wrong)
        next_total = total.dW2 + dW2 if "gradients-not-reset" in wrong else dW2
        next_W2 = W2 - step("output", lr, wrong) * next_total
        seen = next_W2 if "early-output-update" in wrong else W2
        dz1 = hidden_delta(a1, a2, y, dz2, seen, wrong)
        dW1, db1 = summed(a1 if "wrong-layer-activation" in wrong else X, dz1, wrong)
        db1 = summed(X, dz2, wrong)[1] + 0 * b1 if "bias-wrong-delta" in wrong else db1
        grads = Gradients(dW1, dW2, db1, db2)
        if "gradients-not-reset" in wrong:
            grads = Gradients(*(old + new for old, new in zip(total, grads, strict=True)))
        total = grads
        W1, W2 = W1 - step("hidden", lr, wrong) * grads.dW1, next_W2
        if biases:
            down = bias_step(lr, wrong)
            b1, b2 = b1 - down * grads.db1, b2 - down * grads.db2


def dg_output(a2: Array, wrong: AbstractSet[str]) -> Array:
    if wrong & {"no-derivative-output", "no-derivatives", "no-sigmoid-output"}:
        return np.ones_like(a2)
    if "double-sigmoid-output" in wrong:
        return g(a2) * (1 - g(a2))
    return a2 - a2**2


def hidden_delta(
    a1: Array,
    a2: Array,
    y: Array,
    dz2: Array,
    W2: Array,
    wrong: AbstractSet[str],
) -> Array:
    back = dz2
    if "error-not-delta" in wrong:
        back = a2 - y
    if "activations-backwards" in wrong:
        back = a2
    da1 = back * np.ones((1, len(W2))) if "no-weights-backwards" in wrong else back @ W2.T
    if wrong & {"no-derivative-hidden", "no-derivatives"}:
        return rounded(da1, wrong)
    if "wrong-layer-derivative" in wrong:
        return rounded(da1 * (a2 - a2**2), wrong)
    if "double-sigmoid-hidden" in wrong:
        return rounded(da1 * g(a1) * (1 - g(a1)), wrong)
    return rounded(da1 * (a1 - a1**2), wrong)


def rounded(dz: Array, wrong: AbstractSet[str]) -> Array:
    return dz.round(3) if "rounded-deltas" in wrong else dz


def summed(source: Array, dz: Array, wrong: AbstractSet[str]) -> tuple[Array, Array]:
    if "last-row-only" in wrong:
        source, dz = source[-1:], dz[-1:]
    return source.T @ dz, dz.sum(axis=0, keepdims=True)


def step(layer: str, lr: float, wrong: AbstractSet[str]) -> float:
    if wrong & {"output-layer-only", "hidden-layer-only"} - {f"{layer}-layer-only"}:
        return 0
    size = 1 if f"no-rate-{layer}" in wrong else lr
    size = size * lr if "rate-twice" in wrong else size
    return -size if wrong & {f"sign-{layer}", "sign-both"} else size


def bias_step(lr: float, wrong: AbstractSet[str]) -> float:
    if "bias-not-updated" in wrong:
        return 0
    return -lr if "bias-sign" in wrong else lr
