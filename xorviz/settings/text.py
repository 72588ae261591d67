"""Settings as text: a run named in a few words."""

import hashlib
from collections.abc import Sequence
from typing import Final

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.numbers import in_full
from xorviz.core.truth_table import GATES, gate_name

NOTEBOOK: Final = TrainConfig()


def describe(config: TrainConfig) -> str:
    """Name a run by its seed, its learning rate, and what else the notebook's has otherwise."""
    return ", ".join(
        [f"seed {config.seed}", f"rate {in_full(config.learning_rate)}", *_others(config)]
    )


def file_stem(config: TrainConfig) -> str:
    """Name the files of a run: letters, digits, dots and dashes, another name for another run.

    The learning rate is written in full. Values set by hand are told by the start of a hash
    of how links spell them.
    """
    rate = repr(config.learning_rate).removesuffix(".0").replace("+", "")
    parts = [f"xorviz-seed-{config.seed}-rate-{rate}"]
    if config.hidden_size != NOTEBOOK.hidden_size:
        parts.append(_count(config.hidden_size, "unit"))
    if config.biases:
        parts.append("biases")
    if config.targets != NOTEBOOK.targets:
        parts.append(f"targets-{config.targets}")
    if config.epochs != NOTEBOOK.epochs:
        parts.append(_count(config.epochs, "epoch"))
    if config.edits:
        digest = hashlib.sha256(FIELDS["edits"].write(config.edits).encode()).hexdigest()
        parts.append(f"edited-{digest[:8]}")
    return "-".join(parts).replace(",", "").replace(" ", "-")


def forks(config: TrainConfig) -> Sequence[Edit]:
    """The learning rates set on the way, by epoch."""
    return [edit for edit in config.edits if edit.parameter == LEARNING_RATE]


def _others(config: TrainConfig) -> list[str]:
    """What differs from the notebook's run, apart from seed and learning rate."""
    told = []
    if config.hidden_size != NOTEBOOK.hidden_size:
        told.append(_count(config.hidden_size, "unit"))
    if config.biases:
        told.append("biases")
    if config.targets != NOTEBOOK.targets:
        is_gate = config.targets in GATES.values()
        told.append(gate_name(config.targets) if is_gate else f"targets {config.targets}")
    if config.epochs != NOTEBOOK.epochs:
        told.append(_count(config.epochs, "epoch"))
    match forks(config):
        case []:
            pass
        case [fork]:
            told.append(f"from epoch {fork.epoch:,} rate {in_full(fork.value)}")
        case several:
            told.append(f"{len(several)} forks")
    if len(config.edits) > len(forks(config)):
        told.append("edited")
    return told


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
