"""Departures: where a changed loop departs from the right one, line beside line."""

from collections.abc import Sequence
from typing import NamedTuple

from xorviz.core.catalogue import Change
from xorviz.core.lines import BIAS_LINES, BODY


class Departure(NamedTuple):
    """Some lines of the notebook's loop, and those that a changed loop has in their stead.

    Attributes
    ----------
    right
        The notebook's lines.
    made
        The changed ones; none where they are left out, and those of `right` in another order
        where one is moved.
    """

    right: tuple[str, ...]
    made: tuple[str, ...]

    @property
    def is_moved(self) -> bool:
        """Whether it is the order alone that differs."""
        return sorted(self.right) == sorted(self.made)


def departures(change: Change, biases: bool) -> Sequence[Departure]:
    """Lay a change beside the right loop, in the order of the notebook's lines.

    The lines of biases are left out where a network has none.
    """
    moved = []
    if change.first:
        line, before = change.first
        moved.append(Departure((before, line), (line, before)))
    changed = [
        Departure((line,), tuple(text for text in change.lines[line].split("\n") if text))
        for line in BODY
        if line in change.lines and (biases or line not in BIAS_LINES)
    ]
    return [*moved, *changed]
