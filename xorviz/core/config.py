"""TrainConfig: everything that decides a run, so equal settings mean equal numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from xorviz.core.catalogue import MISTAKE_NAMES, mistake_fits
from xorviz.core.edit import LOWEST_RATE, Edit, fits, ordered
from xorviz.core.edit_list import Edits
from xorviz.core.fields import ConfigError, Field, Flag, Name, Number, Targets, Whole, quoted
from xorviz.core.names import LEARNING_RATE
from xorviz.core.truth_table import GATES

FIELDS: Final[Mapping[str, Field]] = {
    "seed": Whole("Seed", 0, 2**32 - 1),
    "learning_rate": Number("Learning rate", LOWEST_RATE, 1e308),
    "hidden_size": Whole("Hidden size", 1, 16),
    "epochs": Whole("Epochs", 1, 1_000_000),
    "biases": Flag("Biases"),
    "targets": Targets("Targets"),
    "edits": Edits("Edits"),
    "mistake": Name("Mistake", MISTAKE_NAMES),
}
"""Each setting of a run, with all the values that can be trained.

Learning rates have three upper bounds: 1e308 here, 1000 where an edit sets one (`edit_list.RATE`),
and 10 on the page's slider and in links (`settings.link`).
"""
SWEPT: Final[Mapping[str, Any]] = {
    name: FIELDS[name] for name in ("seed", "learning_rate", "hidden_size")
}
"""The settings of which a sweep takes several values: each is a `Number`."""


@dataclass(frozen=True)
class Settings:
    """The settings of one run, not checked; the defaults are the notebook's.

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
    mistake
        The mistake of the catalogue that the training has on purpose; empty for none.
    """

    seed: int = 42
    learning_rate: float = 0.5
    hidden_size: int = 2
    epochs: int = 10_000
    biases: bool = False
    targets: str = GATES["XOR"]
    edits: tuple[Edit, ...] = ()
    mistake: str = ""


@dataclass(frozen=True)
class TrainConfig(Settings):
    """The settings of a run that can be trained.

    Raises
    ------
    ConfigError
        Where a value is out of bounds or of the wrong type, or an edit or the mistake does not
        fit the run.
    """

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            FIELDS[name].check(value)
            if isinstance(getattr(TrainConfig, name), float):
                object.__setattr__(self, name, float(value))  # a whole number will do
        for edit in self.edits:
            if not fits(edit, self.hidden_size, self.biases, self.epochs):
                allowed = f"of the network's weights, at epochs up to {self.epochs:,}"
                raise ConfigError(FIELDS["edits"].label, allowed, str(edit))
        object.__setattr__(self, "edits", ordered(self.edits))
        check_mistake(self.mistake, self.hidden_size, self.biases)

    def learning_rate_at(self, epoch: int) -> float:
        """Learning rate of the update from this state to the next: the last one set up to it."""
        rates = [fork.value for fork in self.forks if fork.epoch <= epoch]
        return rates[-1] if rates else self.learning_rate

    @property
    def forks(self) -> list[Edit]:
        """The learning rates set on the way, by epoch."""
        return [edit for edit in self.edits if edit.parameter == LEARNING_RATE]


def check_mistake(name: str, hidden_size: int, biases: bool) -> None:
    """Raise `ConfigError` where a network of this architecture can't have a mistake."""
    if not mistake_fits(name, hidden_size, biases):
        units = "1 hidden unit" if hidden_size == 1 else f"{hidden_size} hidden units"
        network = f"with {units} can have" if biases else f"with {units} and no biases can have"
        raise ConfigError(FIELDS["mistake"].label, f"one that a network {network}", quoted(name))


def has_same_weights(one: Settings, other: Settings) -> bool:
    """Whether two runs' networks have the same weights and biases."""
    return (one.hidden_size, one.biases) == (other.hidden_size, other.biases)
