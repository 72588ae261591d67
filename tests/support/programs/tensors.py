"""A program of tensors: its arrays are PyTorch's or NumPy's, its parameters a dictionary."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from types import ModuleType
from typing import Any

import numpy as np

from tests.support.programs.protocol import State

Tensors = dict[str, Any]


def train(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    wrong: AbstractSet[str] = frozenset(),
    xp: ModuleType = np,
) -> Iterator[State]:
    random = np.random.RandomState(seed)
    drawn = {
        "w1": random.uniform(0, 1, (2, hidden_size)),
        "w2": random.uniform(0, 1, (hidden_size, 1)),
        "b1": np.zeros(hidden_size),
        "b2": np.zeros(1),
    }
    params = {name: xp.asarray(value, dtype=xp.float64) for name, value in drawn.items()}
    x = xp.asarray([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=xp.float64)
    y = xp.asarray([[0], [1], [1], [0]], dtype=xp.float64)
    y = xp.roll(y, 1, 0) if "shifted-targets" in wrong else y
    grads: Tensors = {name: xp.zeros_like(value) for name, value in params.items()}
    yield detached(params, biases)
    for _ in range(epochs):
        if "gradients-not-reset" not in wrong:
            grads = {name: xp.zeros_like(value) for name, value in params.items()}
        backward(params, grads, x, y, learning_rate, wrong, xp)
        for name in list(params):
            if name != "w2" or "early-output-update" not in wrong:
                apply(params, grads, name, learning_rate, biases, wrong)
        yield detached(params, biases)


def detached(params: Tensors, biases: bool) -> State:
    return tuple(np.array(value) for value in params.values())[: 4 if biases else 2]


def backward(
    params: Tensors,
    grads: Tensors,
    x: Any,
    y: Any,
    lr: float,
    wrong: AbstractSet[str],
    xp: ModuleType,
) -> None:
    """Add the gradients of ½ Σ (ŷ − y)² to `grads`."""
    pre = xp.matmul(x, params["w1"]) + params["b1"]
    hid = logistic(pre, xp)
    out = xp.matmul(hid, params["w2"]) + params["b2"]
    out = out if "no-sigmoid-output" in wrong else logistic(out, xp)
    miss = out - y
    delta = miss * slope(out, "output", wrong, xp)
    delta = xp.round(delta, decimals=3) if "rounded-deltas" in wrong else delta
    last = slice(-1, None) if "last-row-only" in wrong else slice(None)
    source = pre if "preactivation-in-gradient" in wrong else hid
    grads["w2"] += source[last].T @ delta[last]
    grads["b2"] += delta[last].sum(0)
    if "early-output-update" in wrong:
        apply(params, grads, "w2", lr, False, wrong)

    flow = miss if "error-not-delta" in wrong else delta
    flow = -out if "activations-backwards" in wrong else flow
    ones = xp.ones_like(params["w2"])
    flow = flow @ (ones if "no-weights-backwards" in wrong else params["w2"]).T
    own = slope(hid, "hidden", wrong, xp)
    flow = flow * (out * (1 - out) if "wrong-layer-derivative" in wrong else own)
    flow = xp.round(flow, decimals=3) if "rounded-deltas" in wrong else flow
    source = hid if "wrong-layer-activation" in wrong else x
    grads["w1"] += source[last].T @ flow[last]
    grads["b1"] += (delta if "bias-wrong-delta" in wrong else flow)[last].sum(0)


def logistic(z: Any, xp: ModuleType) -> Any:
    return 1 / (1 + xp.exp(-z))


def slope(value: Any, layer: str, wrong: AbstractSet[str], xp: ModuleType) -> Any:
    constant = wrong & {f"no-derivative-{layer}", "no-derivatives"}
    if constant or (layer == "output" and "no-sigmoid-output" in wrong):
        return xp.ones_like(value)
    value = logistic(value, xp) if f"double-sigmoid-{layer}" in wrong else value
    return value * (1 - value)


def apply(
    params: Tensors, grads: Tensors, name: str, lr: float, biases: bool, wrong: AbstractSet[str]
) -> None:
    """Take the parameter's step: down its gradient, if it is right."""
    layer, other = ("hidden", "output") if name[1] == "1" else ("output", "hidden")
    if f"{other}-layer-only" in wrong:
        return
    if name[0] == "b":
        lr = 0.0 if "bias-not-updated" in wrong or not biases else lr
        lr = -lr if "bias-sign" in wrong else lr
    else:
        step = 1.0 if f"no-rate-{layer}" in wrong else lr
        step = step * lr if "rate-twice" in wrong else step
        lr = -step if wrong & {f"sign-{layer}", "sign-both"} else step
    params[name] = params[name] - lr * grads[name]
