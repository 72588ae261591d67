"""Length: how long a page's link may become, so that any server takes it."""

from collections.abc import Sequence
from typing import Final

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.hand import Move
from xorviz.settings.link import query, write
from xorviz.settings.page import Page

MAX_QUERY: Final = 4_096
"""The most characters that a page writes after its link's question mark.

Servers and proxies refuse longer requests, from 8 kB on. Longer links are still read, but for
moves by hand.
"""
MAX_CHANGES: Final = 2_500
"""The most characters of that for edits, moves by hand and pinned runs: the rest has room at its
longest, which is that of ranges of tabs, three characters each."""
MAX_RANGE: Final = 100
"""The most characters of a range that is typed on the page."""


def overflow(
    edits: Sequence[Edit], pins: Sequence[TrainConfig], hands: Sequence[Move] = ()
) -> str | None:
    """Say why a page's link has no room for these edits, pins and moves; None where it has.

    It also has room once a pinned run is opened, whose edits are then the page's.
    """
    length = length_of_changes(edits, pins, hands)
    if length <= MAX_CHANGES:
        return None
    taken, undo = ("moves by hand, ", "undo moves or edits,") if hands else ("", "undo edits")
    return (
        f"The page's link has room for {MAX_CHANGES:,} characters of {taken}edits and pinned runs, "
        f"and this would make it {length:,}: {undo} or remove a pinned run first."
    )


def length_of_changes(
    edits: Sequence[Edit], pins: Sequence[TrainConfig], hands: Sequence[Move]
) -> int:
    """The characters of these in a link, with room for any pinned run's edits to be the page's."""
    every = [edits, *(pin.edits for pin in pins)]
    longest = max(every, key=lambda some: len(FIELDS["edits"].write(some)))
    return len(query(write(Page(edits=tuple(longest), pins=tuple(pins), hands=tuple(hands)))))
