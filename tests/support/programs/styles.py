"""Styles: every way in which a program with mistakes is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from tests.support.programs import autograd, classes, columns, letters, lists, pytorch, tensors
from tests.support.programs.mistakes import PARTS
from tests.support.programs.protocol import Train


@dataclass(frozen=True)
class Style:
    """A program, and the mistakes that can be put into it."""

    train: Train
    mistakes: frozenset[str] = frozenset(PARTS)


STYLES: Final[Mapping[str, Style]] = {
    "lists": Style(lists.train),
    "classes": Style(classes.train),
    "letters": Style(letters.train),
    "columns": Style(columns.train),
    "tensors": Style(tensors.train),
    "autograd": Style(autograd.train, autograd.MISTAKES),
}

ONLINE: Final = "lists, row by row"
ROW_BY_ROW: Final = {
    ONLINE: Style(partial(lists.train, online=True), frozenset(PARTS) - {"last-row-only"})
}
"""The style that is right in another way already, before a mistake is put into it."""

WITH_TORCH: Final[Mapping[str, Style]] = (
    {
        "torch by hand": Style(pytorch.by_hand()),
        "torch.nn": Style(pytorch.train, pytorch.MISTAKES),
    }
    if pytorch.torch
    else {}
)
"""The styles that need PyTorch; none where it can't be imported."""

RIGHT_WITH_TORCH: Final[Mapping[str, Train]] = (
    {"torch.nn, its defaults": partial(pytorch.train, dtype="float32", reduction="mean")}
    if pytorch.torch
    else {}
)
"""The right program as PyTorch's own examples have it: float32, and the mean of the squares."""
