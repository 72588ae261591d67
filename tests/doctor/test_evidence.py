import math

import numpy as np
import pytest

from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.doctor.evidence import Evidence, measure, trend
from xorviz.doctor.hessian import curvature
from xorviz.step.step import open_step


def numbers(config: TrainConfig) -> Evidence:
    return measure(record(config)).evidence


@pytest.mark.parametrize(
    "config",
    [TrainConfig(), TrainConfig(7, 2.0, 3, 500, True, "1001"), TrainConfig(967, 20.0, 2, 1000)],
    ids=repr,
)
def test_the_evidence_is_of_the_last_state(config: TrainConfig) -> None:
    recording, measured = record(config), numbers(config)
    last = recording.parameters[-1]
    step, curve = open_step(config, last, config.epochs), curvature(config, last)
    assert measured.mean_abs_error == np.abs(step.error).mean()
    assert measured.half_squared_error == pytest.approx(0.5 * (step.error**2).sum(), rel=1e-12)
    assert measured.gradient == pytest.approx(math.sqrt((step.gradients**2).sum()), rel=1e-12)
    assert measured.curvature == curve
    assert measured.epochs == config.epochs
    assert len(measured.hidden) == config.hidden_size
    for unit, derivatives in enumerate(measured.hidden):
        column = step.derivative_hidden[0 if config.biases else 1 :, unit]
        assert derivatives == (column.min(), column.max())
    assert measured.output == tuple(step.derivative_output)


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
    assert numbers(TrainConfig()).trend.rises == 0
    assert numbers(TrainConfig(967, 20.0, 2, 1000)).trend.rises == pytest.approx(0.5, abs=0.02)
