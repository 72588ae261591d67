"""Beside: the runs whose curves are drawn thin below the page's run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xorviz.core.recording import Recording
from xorviz.figures.theme import GHOST, PIN_COLOURS
from xorviz.settings.text import describe

THIN: Final = " Thin: other runs, in the same colours as in the Loss chart."
"""Ends the hint of a chart with such curves."""


@dataclass(frozen=True)
class Beside:
    """A run beside the page's, with its name in the legend and its colour."""

    recording: Recording
    name: str
    colour: str


def beside(pinned: Sequence[Recording], ghost: Recording | None = None) -> list[Beside]:
    """Name and colour at most four pinned runs, and the ghost: the run that was shown before."""
    runs = [
        Beside(run, describe(run.config), colour)
        for run, colour in zip(pinned, PIN_COLOURS, strict=False)
    ]
    before = [Beside(ghost, f"before: {describe(ghost.config)}", GHOST)] if ghost else []
    return [*before, *runs]
