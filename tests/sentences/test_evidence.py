import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.evidence import NAMES
from xorviz.core.config import TrainConfig
from xorviz.core.numbers import NOT_FINITE
from xorviz.core.recording import record
from xorviz.doctor.evidence import Evidence, Trend, measure
from xorviz.doctor.hessian import Curvature
from xorviz.sentences.evidence import evidence_rows

EVIDENCE = Evidence(
    mean_abs_error=0.25,
    half_squared_error=0.125,
    trend=Trend(updates=1000, change=-0.5, rises=0.1, peaks=4),
    gradient=0.001,
    curvature=Curvature((-0.1, 0.0, 0.2), 1, 1, 1, 1e-4, 0, 0.4, "saddle"),
    epochs=50_000,
    hidden=((0.012, 0.25), (0.1, 0.2)),
    output=(0.11, 0.12, 0.13, 0.25),
)


def test_each_number_has_a_name_and_a_meaning() -> None:
    assert evidence_rows(EVIDENCE) == [
        (
            "Mean |error|",
            0.25,
            "Mean distance of the predictions from their targets: 0 when each is its target, 0.5 "
            "when each is 0.5.",
        ),
        (
            "½ Σ error²",
            0.125,
            "The loss E, which the updates make smaller. When it is below 0.125, all four "
            "predictions are certain to be right.",
        ),
        (
            "Trend",
            -0.5,
            "How much the loss changed over the last updates, 1,000 in all: −0.1 means 10 % lower.",
        ),
        (
            "Rises",
            0.1,
            "Share of these updates that made the loss larger. A small learning rate gives 0.",
        ),
        (
            "Gradient",
            0.001,
            "Its length: how strongly the loss still pulls at all weights together. At 0 they no "
            "longer change.",
        ),
        (
            "Sharpness",
            0.4,
            "How steeply the loss bends (the Hessian's largest eigenvalue), times the learning "
            "rate. Above 2, each update lands farther from the lowest point than the one before.",
        ),
        (
            "Curvature",
            "1 down, 1 flat, 1 up",
            "In how many directions the loss bends down or up. Flat: it bends too little to matter "
            "within 50,000 epochs.",
        ),
        (
            "Terrain",
            "saddle",
            "Slope: the loss still falls. Valley: it rises all around. Saddle: it falls on some "
            "sides. Flat: it hardly changes.",
        ),
        (
            "Derivatives",
            "h1 0.012 to 0.25, h2 0.1 to 0.2",
            "The sigmoid's derivative, h·(1 − h), at each hidden unit: smallest and largest over "
            "the inputs that reach its weights. At most 0.25; near 0 the unit hardly learns.",
        ),
        (
            "Output derivatives",
            "00 0.11, 01 0.12, 10 0.13, 11 0.25",
            "The same at the output, ŷ·(1 − ŷ), for each input: near 0, hardly any of the error "
            "goes back to the weights.",
        ),
    ]


@given(
    seed=st.integers(0, 2**32 - 1),
    learning_rate=st.floats(1e-6, 1e308) | st.floats(0.01, 20),
    hidden_size=st.integers(1, 16),
    epochs=st.integers(1, 300),
    biases=st.booleans(),
    targets=st.text("01", min_size=4, max_size=4),
)
def test_every_run_has_the_same_evidence_all_finite_or_told(
    seed: int, learning_rate: float, hidden_size: int, epochs: int, biases: bool, targets: str
) -> None:
    config = TrainConfig(seed, learning_rate, hidden_size, epochs, biases, targets)
    rows = evidence_rows(measure(record(config)).evidence)
    assert [row.name for row in rows] == NAMES
    assert all(row.meaning.isprintable() and row.meaning.endswith(".") for row in rows)
    for row in rows:
        if isinstance(row.value, str):
            assert not {"nan", "inf"} & {*row.value.replace(",", "").split()}
        else:
            assert math.isfinite(row.value)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_is_not_finite_is_told(bad: float) -> None:
    recording = record(TrainConfig(epochs=20))
    parameters, predictions = recording.parameters.copy(), recording.predictions.copy()
    parameters[-1] = bad
    predictions[-1] = bad
    broken = replace(recording, parameters=parameters, predictions=predictions)
    values = {row.name: row.value for row in evidence_rows(measure(broken).evidence)}
    assert [*values] == NAMES
    for name in set(NAMES) - {"Rises"}:
        assert values[name] == NOT_FINITE
