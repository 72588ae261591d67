"""Right programs: each trains the network as it should, in a way of its own."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Final

import numpy as np

from tests.support.programs import autograd, classes, columns, letters, lists, tensors
from tests.support.programs.protocol import State, Train


def in_numpy(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    wrong: AbstractSet[str] = frozenset(),
    *,
    dtype: str = "float64",
    factor: float = 1,
    rows: Sequence[int] = (0, 1, 2, 3),
    online: bool = False,
    shuffled: bool = False,
) -> Iterator[State]:
    """Train as the notebook does, but for the way that is asked for.

    `factor` multiplies the gradient, `rows` is the order of the truth table, `online` updates
    after each row, and `shuffled` draws an order of the rows for every epoch.
    """
    assert not wrong
    random = np.random.RandomState(seed)
    w1 = random.uniform(size=(2, hidden_size)).astype(dtype)
    w2 = random.uniform(size=(hidden_size, 1)).astype(dtype)
    b1, b2 = np.zeros(hidden_size, dtype), np.zeros(1, dtype)
    table = np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]], dtype)
    rate = np.dtype(dtype).type(learning_rate * factor)
    order = list(rows)
    yield (w1.copy(), w2.copy(), b1.copy(), b2.copy())[: 4 if biases else 2]
    for _ in range(epochs):
        order = list(random.permutation(4)) if shuffled else order
        for batch in [[row] for row in order] if online else [order]:
            x, t = table[batch, :2], table[batch, 2:]
            h = 1 / (1 + np.exp(-(x.dot(w1) + b1)))
            y = 1 / (1 + np.exp(-(h.dot(w2) + b2)))
            d_output = (t - y) * y * (1 - y)
            d_hidden = d_output.dot(w2.T) * h * (1 - h)
            w2 += h.T.dot(d_output) * rate
            w1 += x.T.dot(d_hidden) * rate
            if biases:
                b2 += d_output.sum(axis=0) * rate
                b1 += d_hidden.sum(axis=0) * rate
        yield (w1.copy(), w2.copy(), b1.copy(), b2.copy())[: 4 if biases else 2]


RIGHT: Final[dict[str, tuple[Train, str]]] = {
    "batch": (in_numpy, ""),
    "online": (partial(in_numpy, online=True), "online"),
    "online, last row first": (partial(in_numpy, online=True, rows=(3, 2, 1, 0)), "online"),
    "online, other order": (partial(in_numpy, online=True, rows=(1, 3, 0, 2)), "online"),
    "float32": (partial(in_numpy, dtype="float32"), "float32"),
    "mean": (partial(in_numpy, factor=0.25), "mean"),
    "twice": (partial(in_numpy, factor=2), "twice"),
    "rows in another order": (partial(in_numpy, rows=(2, 0, 3, 1)), ""),
    "lists": (lists.train, ""),
    "classes": (classes.train, ""),
    "letters": (letters.train, ""),
    "columns": (columns.train, ""),
    "tensors": (tensors.train, ""),
    "autograd": (autograd.train, ""),
}
"""Right programs by style, and the way of each that is not the notebook's, by its name."""

OTHER: Final[dict[str, Train]] = {
    "online, shuffled": partial(in_numpy, online=True, shuffled=True),
    "twice the mean, float32": partial(in_numpy, factor=0.5, dtype="float32"),
    "online, twice": partial(in_numpy, online=True, factor=2),
    "online, float32": partial(in_numpy, online=True, dtype="float32"),
}
"""Right programs whose way may be not known, but must never be called a mistake."""
