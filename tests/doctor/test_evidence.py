import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.evidence import NAMES
from xorviz.core.config import TrainConfig
from xorviz.core.numbers import NOT_FINITE
from xorviz.core.recording import record
from xorviz.doctor.evidence import evidence, measure, trend
from xorviz.doctor.hessian import curvature
from xorviz.step.step import open_step


def numbers(config: TrainConfig) -> dict[str, float | str]:
    return {found.name: found.value for found in evidence(measure(record(config)))}


@settings(deadline=None, max_examples=60)
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
    found = evidence(measure(record(config)))
    assert [one.name for one in found] == NAMES
    assert all(one.meaning.isprintable() and one.meaning.endswith(".") for one in found)
    for one in found:
        if isinstance(one.value, str):
            assert not {"nan", "inf"} & {*one.value.replace(",", "").split()}
        else:
            assert math.isfinite(one.value)


@pytest.mark.parametrize(
    "config",
    [TrainConfig(), TrainConfig(7, 2.0, 3, 500, True, "1001"), TrainConfig(967, 20.0, 2, 1000)],
    ids=repr,
)
def test_the_evidence_is_of_the_last_state(config: TrainConfig) -> None:
    recording, told = record(config), numbers(config)
    last = recording.parameters[-1]
    step, curve = open_step(config, last, config.epochs), curvature(config, last)
    assert told["Mean |error|"] == np.abs(step.error).mean()
    assert told["½ Σ error²"] == pytest.approx(0.5 * (step.error**2).sum(), rel=1e-12)
    assert told["Gradient"] == pytest.approx(math.sqrt((step.gradients**2).sum()), rel=1e-12)
    assert told["Sharpness"] == config.learning_rate * curve.eigenvalues[-1]
    assert told["Curvature"] == f"{curve.negative} down, {curve.flat} flat, {curve.positive} up"
    assert told["Place"] == curve.place
    slopes = str(told["Slopes"]).split(", ")
    assert len(slopes) == config.hidden_size
    for unit, text in enumerate(slopes):
        column = step.derivative_hidden[0 if config.biases else 1 :, unit]
        assert text == f"h{unit + 1} {column.min():.2g} to {column.max():.2g}"


def test_a_trend_worked_out_by_hand_is_right() -> None:
    # 200 updates, of which the last 20 count: 8 pairs up 1 and down 2, then still.
    losses = np.full(201, 50.0)
    losses[180:] = 40.0
    for pair in range(8):
        losses[181 + 2 * pair] = 41 - pair
        losses[182 + 2 * pair :] = 39 - pair
    found = trend(losses)
    assert (found.updates, found.rises) == (20, 8 / 20)
    assert found.peaks == 8
    assert found.change == pytest.approx((32 - 40) / 40)


@pytest.mark.parametrize("updates", [1, 9, 10, 99, 100, 101])
def test_a_trend_counts_ten_updates_at_least_or_all_there_are(updates: int) -> None:
    losses = np.ones(updates + 1)
    losses[-1] = 2.0
    counted = min(updates, 10)
    assert trend(losses).rises == 1 / counted
    losses[-1 - counted] = 4.0
    assert trend(losses).change == -0.5


def test_a_loss_that_only_rounds_neither_rises_nor_falls() -> None:
    losses = 0.375 * (1 + 1e-15 * np.resize([0.0, 1.0, -1.0], 1001))
    assert (trend(losses).rises, trend(losses).peaks) == (0.0, 0)
    losses = 0.375 * (1 + 1e-9 * np.resize([0.0, 1.0], 1001))
    assert trend(losses).rises == 0.5
    assert trend(losses).peaks in (49, 50)


@pytest.mark.parametrize("end", [0.0, 1.0, math.inf, math.nan])
@pytest.mark.parametrize("start", [0.0, math.inf, math.nan])
def test_a_trend_from_0_or_of_no_numbers_warns_of_nothing(start: float, end: float) -> None:
    losses = np.full(101, start)
    losses[-1] = end
    found = trend(losses)
    assert math.isfinite(found.change) == (start == end)
    assert 0 <= found.rises <= 0.1


def test_a_run_that_rises_and_falls_is_told_by_its_rises() -> None:
    assert numbers(TrainConfig())["Rises"] == 0
    assert numbers(TrainConfig(967, 20.0, 2, 1000))["Rises"] == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_is_not_finite_is_told(bad: float) -> None:
    recording = record(TrainConfig(epochs=20))
    parameters, predictions = recording.parameters.copy(), recording.predictions.copy()
    parameters[-1] = bad
    predictions[-1] = bad
    broken = type(recording)(recording.config, recording.epochs, parameters, predictions)
    told = {one.name: one.value for one in evidence(measure(broken))}
    assert [*told] == NAMES
    for name in set(NAMES) - {"Rises"}:
        assert told[name] == NOT_FINITE
