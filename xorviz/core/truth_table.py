"""The truth table that a network learns: the four inputs of a logic gate, and their targets."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

INPUTS: Final[NDArray[np.float64]] = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
INPUTS.setflags(write=False)

ROW_NAMES: Final = ("00", "01", "10", "11")
"""The rows of `INPUTS` by name: x1 then x2."""

GATES: Final = {
    "XOR": "0110",
    "AND": "0001",
    "OR": "0111",
    "NAND": "1110",
    "NOR": "1000",
    "XNOR": "1001",
}
"""The named gates, each as its four targets in the order of `ROW_NAMES`."""


def target_column(targets: str) -> NDArray[np.float64]:
    """Turn four digits such as ``"0110"`` into targets of shape (4, 1)."""
    return np.array([[float(digit)] for digit in targets])


def right(predictions: NDArray[np.float64], targets: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each prediction is on its target's side of 0.5; NaN is on neither side."""
    is_one = targets > 0.5
    are_right: NDArray[np.bool_] = ((predictions > 0.5) == is_one) & ((predictions < 0.5) != is_one)
    return are_right


def gate_name(targets: str) -> str:
    """Name of the gate with these four digits, or the digits themselves."""
    return next((name for name, digits in GATES.items() if digits == targets), targets)
