"""Hands: how links spell the moves that a reader makes by hand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xorviz.core.edit_list import SEPARATOR, VALUE
from xorviz.core.fields import ConfigError, Field, quoted
from xorviz.core.hand import MAX_MOVES, STEP, Move
from xorviz.core.names import read_name, spelled

_MOVE: Final = re.compile(r"((?:x1|x2|h\d{1,2}|1)_(?:h\d{1,2}|y))_([^_~]{1,30})", re.ASCII)


@dataclass(frozen=True)
class Hands(Field):
    """Moves in their order, such as ``x1_h1_2.5~step``: from, to and value, or an update."""

    names: Sequence[str]
    allowed = (
        f"a list, at most {MAX_MOVES} long, such as x1_h1_2.5~step (from, to, value from "
        f"{VALUE.low} to {VALUE.high}; or step) of the network's weights"
    )

    def allows(self, value: Any) -> bool:
        """Whether these are moves of the network's weights, with values in bounds."""
        return (
            isinstance(value, tuple)
            and len(value) <= MAX_MOVES
            and all(isinstance(move, Move) and VALUE.allows(move.value) for move in value)
            and all(self._knows(move) for move in value)
        )

    def _knows(self, move: Move) -> bool:
        return move.parameter in (*self.names, STEP)

    def read(self, text: str) -> tuple[Move, ...]:
        """Read moves; raises `ConfigError` with the usable ones where the network lacks some."""
        hands = tuple(map(_read, text.split(SEPARATOR))) if text else ()
        known = tuple(filter(self._knows, hands))
        if known != hands and self.allows(known):
            raise ConfigError(self.label, self.allowed, quoted(text), known)
        return hands

    def write(self, value: Any) -> str:
        """Write moves as `read` reads them back, to the last bit."""
        return SEPARATOR.join(map(_write, value))


def _read(text: str) -> Move:
    if text == STEP:
        return Move(STEP)
    match = _MOVE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    spelling, value = match.groups()
    return Move(read_name(spelling), VALUE.read(value))


def _write(move: Move) -> str:
    if move.parameter == STEP:
        return STEP
    return f"{spelled(move.parameter)}_{VALUE.write(move.value)}"
