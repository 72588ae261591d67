"""Matrices: weights read from a text in which NumPy, or a list, has printed them.

The text is never evaluated: it is searched for numbers in brackets.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

import numpy as np

from xorviz.core.fields import ConfigError, quoted
from xorviz.core.network import Array

MAX_TEXT: Final = 1_000_000
"""The most characters of a text."""
MAX_ARRAYS: Final = 10_000
"""The most matrices and lists in it."""
MAX_NUMBERS: Final = 64
"""More numbers than any matrix of ours has."""
SHOWN: Final = 3
"""Shapes that a sentence lists."""
LABEL: Final = 80
"""Characters before a matrix that may say which one it is."""
EXACT: Final = 16
"""Significant digits with which a number is written to its last bit."""
LABELS: Final = {
    "hidden": "The weights from the inputs to the hidden units",
    "output": "The weights from the hidden units to the output",
    "biases_hidden": "The biases of the hidden units",
    "biases_output": "The bias of the output",
}

_ROW: Final = re.compile(r"\[([^\[\]]*+)\]")
_ARRAY: Final = re.compile(
    r"(?<!\w)(?<!In )\["  # no index, and no number of a notebook's cell
    r"(?:\s*+((?:\[[^\[\]]*+\][\s,]*+)++)|([^\[\]]*+))\]"
)
"""A matrix, or a list of numbers. Nothing of it backtracks, so that any text takes linear time."""
_NUMBER: Final = re.compile(r"[-+−]?(?:\d++\.?\d*+|\.\d++)(?:[eE]([-+]?\d++))?", re.ASCII)


class Found(NamedTuple):
    """An array in a text: its shape, the words in it, the text before it, and its position."""

    shape: tuple[int, ...]
    words: Sequence[str]
    label: str
    position: int


@dataclass(frozen=True)
class Printed:
    """Weights that were read from a text.

    Attributes
    ----------
    flat
        The parameters, in the order of `network.Layers`; shape (P,).
    resolution
        Half a unit in the last decimal that is written; 0 where the numbers are written in full.
    """

    flat: Array
    resolution: float


def read_matrices(text: str, hidden_size: int, biases: bool) -> Printed:
    """Read the weights of a network from what its program has printed, headings and all.

    The last matrix from the inputs to the hidden units counts, and the first one after it from
    there to the output. Where several fit, those whose heading has the word "weight" (or "bias")
    are preferred.

    Raises
    ------
    ConfigError
        Where a matrix is missing, or has something else than finite numbers.
    """
    if len(text) > MAX_TEXT:
        allowed = f"a text of at most {MAX_TEXT:,} characters"
        raise ConfigError("What is pasted", allowed, f"one of {len(text):,}")
    matches = list(islice(_ARRAY.finditer(text), MAX_ARRAYS + 1))
    if len(matches) > MAX_ARRAYS:
        raise ConfigError("What is pasted", f"at most {MAX_ARRAYS:,} matrices", "more")
    chosen = list(_choose(list(_arrays(matches)), hidden_size, biases))
    return Printed(
        np.array([_number(word, LABELS[name]) for name, one in chosen for word in one.words]),
        max((_resolution(one.words) for _, one in chosen), default=0.0),
    )


def _arrays(matches: Iterable[re.Match[str]]) -> Iterator[Found]:
    """Yield each array that has rows of one length, and not too many numbers."""
    end = 0
    for match in matches:
        inside, alone = match.groups()
        lists = [alone] if inside is None else _ROW.findall(inside)
        rows = [row.replace(",", " ").split() for row in lists]
        sizes = {len(row) for row in rows}
        start = match.start()
        label = match.string[max(end, start - LABEL) : start].lower()
        end = match.end()
        if len(sizes) == 1 and 0 < len(rows) * (size := sizes.pop()) <= MAX_NUMBERS:
            shape = (size,) if inside is None else (len(rows), size)
            yield Found(shape, [word for row in rows for word in row], label, start)


def _choose(arrays: Sequence[Found], hidden_size: int, biases: bool) -> Iterator[tuple[str, Found]]:
    """Yield the arrays of a network, in the order of `network.Layers`, each with its name."""
    units, one = [(hidden_size,), (1, hidden_size)], [(1,), (1, 1)]
    hidden = _fitting(arrays, [(2, hidden_size)], "weight")
    first = _taken("hidden", hidden[-1:], arrays, (2, hidden_size))
    rest = [array for array in arrays if array is not first]
    output = _after(_fitting(rest, [(hidden_size, 1)], "weight"), first)
    yield "hidden", first
    second = _taken("output", output, arrays, (hidden_size, 1))
    yield "output", second
    if not biases:
        return
    rest = [array for array in rest if array is not second]
    of_units = _after(_fitting(rest, units, "bias"), first)
    third = _taken("biases_hidden", of_units, arrays, units[0])
    yield "biases_hidden", third
    rest = [array for array in rest if array is not third]
    of_output = _after(_fitting(rest, one, "bias"), third)
    yield "biases_output", _taken("biases_output", of_output, arrays, one[0])


def _fitting(
    arrays: Iterable[Found], shapes: Sequence[tuple[int, ...]], word: str
) -> Sequence[Found]:
    """The arrays of these shapes: those whose heading has the word, if there are any."""
    fitting = [array for array in arrays if array.shape in shapes]
    return [array for array in fitting if word in array.label] or fitting


def _after(arrays: Sequence[Found], one: Found) -> Sequence[Found]:
    """Put those arrays first that stand behind another, in their order."""
    start = bisect([array.position for array in arrays], one.position)
    return [*arrays[start:], *arrays[:start]]


def _taken(
    name: str, fitting: Sequence[Found], arrays: Sequence[Found], shape: tuple[int, ...]
) -> Found:
    """Take the first of the fitting arrays; say what came instead where there is none."""
    if fitting:
        return fitting[0]
    shapes = list(dict.fromkeys(_shape(array.shape) for array in arrays))
    came = " and ".join(shapes[:SHOWN]) or "a text without numbers in brackets"
    raise ConfigError(LABELS[name], f"{_shape(shape)} in brackets, as NumPy prints them", came)


def _shape(shape: tuple[int, ...]) -> str:
    """Write a shape in words."""
    *rows, size = shape
    numbers = "1 number" if size == 1 else f"{size} numbers"
    if not rows:
        return f"a list of {numbers}"
    return f"1 row of {numbers}" if rows == [1] else f"{rows[0]} rows of {numbers}"


def _number(word: str, label: str) -> float:
    """Read a number; raises `ConfigError` where it is none, or not finite."""
    value = float(word.replace("−", "-")) if _NUMBER.fullmatch(word) else np.nan
    if not np.isfinite(value):
        raise ConfigError(label, "finite numbers", quoted(word))
    return float(value)


def _resolution(words: Sequence[str]) -> float:
    """Half a unit in the last decimal of an array's numbers; 0 where they are written in full.

    NumPy leaves zeros at the end out, so the number with the most decimals counts, and of numbers
    with an exponent the largest one. An array of whole numbers is one of zeros or ones that were
    never changed.
    """
    parts = [re.split("[eE]", word) for word in words]
    decimals = max(len(mantissa.partition(".")[2]) for mantissa, *_ in parts)
    digits = max(len(re.sub(r"\D", "", mantissa).lstrip("0")) for mantissa, *_ in parts)
    if digits >= EXACT or not decimals:
        return 0.0
    exponent = max(int(exponent) for _, *rest in parts for exponent in rest or ["0"])
    return 0.5 * 10.0 ** (exponent - decimals)
