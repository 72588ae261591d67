"""Cures in words: which settings of a run are changed, and to which values."""

from collections.abc import Sequence
from typing import Final

from xorviz.core.config import TrainConfig
from xorviz.core.numbers import ten_digits
from xorviz.doctor.cures import Runs
from xorviz.sentences.words import listed

CHANGEABLE: Final = ("learning_rate", "epochs", "hidden_size", "biases", "seed")
"""The settings that cures change, in the order in which sentences name them."""
WITHOUT_EDITS: Final = "the run without its edits"


def change_text(run: TrainConfig, changed: TrainConfig) -> str:
    """Write the settings in which a changed run differs."""
    without = ", without the edits" if run.edits != changed.edits else ""
    values = [_value(name, changed) for name in _differing(run, changed)]
    return listed(values) + without if values else WITHOUT_EDITS


def tried_text(run: TrainConfig, tried: Sequence[Runs]) -> list[str]:
    """Write which changes of a run were tried, a text a kind."""
    return [
        listed([_values(name, runs) for name in _differing(run, runs[0])] or [WITHOUT_EDITS])
        for runs in tried
    ]


def nothing_cures(run: TrainConfig, tried: Sequence[Runs]) -> str:
    """Write that none of the changes that were tried solves the truth table."""
    return f"None of these changes solves the truth table: {'; '.join(tried_text(run, tried))}."


def _differing(run: TrainConfig, changed: TrainConfig) -> list[str]:
    return [name for name in CHANGEABLE if getattr(run, name) != getattr(changed, name)]


def _value(name: str, config: TrainConfig) -> str:
    return {
        "learning_rate": f"learning rate {ten_digits(config.learning_rate)}",
        "epochs": f"{config.epochs:,} epochs",
        "hidden_size": f"{config.hidden_size} hidden units",
        "biases": "biases",
        "seed": f"seed {config.seed}",
    }[name]


def _values(name: str, runs: Runs) -> str:
    """Write the values that these runs have of a setting: several, or one for all."""
    first, *others = dict.fromkeys(getattr(config, name) for config in runs)
    if not others:
        return _value(name, runs[0])
    if name == "seed":
        return f"the seeds {min(first, *others)} to {max(others)}"
    return f"the learning rates {', '.join(map(ten_digits, (first, *others)))}"
