"""Mistakes: the names that programs can be asked to make, and which of them go together."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

PARTS: Final = {
    "early-output-update": {"order"},
    "no-derivative-output": {"σ′ output"},
    "no-derivative-hidden": {"σ′ hidden"},
    "no-derivatives": {"σ′ output", "σ′ hidden"},
    "double-sigmoid-output": {"σ′ output"},
    "double-sigmoid-hidden": {"σ′ hidden"},
    "error-not-delta": {"sent back"},
    "wrong-layer-derivative": {"σ′ hidden"},
    "activations-backwards": {"sent back"},
    "no-weights-backwards": {"way back"},
    "wrong-layer-activation": {"source hidden"},
    "preactivation-in-gradient": {"source output"},
    "sign-output": {"sign output"},
    "sign-hidden": {"sign hidden"},
    "sign-both": {"sign output", "sign hidden"},
    "no-rate-output": {"rate output"},
    "no-rate-hidden": {"rate hidden"},
    "rate-twice": {"rate output", "rate hidden"},
    "output-layer-only": {"layers"},
    "hidden-layer-only": {"layers"},
    "gradients-not-reset": {"epochs"},
    "last-row-only": {"rows"},
    "rounded-deltas": {"rounding"},
    "shifted-targets": {"targets"},
    "no-sigmoid-output": {"σ′ output"},
    "bias-not-updated": {"biases"},
    "bias-sign": {"biases"},
    "bias-wrong-delta": {"biases"},
}
"""Each mistake of the catalogue, and the parts of a program that it spoils."""

OF_BIASES: Final = tuple(name for name in PARTS if name.startswith("bias-"))
SINGLES: Final = tuple(name for name in PARTS if name not in OF_BIASES)
AT_TWO_UNITS: Final = "wrong-layer-activation"
"""A mistake that has the right shapes at two hidden units alone."""


def singles(hidden_size: int) -> list[str]:
    """The mistakes that a program without biases can make at this size."""
    return [name for name in SINGLES if hidden_size == 2 or name != AT_TWO_UNITS]


def pairs(hidden_size: int) -> Iterator[frozenset[str]]:
    """Two mistakes at a time that spoil different parts, of programs without biases."""
    for one, other in combinations(singles(hidden_size), 2):
        if not PARTS[one] & PARTS[other]:
            yield frozenset((one, other))
