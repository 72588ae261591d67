"""Multiples: small drawings of one kind side by side, such as one for each weight or each unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xorviz.figures.chart import Channel


@dataclass(frozen=True)
class Multiples:
    """Cells that show the same of each weight or unit, and what moves in them.

    Attributes
    ----------
    kind
        Which of the stage's modules draws a cell, such as ``pulls.js``.
    title, hint
        Heading of the panel, and a sentence or two on how to read it.
    names
        A name for each cell.
    places
        Row and column of each cell; None where the cells go wherever there is room.
    rows, columns
        Headings of the rows and columns of such places.
    inputs
        Names of the rows of the truth table.
    values
        Numbers in each frame by name; those of several cells have shape (frames, cells) or
        (frames, cells, inputs).
    look
        What a cell's drawing needs that does not move, such as its colours.
    channels
        More numbers in each frame, which are rounded before they are sent.
    """

    kind: Literal["pulls", "sigmoids", "hidden_space"]
    title: str
    hint: str
    names: Sequence[str]
    inputs: Sequence[str]
    values: Mapping[str, NDArray[Any]]
    look: Mapping[str, Any]
    places: Sequence[tuple[int, int]] | None = None
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    channels: Sequence[Channel] = ()


def single(values: Sequence[NDArray[Any]]) -> NDArray[np.float32]:
    """Stack each frame's numbers in single precision."""
    with np.errstate(over="ignore"):
        return np.array(values, np.float32)
