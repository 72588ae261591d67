"""Settings as text: a run named in a few words."""

from collections.abc import Sequence
from typing import Final

from xorviz.config import TrainConfig
from xorviz.edit import LEARNING_RATE, Edit
from xorviz.truth_table import GATES, gate_name

NOTEBOOK: Final = TrainConfig()


def describe(config: TrainConfig) -> str:
    """Name a run by its seed, its learning rate, and what else the notebook's has otherwise."""
    return ", ".join([f"seed {config.seed}", f"rate {config.learning_rate:.10g}", *_others(config)])


def forks(config: TrainConfig) -> Sequence[Edit]:
    """The learning rates set on the way, by epoch."""
    return [edit for edit in config.edits if edit.parameter == LEARNING_RATE]


def _others(config: TrainConfig) -> list[str]:
    """What differs from the notebook's run, apart from seed and learning rate."""
    told = []
    if config.hidden_size != NOTEBOOK.hidden_size:
        told.append("1 unit" if config.hidden_size == 1 else f"{config.hidden_size} units")
    if config.biases:
        told.append("biases")
    if config.targets != NOTEBOOK.targets:
        is_gate = config.targets in GATES.values()
        told.append(gate_name(config.targets) if is_gate else f"targets {config.targets}")
    if config.epochs != NOTEBOOK.epochs:
        told.append("1 epoch" if config.epochs == 1 else f"{config.epochs:,} epochs")
    match forks(config):
        case []:
            pass
        case [fork]:
            told.append(f"from epoch {fork.epoch:,} rate {fork.value:.10g}")
        case several:
            told.append(f"{len(several)} forks")
    if len(config.edits) > len(forks(config)):
        told.append("edited")
    return told
