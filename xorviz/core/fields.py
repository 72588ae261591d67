"""Fields: what people call a setting, which values it may have, and how they are written."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Final

from xorviz.core.truth_table import GATES

MAX_SHOWN: Final = 40
"""Characters of an unusable value that an error repeats."""

_IN_THOUSANDS: Final = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
"""A whole number with a comma before every three digits."""


class ConfigError(ValueError):
    """A value that can't be used.

    Parameters
    ----------
    label
        What people call the setting.
    allowed
        The values allowed, as the end of a sentence.
    came
        The value that came, as the end of a sentence.
    usable
        The rest of the value, where only a part of it can't be used.
    """

    def __init__(self, label: str, allowed: str, came: str, usable: Any = None) -> None:
        super().__init__(label, allowed, came, usable)
        self.label, self.allowed, self.came, self.usable = label, allowed, came, usable

    def __str__(self) -> str:
        return f"{self.label} must be {self.allowed}, not {self.came}"


def quoted(came: object) -> str:
    """Quote a value that came, as much of it as a sentence can hold."""
    try:
        shown = repr(came)
    except ValueError:  # Python writes no whole number of thousands of digits
        shown = "a number too long to show"
    return shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN] + "…"


@dataclass(frozen=True)
class Field(ABC):
    """One setting: its label, the values it may have, and how links and flags write them.

    `parse` takes any text, `check` and `allows` any value. `read` leaves bounds to `allows`.
    """

    label: str

    @property
    @abstractmethod
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""

    @abstractmethod
    def allows(self, value: Any) -> bool:
        """Whether the setting may have this value."""

    def read(self, text: str) -> Any:
        """Read a value from its text; raises `ValueError` where it is none."""
        return text

    def write(self, value: Any) -> str:
        """Write a value as `read` reads it back, to the last bit."""
        return str(value)

    def write_for_people(self, value: Any) -> str:
        """Write a value as sentences and fields of the page have it; `read` reads it back, too."""
        return self.write(value)

    def parse(self, text: str) -> Any:
        """Read a value that came as text; raises `ConfigError` where it can't be used."""
        try:
            value = self.read(text)
        except ConfigError:
            raise
        except ValueError:
            raise self.error(text) from None
        if not self.allows(value):
            raise self.error(text)
        return value

    def check(self, value: Any) -> Any:
        """Return a value that is allowed; raises `ConfigError` where it is not."""
        if not self.allows(value):
            raise self.error(value)
        return value

    def error(self, came: object) -> ConfigError:
        """The error where this came."""
        return ConfigError(self.label, self.allowed, quoted(came))


@dataclass(frozen=True)
class Number(Field):
    """A number between two bounds, both allowed."""

    low: float
    high: float
    kind = "a number"

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        return f"{self.kind} from {_bound(self.low)} to {_bound(self.high)}"

    def allows(self, value: Any) -> bool:
        """Whether it is a number within the bounds."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and bool(self.low <= value <= self.high)

    def read(self, text: str) -> float:
        """Read a number, -0 as 0; a comma is its decimal point, as in most of Europe."""
        if not text.isascii() or "_" in text or text != text.strip():
            raise ValueError(text)
        return float(text.replace(",", ".")) + 0.0

    def write(self, value: Any) -> str:
        """Write a number as short as it can be read back."""
        return f"{value:g}" if float(f"{value:g}") == value else str(value)


@dataclass(frozen=True)
class Whole(Number):
    """A whole number between two bounds."""

    low: int
    high: int
    kind = "a whole number"

    def allows(self, value: Any) -> bool:
        """Whether it is a whole number within the bounds."""
        return isinstance(value, int) and super().allows(value)

    def read(self, text: str) -> int:
        """Read a whole number, with or without commas between its thousands."""
        if _IN_THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        digits = text.removeprefix("-")
        if not (text.isascii() and digits.isdigit()) or len(text) > MAX_SHOWN:
            raise ValueError(text)
        return int(text)

    def write(self, value: Any) -> str:
        """Write all digits."""
        return str(value)

    def write_for_people(self, value: Any) -> str:
        """Write all digits, with commas between the thousands."""
        return f"{value:,}"


@dataclass(frozen=True)
class Flag(Field):
    """True or false."""

    allowed = "true or false"

    def allows(self, value: Any) -> bool:
        """Whether it is one of the two."""
        return isinstance(value, bool)

    def read(self, text: str) -> bool:
        """Read the word, in any case."""
        if text.lower() not in ("true", "false"):
            raise ValueError(text)
        return text.lower() == "true"

    def write(self, value: Any) -> str:
        """Write the word in small letters."""
        return str(value).lower()


@dataclass(frozen=True)
class Choice(Field):
    """One of several words."""

    choices: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        return f"one of {', '.join(self.choices)}"

    def allows(self, value: Any) -> bool:
        """Whether it is one of the words."""
        return value in self.choices


@dataclass(frozen=True)
class Name(Field):
    """One of many names, or none: an empty text."""

    names: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence: too many to list."""
        return f"one of {len(self.names)} names, such as {self.names[0]}"

    def allows(self, value: Any) -> bool:
        """Whether it is empty or one of the names."""
        return isinstance(value, str) and value in ("", *self.names)


@dataclass(frozen=True)
class Targets(Field):
    """The outputs of a truth table: four digits, or the name of a gate."""

    allowed = f"four digits 0 or 1, such as 0110, or one of {', '.join(GATES)}"

    def allows(self, value: Any) -> bool:
        """Whether these are four digits."""
        return isinstance(value, str) and len(value) == 4 and set(value) <= {"0", "1"}

    def read(self, text: str) -> str:
        """Read a gate's name as its digits."""
        return GATES.get(text.upper(), text)


def _bound(value: float) -> str:
    return f"{value:,}" if 10_000 <= abs(value) < 1e15 else f"{value:g}"
