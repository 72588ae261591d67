"""Runs: settings that tests train."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from xorviz.core.catalogue import MISTAKE_NAMES, mistake_fits
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit, ordered
from xorviz.core.edit_list import RATE, VALUE
from xorviz.core.fields import Choice, Field, Flag, Name, Number, Targets, Whole
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.recording import record
from xorviz.settings.link import FIELDS_OF_RUN

trained = lru_cache(maxsize=200)(record)
"""Train a run, or take it from memory: where it matters what a run is, not that it is trained."""

ALL_OTHER = TrainConfig(
    seed=7,
    learning_rate=2.5,
    hidden_size=3,
    epochs=300,
    biases=True,
    targets="0010",
    edits=(Edit(0, "x1 → h1", 2.5),),
    mistake="bias-sign",
)
"""A run of which no setting is the notebook's."""

OVERFLOWING = TrainConfig(learning_rate=1e308, epochs=30, targets="0111")
"""Settings that overflow in the first update from where `start_far_out` starts them."""


def start_far_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every run of two hidden units from output weights that cancel at 0.5."""
    start = np.array([0.0, 0.0, 0.0, 0.0, 1e10, -1e10])
    monkeypatch.setattr("xorviz.core.trainer.initial_parameters", lambda *_: start.copy())


def values(field: Field) -> st.SearchStrategy[Any]:
    """Any value of a setting's field."""
    match field:
        case Whole(low=low, high=high):
            return st.integers(low, high)
        case Number(low=low, high=high):
            return st.floats(low, high)
        case Flag():
            return st.booleans()
        case Targets():
            return st.text("01", min_size=4, max_size=4)
        case Choice(choices=choices):
            return st.sampled_from(choices)
        case Name(names=names):
            return st.sampled_from(("", *names))
    raise TypeError(field)


def edits(epochs: int, names: Sequence[str]) -> st.SearchStrategy[tuple[Edit, ...]]:
    """Up to six edits and forks of these parameters, up to an epoch, in order."""
    at = st.sampled_from([0, epochs]) | st.integers(0, epochs)
    typed = st.builds(Edit, at, st.sampled_from(names), values(VALUE))
    forked = st.builds(Edit, at, st.just(LEARNING_RATE), values(RATE))
    some = st.lists(typed | forked, max_size=6, unique_by=lambda edit: edit[:2])
    return some.map(ordered)


@st.composite
def runs(
    draw: st.DrawFn,
    most_epochs: int = 150,
    fewest_epochs: int = 1,
    fields: Mapping[str, Field] = FIELDS,
    mistakes: bool = False,
) -> TrainConfig:
    """Any values of all settings but for the number of epochs, with edits that fit the run.

    The run has a mistake only where asked for, and one that fits its network.

    Every other value or so is one that the page takes.
    """
    settings = {
        name: draw(values(FIELDS_OF_RUN[name]) | values(field))
        for name, field in fields.items()
        if name not in ("epochs", "edits", "mistake")
    }
    epochs = draw(st.integers(fewest_epochs, most_epochs))
    network = settings["hidden_size"], settings["biases"]
    names = parameter_names(*network)
    fitting = [name for name in ("", *MISTAKE_NAMES) if mistake_fits(name, *network)]
    mistake = draw(st.sampled_from(fitting)) if mistakes else ""
    return TrainConfig(**settings, epochs=epochs, edits=draw(edits(epochs, names)), mistake=mistake)


def runs_of_links() -> st.SearchStrategy[TrainConfig]:
    """Any run that a link can ask for, with edits that fit it."""
    epochs = FIELDS_OF_RUN["epochs"]
    return runs(epochs.high, epochs.low, FIELDS_OF_RUN, mistakes=True)
