"""Programs: the loops that the search tries, each the right one with one or two changes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, permutations
from typing import Final

from xorviz.core.catalogue import MISTAKES, WAYS, Change
from xorviz.core.config import TrainConfig
from xorviz.core.loop import keeps_gradients, write

ONLINE: Final = "online"
FLOAT32: Final = "float32"
ROW_ORDER: Final = "row-order"
ALL_ROWS: Final = (0, 1, 2, 3)
ORDERS: Final = tuple(permutations(ALL_ROWS))
"""The 24 orders of the rows."""
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Program:
    """A loop, by what it changes of the right one.

    Attributes
    ----------
    names
        Its mistakes and ways, as the catalogue names them; none for the right loop.
    change
        The lines that differ.
    order
        The order of the rows where it updates after each row; None for all four at once.
    """

    names: tuple[str, ...]
    change: Change
    order: tuple[int, ...] | None = None

    @property
    def keeps(self) -> bool:
        """Whether it keeps gradients from update to update: no state alone tells the next."""
        return keeps_gradients(self.change)


RIGHT: Final = Program((), Change())
"""The right loop."""


def singles(config: TrainConfig) -> list[Program]:
    """The right loop, every other way and every mistake that the network can have."""
    ways = _ways()
    return _distinct([*ways, *_mistakes(config)], config.biases)


def online(_config: TrainConfig) -> list[Program]:
    """The ways of the right loop row after row, in all 24 orders."""
    plain = (way for way in _ways() if "mean" not in way.names)  # the mean of one row is its own
    return [by_row(way, order) for way in plain for order in ORDERS]


def pairs(config: TrainConfig) -> list[Program]:
    """Every two mistakes that go together, and every mistake in another way."""
    mistakes = _mistakes(config)
    together = _merged(combinations(mistakes, 2))
    other = _merged((mistake, way) for mistake in mistakes for way in _ways() if way.names)
    known = singles(config)
    return _distinct([*known, *together, *other], config.biases)[len(known) :]


def online_mistakes(config: TrainConfig) -> list[Program]:
    """Every mistake row after row, in all 24 orders."""
    return [by_row(mistake, order) for mistake in _mistakes(config) for order in ORDERS]


def by_row(program: Program, order: tuple[int, ...]) -> Program:
    """The program with an update after each row, in this order."""
    return Program((*program.names, ONLINE), program.change, order)


def _ways() -> list[Program]:
    """The right loop, each other way, and both: a mean square error has the mean and no half."""
    single = [Program((), Change()), *(Program((way.name,), way.change) for way in WAYS)]
    return [*single, *_merged(combinations(single[1:], 2))]


def _mistakes(config: TrainConfig) -> list[Program]:
    """The mistakes that the network can have, in every way to write them."""
    written = [
        Program((entry.name,), change)
        for entry in MISTAKES
        if entry.fits(config.hidden_size, config.biases)
        for change in (entry.change, *entry.also)
    ]
    return _distinct(written, config.biases)


def _merged(couples: Iterator[tuple[Program, ...]]) -> list[Program]:
    """Merge two programs each, as far as they have other names and their changes go together."""
    return [
        Program((*one.names, *other.names), change)
        for one, other in couples
        if one.names != other.names and (change := merge(one.change, other.change))
    ]


def _distinct(programs: Sequence[Program], biases: bool) -> list[Program]:
    """Leave out programs whose lines are those of an earlier one."""
    by_lines: dict[tuple[str, ...], Program] = {}
    for one in programs:
        by_lines.setdefault(tuple(write(one.change, biases)), one)
    return list(by_lines.values())


def merge(one: Change, other: Change) -> Change | None:
    """Put two changes together; None where they change the same words, or both move a line."""
    if one.first and other.first:
        return None
    lines = {**one.lines, **other.lines}
    for line in one.lines.keys() & other.lines.keys():
        text = _merge_line(line, one.lines[line], other.lines[line])
        if text is None:
            return None
        lines[line] = text
    return Change(lines, one.first or other.first)


def _merge_line(line: str, one: str, other: str) -> str | None:
    """Change a line's words as both texts do; None where they change the same ones.

    A line that one leaves out stays out.
    """
    if not one or not other:
        return ""
    words = _TOKEN.findall(line)
    changes = sorted([*_word_changes(words, one), *_word_changes(words, other)])
    merged, at = [], 0
    for start, end, new in changes:
        if start < at:
            return None
        merged += [*words[at:start], *new]
        at = end
    return "".join([*merged, *words[at:]])


def _word_changes(words: Sequence[str], text: str) -> list[tuple[int, int, list[str]]]:
    """The ranges of words that a text replaces, and its words for them."""
    new = _TOKEN.findall(text)
    codes = SequenceMatcher(None, words, new, autojunk=False).get_opcodes()
    return [(a, b, new[c:d]) for kind, a, b, c, d in codes if kind != "equal"]
