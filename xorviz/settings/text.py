"""Settings as text: a run named in a few words."""

import hashlib
from typing import Final

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.numbers import ten_digits
from xorviz.core.observed_recording import ObservedRecording
from xorviz.core.recording import Recording
from xorviz.core.truth_table import GATES, gate_name

NOTEBOOK: Final = TrainConfig()
OTHERS: Final = (
    *(name for name in FIELDS if name not in ("seed", "learning_rate", "epochs", "edits")),
    "epochs",
)
"""The settings that are named only where they differ from the notebook's, in this order."""


def describe(config: TrainConfig) -> str:
    """Name a run by seed, learning rate, and every setting that differs from the notebook's."""
    gate = gate_name(config.targets)
    others = _others(config, gate if gate in GATES else f"targets {gate}")
    match config.forks:
        case [fork]:
            others.append(f"from epoch {fork.epoch:,} rate {ten_digits(fork.value)}")
        case [_, *_] as several:
            others.append(f"rate changed {len(several)} times")
    if len(config.edits) > len(config.forks):
        others.append("edited")
    return ", ".join([f"seed {config.seed}", f"rate {ten_digits(config.learning_rate)}", *others])


def file_stem(config: TrainConfig) -> str:
    """Name the files of a run: letters, digits, dots and dashes, another name for another run.

    The learning rate is written in full. Edits are named by the start of a hash of how links
    spell them.
    """
    rate = repr(config.learning_rate).removesuffix(".0")
    parts = [f"xorviz-seed-{config.seed}-rate-{rate}"]
    parts += _others(config, f"targets {config.targets}")
    if config.edits:
        digest = hashlib.sha256(FIELDS["edits"].write(config.edits).encode()).hexdigest()
        parts.append(f"edited-{digest[:8]}")
    return "-".join(parts).replace(" ", "-").translate(dict.fromkeys(map(ord, ",+")))


def describe_recording(recording: Recording) -> tuple[str, str]:
    """Name a run, or weights that another program has trained, and the beginning of its files."""
    if isinstance(recording, ObservedRecording):
        return recording.name, "xorviz-weights"
    return describe(recording.config), file_stem(recording.config)


def _others(config: TrainConfig, targets_text: str) -> list[str]:
    """Name every other setting that differs from the notebook's, apart from edits."""
    texts = {
        name: f"{field.label.lower()} {field.write(getattr(config, name))}"
        for name, field in FIELDS.items()
    }
    texts |= {
        "hidden_size": _count(config.hidden_size, "unit"),
        "biases": "biases",
        "targets": targets_text,
        "epochs": _count(config.epochs, "epoch"),
        "mistake": f"mistake {config.mistake}",
    }
    return [texts[name] for name in OTHERS if getattr(config, name) != getattr(NOTEBOOK, name)]


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
