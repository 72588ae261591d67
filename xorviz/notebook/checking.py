"""Checking: what the check says about a recorder, or about a function that makes an update."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.fields import ConfigError, quoted
from xorviz.core.network import Layers, initial_parameters
from xorviz.core.observed import Observed
from xorviz.mistakes.answer import Answer
from xorviz.mistakes.search import check as search
from xorviz.notebook.recorder import Recorder
from xorviz.sentences.mistakes import report

DEFAULT: Final = TrainConfig()
UPDATES: Final = 100
"""The updates that a function makes to be checked."""


@dataclass(frozen=True)
class Checked:
    """What the check says; shown at the end of a cell it is the answer in sentences.

    Attributes
    ----------
    answer
        ``equal``, ``another way``, ``mistake`` or ``not known``.
    names
        The mistakes and ways, as the catalogue names them.
    details
        All else that is known.
    """

    details: Answer
    _observed: Observed

    @property
    def answer(self) -> str:
        """The kind of answer."""
        return self.details.answer

    @property
    def names(self) -> tuple[str, ...]:
        """The mistakes and ways, as the catalogue names them."""
        return self.details.names

    def __repr__(self) -> str:
        return report(self._observed.config, self.details)


def check(
    training: Recorder | Observed | Callable[..., Any],
    *,
    seed: int = DEFAULT.seed,
    learning_rate: float = DEFAULT.learning_rate,
    hidden_size: int = DEFAULT.hidden_size,
    biases: bool = DEFAULT.biases,
    targets: str = DEFAULT.targets,
) -> Checked:
    """Say which mistake, or which other way, made the weights of a training.

    Parameters
    ----------
    training
        A recorder, or a function that makes one update. It is called with the notebook's arrays:
        the weights from the inputs, shape (2, H), and to the output, (H, 1), then the biases, if
        there are some. It returns the new ones, or changes them in place.
    seed, learning_rate, hidden_size, biases, targets
        The network that a function is called with. A recorder has its own.

    Raises
    ------
    ValueError
        Where there is nothing to check, or a setting can't be used.
    """
    if isinstance(training, Recorder):
        training = training.observed
    if not isinstance(training, Observed):
        if not callable(training):
            allowed = "a recorder, or a function that makes one update"
            raise ConfigError("Training", allowed, quoted(training))
        config = TrainConfig(
            seed, learning_rate, hidden_size, UPDATES, biases, FIELDS["targets"].parse(targets)
        )
        training = _called(training, config)
    return Checked(search(training), training)


def _called(step: Callable[..., Any], config: TrainConfig) -> Observed:
    """Let a function make its updates, from the notebook's initial weights on."""
    flat = initial_parameters(config.seed, config.hidden_size, config.biases)
    arrays = [layer.copy() for layer in Layers(flat, config.hidden_size).named.values()]
    settings: dict[str, Any] = {
        "learning_rate": config.learning_rate,
        "targets": config.targets,
    }
    recorder = Recorder(*arrays, **settings)
    for _ in range(config.epochs):
        returned = step(*arrays)
        if returned is not None:
            arrays = [*returned]
        recorder(*arrays)
    return recorder.observed
