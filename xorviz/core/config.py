"""TrainConfig: everything that decides a run, so equal settings mean equal numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from xorviz.core.edit import (
    LOWEST_RATE,
    MAX_EDITS,
    WEIGHT_LIMIT,
    Edit,
    misfit,
    ordered,
    parse_edits,
    valid,
)
from xorviz.core.names import LEARNING_RATE
from xorviz.core.truth_table import GATES

MAX_SHOWN: Final = 40
"""Characters of an unusable value that an error repeats."""


class ConfigError(ValueError):
    """A setting that can't be used; the text, for the person who gave it, names what is allowed."""


@dataclass(frozen=True)
class Field:
    """One setting: how people call it, and the values it may have, bounds or choices included."""

    label: str
    kind: type
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        if self.kind is bool:
            return "true or false"
        if self.kind is tuple:
            return (
                f"a list, at most {MAX_EDITS} long, such as 0_h1_y_-3~500_lr_2 (epoch, from, to, "
                f"value from {-WEIGHT_LIMIT} to {WEIGHT_LIMIT}; or epoch, lr, rate from "
                f"{LOWEST_RATE:g} to {WEIGHT_LIMIT}), each once an epoch"
            )
        if self.kind is str:
            return f"four digits 0 or 1, such as 0110, or one of {', '.join(GATES)}"
        noun = "a whole number" if self.kind is int else "a number"
        return f"{noun} from {_bound(self.low)} to {_bound(self.high)}"

    def parse(self, text: str) -> Any:
        """Read a value that came as text, from a link or a flag.

        Raises
        ------
        ConfigError
            Where the text is no value of this setting.
        """
        try:
            return self.check(text if self.choices else _READERS[self.kind](text))
        except (ValueError, KeyError):
            raise self.error(text) from None

    def check(self, value: Any) -> Any:
        """Return the value where it is allowed, else raise `ConfigError`."""
        if self.choices:
            allowed = value in self.choices
        elif self.kind is bool:
            allowed = isinstance(value, bool)
        elif self.kind is tuple:
            allowed = valid(value)
        elif self.kind is str:
            allowed = isinstance(value, str) and len(value) == 4 and set(value) <= {"0", "1"}
        else:
            number = isinstance(value, (self.kind, int)) and not isinstance(value, bool)
            allowed = number and self.low <= value <= self.high
        if not allowed:
            raise self.error(value)
        return value

    def error(self, came: object) -> ConfigError:
        """Build the sentence: which setting, what came, what is allowed."""
        return ConfigError(f"{self.label} must be {self.allowed}, not {shorten(came)}")


def shorten(came: object) -> str:
    """Quote what came, as much of it as a sentence can hold."""
    try:
        shown = repr(came)
    except ValueError:  # Python writes no whole number of thousands of digits
        shown = "a number too long to show"
    return shown if len(shown) <= MAX_SHOWN else shown[:MAX_SHOWN] + "…"


def _bound(value: float) -> str:
    return f"{value:,}" if 10_000 <= abs(value) < 1e15 else f"{value:g}"


def _read_int(text: str) -> int:
    if not (text.isascii() and text.removeprefix("-").isdigit()) or len(text) > MAX_SHOWN:
        raise ValueError(text)
    return int(text)


def _read_float(text: str) -> float:
    if not text.isascii() or "_" in text or text != text.strip():
        raise ValueError(text)
    return float(text)


def _read_bool(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


def _read_targets(text: str) -> str:
    return GATES.get(text.upper(), text)


_READERS: Final = {
    int: _read_int,
    float: _read_float,
    bool: _read_bool,
    str: _read_targets,
    tuple: parse_edits,
}

FIELDS: Final[Mapping[str, Field]] = {
    "seed": Field("Seed", int, 0, 2**32 - 1),
    "learning_rate": Field("Learning rate", float, LOWEST_RATE, 1e308),
    "hidden_size": Field("Hidden size", int, 1, 16),
    "epochs": Field("Epochs", int, 1, 1_000_000),
    "biases": Field("Biases", bool),
    "targets": Field("Targets", str),
    "edits": Field("Edits", tuple),
}
"""What the core can train; the page offers less (`settings.link`)."""


@dataclass(frozen=True)
class TrainConfig:
    """The settings of one run; the defaults are the notebook's.

    Attributes
    ----------
    seed
        Of the legacy generator that draws the initial weights.
    learning_rate
        Factor of the gradient in every update, up to the first edit of it.
    hidden_size
        Number of hidden units, H.
    epochs
        Number of full-batch updates.
    biases
        Whether hidden units and output have a bias. Biases start at 0, so the
        initial weights are the same with and without them.
    targets
        Four digits: the targets of the inputs 00, 01, 10, 11.
    edits
        Weights and learning rates set by hand on the way, in any order.

    Raises
    ------
    ConfigError
        Where a value is out of bounds or of the wrong type.
    """

    seed: int = 42
    learning_rate: float = 0.5
    hidden_size: int = 2
    epochs: int = 10_000
    biases: bool = False
    targets: str = GATES["XOR"]
    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            FIELDS[name].check(value)
        for edit in self.edits:
            if why := misfit(edit, self.hidden_size, self.biases, self.epochs):
                raise ConfigError(f"Edits must fit the run, not {edit}: {why}")
        object.__setattr__(self, "learning_rate", float(self.learning_rate))
        object.__setattr__(self, "edits", ordered(self.edits))

    def learning_rate_at(self, epoch: int) -> float:
        """Learning rate of the update from this state to the next: the last one set up to it."""
        rates = [
            edit.value
            for edit in self.edits
            if edit.parameter == LEARNING_RATE and edit.epoch <= epoch
        ]
        return rates[-1] if rates else self.learning_rate
