"""Link fields: how those parameters of a link are read that are no setting of a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from xorviz.core.config import ConfigError, shorten
from xorviz.core.names import parameter_names, spelled
from xorviz.settings.ranges import ListField


class Readable(Protocol):
    """What reads a parameter's value."""

    @property
    def label(self) -> str:
        """How people call it."""

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""

    def parse(self, text: str) -> Any:
        """Read a value; raises `ConfigError`."""


@dataclass(frozen=True)
class RangeField:
    """A parameter that is a range as it is typed: checked, and kept as it is."""

    values: ListField

    @property
    def label(self) -> str:
        """How people call it."""
        return self.values.label

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        return self.values.allowed

    def parse(self, text: str) -> str:
        """Check a range; raises `ConfigError` where it can't be read."""
        self.values.parse(text.strip())
        return text

    def reads(self, text: str) -> bool:
        """Whether a range can be read."""
        try:
            self.parse(text)
        except ConfigError:
            return False
        return True


class PartlyUnusableError(ConfigError):
    """A value of which a part can't be used; `usable` is the rest."""

    def __init__(self, message: str, usable: tuple[str, ...]) -> None:
        super().__init__(message)
        self.usable = usable


class Problem(NamedTuple):
    """A value of a link that can't be used.

    Attributes
    ----------
    reason
        Which, and why, as a sentence without its full stop.
    sentence
        The same with what the page does in its place.
    """

    reason: str
    sentence: str


@dataclass(frozen=True)
class NamesField:
    """A parameter that lists names, each one of these; kept in their order."""

    label: str
    choices: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        return f"names out of {', '.join(self.choices)}, with commas between them"

    def parse(self, text: str) -> tuple[str, ...]:
        """Read a list; raises `PartlyUnusableError` where it has another name."""
        names = [name for name in text.split(",") if name]
        known = tuple(name for name in self.choices if name in names)
        unknown = [name for name in names if name not in self.choices]
        if unknown:
            came = shorten(",".join(unknown))
            raise PartlyUnusableError(f"{self.label} must be {self.allowed}, not {came}", known)
        return known


@dataclass(frozen=True)
class WeightField:
    """A parameter that names a weight of the network, as edits spell it."""

    label: str
    names: Sequence[str] = tuple(parameter_names(16, biases=True))

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        return "a connection of the network, such as x1_h1 or h1_y"

    def parse(self, text: str) -> str:
        """Read a name; raises `ConfigError` where the network has no such weight."""
        for name in self.names:
            if spelled(name) == text:
                return name
        raise ConfigError(f"{self.label} must be {self.allowed}, not {shorten(text)}")
