"""Words that several sentences have in common."""

from collections.abc import Sequence
from typing import Any, Final

SHOWN: Final = 3
"""Things that are listed one by one; of more, how many there are."""


def listed(words: Sequence[str]) -> str:
    """Join words by commas, and the last by "and"."""
    *rest, last = words
    return f"{', '.join(rest)} and {last}" if rest else last


def unit_names(numbers: Sequence[int]) -> str:
    """List hidden units by their numbers."""
    return listed([f"h{number}" for number in numbers])


def first_few(words: Sequence[Any]) -> str:
    """List the first few of some words, and how many more there are."""
    shown = ", ".join(map(str, words[:SHOWN]))
    return shown + (f" and {len(words) - SHOWN} more" if len(words) > SHOWN else "")
