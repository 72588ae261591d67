"""Runs side by side: how each ended and its settings, by the columns of a table."""

from typing import Final

from xorviz.core.config import FIELDS
from xorviz.core.numbers import ten_digits, written
from xorviz.core.recording import Recording
from xorviz.core.truth_table import gate_name
from xorviz.core.verdict import judge
from xorviz.sentences.words import first_few

LEFT_OUT: Final = ("edits", "mistake")
"""The settings without a column: a run's name says that it has some."""


def run_columns(recording: Recording) -> dict[str, str]:
    """Verdict, final losses and settings of a run, by the table's columns."""
    config, verdict = recording.config, judge(recording)
    later = [f"from {fork.epoch:,}: {ten_digits(fork.value)}" for fork in config.forks]
    rate = ten_digits(config.learning_rate)
    settings = {name: FIELDS[name].write(getattr(config, name)) for name in FIELDS} | {
        "learning_rate": f"{rate}, {first_few(later)}" if later else rate,
        "epochs": f"{config.epochs:,}",
        "biases": "yes" if config.biases else "no",
        "targets": gate_name(config.targets),
    }
    return {
        "verdict": verdict.kind,
        "solved from epoch": f"{verdict.epoch:,}" if verdict.kind == "solved" else "–",
        "mean |error|": written(recording.mean_abs_error[-1]),
        "½ Σ error²": written(recording.half_squared_error[-1]),
        **{
            FIELDS[name].label.lower(): text
            for name, text in settings.items()
            if name not in LEFT_OUT
        },
    }
