"""Runs: settings that tests train."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import strategies as st

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.recording import record

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
)
"""A run of which no setting is the notebook's."""

OVERFLOWING = TrainConfig(learning_rate=1e308, epochs=30, targets="0111")
"""Settings that overflow in the first update from where `start_far_out` starts them."""


def start_far_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every run of two hidden units from output weights that cancel at 0.5."""
    start = np.array([0.0, 0.0, 0.0, 0.0, 1e10, -1e10])
    monkeypatch.setattr("xorviz.core.trainer.initial_parameters", lambda *_: start.copy())


@st.composite
def runs(draw: st.DrawFn, most_epochs: int = 150) -> TrainConfig:
    """Settings of a short run: any seed, size, rate and table, changed by hand up to six times."""
    hidden_size, biases = draw(st.integers(1, 16)), draw(st.booleans())
    epochs = draw(st.integers(1, most_epochs))
    when = st.one_of(st.sampled_from([0, epochs]), st.integers(0, epochs))
    names = [*parameter_names(hidden_size, biases), LEARNING_RATE]
    where = draw(st.sets(st.tuples(when, st.sampled_from(names)), max_size=6))
    rates, weights = st.floats(1e-6, 1000), st.floats(-1000, 1000)
    edits = [
        Edit(epoch, name, draw(rates if name == LEARNING_RATE else weights))
        for epoch, name in sorted(where)
    ]
    return TrainConfig(
        seed=draw(st.integers(0, 2**32 - 1)),
        learning_rate=draw(st.one_of(st.floats(0.01, 10), st.floats(1e-6, 1e308))),
        hidden_size=hidden_size,
        epochs=epochs,
        biases=biases,
        targets=draw(st.text("01", min_size=4, max_size=4)),
        edits=tuple(edits),
    )
