"""Layout: which way round a reader's own arrays hold their weights, and how they are copied."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import FIELDS
from xorviz.core.network import Array

NAMES: Final = (
    "weights_input_hidden",
    "weights_hidden_output",
    "biases_hidden",
    "biases_output",
)
"""The arrays as the notebook names them, in the order in which they are given."""

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Slot:
    """A given array, and the part of a flat state that holds its numbers.

    Attributes
    ----------
    name
        The array's name.
    shape
        The shape that it always has.
    part
        Its numbers in the state.
    is_turned
        Whether its rows are the network's columns.
    """

    name: str
    shape: Shape
    part: slice
    is_turned: bool

    def copy(self, given: Any, state: Array) -> None:
        """Copy what is given into a state, shape (P,).

        Raises
        ------
        ValueError
            Where it is missing, has another shape, or holds anything but real numbers.
        """
        if given is None:
            raise ValueError(f"{self.name} must be given after each update, as it was at first")
        array = given if type(given) is np.ndarray else as_array(self.name, given)
        if array.shape != self.shape or array.dtype.kind not in "fiu":
            raise self._error(array)
        state[self.part] = (array.T if self.is_turned else array).ravel()

    def _error(self, array: NDArray[Any]) -> ValueError:
        if array.shape == self.shape:
            return ValueError(f"{self.name} must hold real numbers, not {array.dtype}")
        return ValueError(f"{self.name} had the shape {self.shape} at first, not {array.shape}")


def slots_for(*given: Any) -> tuple[Slot, ...]:
    """Tell the layout of the arrays, in the order of `NAMES`; None for biases that are not there.

    NumPy's layout is inputs before outputs: (2, H) and (H, 1). PyTorch's is outputs before
    inputs: (H, 2) and (1, H). Two hidden units have (2, 2) in both: then the other array tells.

    Raises
    ------
    ValueError
        Where the shapes are no network's, or of two layouts, or only one layer has biases.
    """
    arrays = [
        (name, as_array(name, array))
        for name, array in zip(NAMES, given, strict=True)
        if array is not None
    ]
    names = [name for name, _ in arrays]
    if not {*NAMES[:2]} <= {*names} or len(arrays) == 3:
        raise ValueError("both layers' weights must be given, and both biases or neither")
    size, is_turned = _told_apart(*(array.shape for _, array in arrays[:2]))
    ends = np.cumsum([0, 2 * size, size, size, 1]).tolist()
    slots = []
    for index, (name, array) in enumerate(arrays):
        part = slice(ends[index], ends[index + 1])
        count = part.stop - part.start
        if array.size != count:
            raise ValueError(f"{name} must have a number for each unit, {count}, not {array.size}")
        slots.append(Slot(name, array.shape, part, is_turned and index == 0))
    return tuple(slots)


def _told_apart(hidden: Shape, output: Shape) -> tuple[int, bool]:
    """The hidden size, and whether the weights of the hidden layer have a row for each unit."""
    sizes = [(hidden[1], False)] if len(hidden) == 2 and hidden[0] == 2 else []
    sizes += [(hidden[0], True)] if len(hidden) == 2 and hidden[1] == 2 else []
    ways = [(size, is_turned) for size, is_turned in sizes if output in _outputs(size)]
    if hidden == (2, 2) and output != (2,):
        ways = [way for way in ways if way[1] == (output == (1, 2))]
    if len(ways) == 1:
        FIELDS["hidden_size"].check(ways[0][0])
        return ways[0]
    raise ValueError(_told_wrong(hidden, output, sizes))


def _outputs(size: int) -> tuple[Shape, ...]:
    """The shapes that the weights from so many hidden units to the output may have."""
    return ((size, 1), (1, size), (size,))


def _told_wrong(hidden: Shape, output: Shape, sizes: list[tuple[int, bool]]) -> str:
    """Say in a sentence why two shapes are no network's, or of two layouts."""
    came = f"{hidden} and {output}"
    if hidden == (2, 2) and output == (2,):
        return (
            "weights_input_hidden may be (inputs, units) or (units, inputs): give "
            "weights_hidden_output as (2, 1) for the first or (1, 2) for the second, not (2,)"
        )
    is_swapped = len(output) == 2 and 2 in output and hidden in _outputs(output[output[0] == 2])
    if is_swapped and not sizes:
        return f"weights_input_hidden comes first, then weights_hidden_output: shapes are {came}"
    return (
        "weights_input_hidden must be (2, H) and weights_hidden_output (H, 1), or (H, 2) and "
        f"(1, H), for H hidden units, not {came}"
    )


def as_array(name: str, given: Any) -> NDArray[Any]:
    """Make an array of an array, a list, or a tensor, also one that requires a gradient.

    Raises
    ------
    ValueError
        Where it holds anything but real numbers.
    """
    if hasattr(given, "detach"):  # PyTorch makes no array of a tensor with a gradient
        given = given.detach().cpu()
    try:
        array = np.asarray(given)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be an array of numbers") from None
    if array.dtype.kind not in "fiu":
        raise ValueError(f"{name} must hold real numbers, not {array.dtype}")
    return array
