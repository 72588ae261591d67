"""Checking: which mistake, or which other way, made the weights of a training of one's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.fields import ConfigError, quoted
from xorviz.core.network import Layers, initial_parameters
from xorviz.core.observed import Observed
from xorviz.core.observed_recording import ObservedRecording
from xorviz.mistakes.answer import Answer
from xorviz.mistakes.search import check as search
from xorviz.notebook.recorder import Recorder
from xorviz.notebook.run import Run
from xorviz.sentences.mistakes import answer_text, answer_title

MOST_UPDATES: Final = 1000
"""The most updates for which a function of one's own is called."""
Step = Callable[..., Sequence[Any] | None]


@dataclass(frozen=True)
class Checked:
    """What a check says; at the end of a cell it is shown in sentences.

    Attributes
    ----------
    found
        All that it says, as data.
    """

    found: Answer

    def __repr__(self) -> str:
        return "\n".join([f"{answer_title(self.found)}.", *answer_text(self.found)])

    @property
    def answer(self) -> str:
        """One of ``equal``, ``another way``, ``mistake`` and ``not known``."""
        return self.found.answer

    @property
    def names(self) -> tuple[str, ...]:
        """The mistakes and ways, as the catalogue names them."""
        return self.found.names

    def as_object(self) -> dict[str, Any]:
        """Build the object that ``xorviz check --json`` prints."""
        return self.found.as_object()


def check(
    trained: Recorder | Run | Observed | Step,
    *,
    learning_rate: float = TrainConfig.learning_rate,
    seed: int = TrainConfig.seed,
    hidden_size: int = TrainConfig.hidden_size,
    biases: bool = TrainConfig.biases,
    targets: str = TrainConfig.targets,
    updates: int = 100,
) -> Checked:
    """Say which mistake a training of one's own has, if any.

    Parameters
    ----------
    trained
        A recorder, or a run; or a function that makes one update. It is called with copies of
        the weights from the inputs and of those to the output, and with biases also of theirs. It
        changes them in place, or returns them in this order.
    learning_rate, seed, hidden_size, biases, targets, updates
        For a function: the rate that it uses, its first weights, its targets, and how often it is
        called.

    Raises
    ------
    ValueError
        Where a setting can't be used, or nothing can be checked.
    """
    if isinstance(trained, Observed):
        return Checked(search(trained))
    if isinstance(trained, Recorder):
        return Checked(search(trained.observed))
    if isinstance(trained, Run):
        return Checked(search(_observed(trained)))
    if not callable(trained):
        allowed = "a recorder, a run, or a function that makes one update"
        raise ConfigError("What is checked", allowed, quoted(trained))
    config = TrainConfig(
        seed=seed,
        learning_rate=learning_rate,
        hidden_size=hidden_size,
        epochs=updates,
        biases=biases,
        targets=FIELDS["targets"].parse(targets),
    )
    return Checked(search(_call(trained, config).observed))


def _observed(run: Run) -> Observed:
    """The states of a run, without the mistake that it is known to have."""
    if isinstance(run.recording, ObservedRecording):
        return run.recording.observed
    config = TrainConfig(**{**vars(run.config), "mistake": ""})
    return Observed(config, run.recording.epochs, run.recording.parameters)


def _call(step: Step, config: TrainConfig) -> Recorder:
    """Call a function that makes one update, and record what it makes of the weights."""
    if config.epochs > MOST_UPDATES:
        raise ConfigError("Updates", f"at most {MOST_UPDATES:,}", f"{config.epochs:,}")
    start = initial_parameters(config.seed, config.hidden_size, config.biases)
    arrays: Sequence[Any] = [*Layers(start, config.hidden_size).named.values()]
    recorder = Recorder(*arrays, learning_rate=config.learning_rate, targets=config.targets)
    for _ in range(config.epochs):
        own = [np.array(array) for array in arrays]
        returned = step(*own)
        arrays = own if returned is None else returned
        recorder(*arrays)
    return recorder
