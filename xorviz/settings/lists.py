"""Lists: fields of links and sweeps that hold several numbers or names, weights and units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from xorviz.core.fields import ConfigError, Field, Number, Whole, quoted
from xorviz.core.names import OUTPUT, edge, spelled

MAX_VALUES: Final = 1_000_000
"""Values of a list of several parts at most."""


@dataclass(frozen=True)
class Weight(Field):
    """The name of a weight or bias of the network, spelled as in edits."""

    names: Sequence[str]
    allowed = "a connection of the network, such as x1_h1 or h1_y"

    def allows(self, value: Any) -> bool:
        """Whether the network has it."""
        return value in self.names

    def read(self, text: str) -> str:
        """Read a spelling as the name."""
        return next((name for name in self.names if spelled(name) == text), "")

    def write(self, value: Any) -> str:
        """Spell the name."""
        return spelled(value)


@dataclass(frozen=True)
class Pair(Field):
    """Two hidden units of a network with these connections, such as ``h1_h3``."""

    names: Sequence[str]
    allowed = "two hidden units of the network, such as h1_h3"

    def allows(self, value: Any) -> bool:
        """Whether the network has both, and they differ."""
        units = value.split("_")
        return len(units) == len({*units}) == 2 and all(
            edge(u, OUTPUT) in self.names for u in units
        )

    def read(self, text: str) -> str:
        """Read a pair, which is kept as it is spelled."""
        return text

    def write(self, value: Any) -> str:
        """Write a pair."""
        return str(value)


@dataclass(frozen=True)
class Names(Field):
    """Some of these names, in their order."""

    choices: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        return f"any of {', '.join(self.choices)}, with commas between them"

    def allows(self, value: Any) -> bool:
        """Whether all are among the names."""
        return {*value} <= {*self.choices}

    def read(self, text: str) -> tuple[str, ...]:
        """Read a list; raises `ConfigError` with the usable names where there are others."""
        names = [name for name in text.split(",") if name]
        known = tuple(name for name in self.choices if name in names)
        if unknown := [name for name in names if name not in self.choices]:
            raise ConfigError(self.label, self.allowed, quoted(",".join(unknown)), known)
        return known

    def write(self, value: Any) -> str:
        """Write a list."""
        return ",".join(value)


@dataclass(frozen=True)
class Numbers(Field):
    """Several values of a setting, such as ``0-99``, ``0:100`` or ``0.1,0.5,2``."""

    each: Number

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        numbers = self.each.allowed.removeprefix("a ").replace("number", "numbers", 1)
        ways = "1,5,7, or 0-9 or 0:10 for 0 up to 9" if self._has_ranges else "such as 0.1,0.5,2"
        return f"{numbers}, each once: {ways}"

    @property
    def _has_ranges(self) -> bool:
        return isinstance(self.each, Whole)

    def allows(self, value: Any) -> bool:
        """Whether it has values, each allowed, and once."""
        return len(value) > 0 and (isinstance(value, range) or len({*value}) == len(value))

    def read(self, text: str) -> Sequence[int] | Sequence[float]:
        """Read a list; a range that stands alone stays one, and takes no memory.

        Raises
        ------
        ValueError
            Where a value is not one of the setting's.
        ConfigError
            Where there are too many.
        """
        if not text.isascii():
            raise ValueError(text)
        try:
            parts = [self._part(part.strip()) for part in text.split(",")]
        except ConfigError:
            raise ValueError(text) from None
        if len(parts) == 1:
            return parts[0]
        if (count := sum(map(len, parts))) > MAX_VALUES:
            most = f"one range or at most {MAX_VALUES:,} values"
            raise ConfigError(self.label, most, f"{count:,}")
        return tuple(value for part in parts for value in part)

    def _part(self, text: str) -> Sequence[int] | Sequence[float]:
        first, sign, end = text.partition(":" if ":" in text else "-")
        if not self._has_ranges or not sign:
            return (self.each.parse(text),)
        if sign == "-":
            stop = self.each.parse(end) + 1
        else:
            stop = replace(self.each, high=self.each.high + 1).parse(end)
        values = range(self.each.parse(first), stop)
        if not values:
            raise self.error(text)
        return values

    def write(self, value: Any) -> str:
        """Write a list, a range as such."""
        if isinstance(value, range) and value.step == 1:
            return f"{value.start}:{value.stop}"
        return ",".join(str(number).removesuffix(".0") for number in value)


@dataclass(frozen=True)
class Typed(Field):
    """A value that is kept as the reader typed it, once it can be read as another field's."""

    values: Field

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        return self.values.allowed

    def allows(self, value: Any) -> bool:
        """Whether it can be read."""
        try:
            self.values.parse(value.strip())
        except ConfigError:
            return False
        return True
