from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import LEARNING_RATE, Edit
from xorviz.core.network import Array
from xorviz.core.recording import record
from xorviz.core.verdict import judge
from xorviz.doctor import forecast
from xorviz.doctor.forecast import ALL_RIGHT, HOLD, MORE_EPOCHS, epochs_to_go, train_on

SOLVED_LATER = [
    (TrainConfig(epochs=500), 871),
    (TrainConfig(214, 20.0, 4, 1000, targets="0111"), 1404),
    (TrainConfig(760, 0.5, 2, 1000, True, "1001"), 14_152),
    (TrainConfig(469, 10.0, 3, 1000), 3948),
]


def falling(epochs: int, rate: float, fall: float, end: float) -> Array:
    """Losses that end so, and fall by so much in the last twentieth, by rate times less before."""
    half = epochs // 20
    steps = np.arange(-epochs, 1) / half
    gone = fall * rate * (rate**steps - 1) / (rate - 1) if rate != 1 else fall * steps
    losses: Array = end - gone
    return losses


@pytest.mark.parametrize(
    ("losses", "epochs"),
    [
        # Each half of the last tenth is 1 epoch. It falls by 1/16, 1/8, then 1/4 to 1/8.
        ([0.5625, 0.5, 0.375], 1),
        # By 1/16 and again 1/16: 4 more of the same from 3/8.
        ([0.5, 0.4375, 0.375], 4),
        # By 1/4 and 1/8: halving each time it falls by 1/8 more at most.
        ([0.625, 0.375, 0.25 + 1e-9], None),
        ([0.6, 0.35, 0.225], 3),
        ([0.4, 0.4, 0.4], None),
        ([0.4, 0.5, 0.3], None),
        ([0.5, 0.3, 0.4], None),
        ([0.5, 0.3, 0.125], 0),
        ([0.5, float("nan"), 0.4], None),
        ([0.5, 0.4], None),
        ([0.5, 0.5 - 1e-9, 0.5 - 2e-9], None),
    ],
)
def test_a_pace_worked_out_by_hand_is_extrapolated(losses: list[float], epochs: int | None) -> None:
    assert epochs_to_go(np.array(losses)) == epochs


@given(
    rate=st.floats(0.5, 2),
    fall=st.floats(1e-4, 0.1),
    end=st.floats(0.13, 0.5),
    epochs=st.integers(40, 2000),
)
def test_a_loss_that_falls_as_a_geometric_series_gets_there_when_told(
    rate: float, fall: float, end: float, epochs: int
) -> None:
    half = epochs // 20
    more = epochs_to_go(falling(epochs, rate, fall, end))
    if more is None:
        assert rate < 1
        assert fall * rate / (1 - rate) < (end - ALL_RIGHT) * (1 + 1e-6)
        return
    halves = np.array([more - 1, more]) / half
    gone = fall * rate * (rate**halves - 1) / (rate - 1) if rate != 1 else fall * halves
    before, there = end - gone - ALL_RIGHT
    assert there <= 1e-6
    assert before >= -1e-6


@pytest.mark.parametrize(("config", "epoch"), SOLVED_LATER, ids=repr)
def test_a_run_is_trained_on_until_it_is_solved(config: TrainConfig, epoch: int) -> None:
    found = train_on(trained(config))
    assert (found.solved_from, found.correct, found.unchanged) == (epoch, 4, False)
    assert epoch + HOLD <= config.epochs + found.epochs < epoch + 2 * HOLD
    longer = record(replace(config, epochs=config.epochs + found.epochs))
    assert judge(longer).epoch == epoch


@pytest.mark.parametrize(
    ("config", "correct"),
    [(TrainConfig(41), 3), (TrainConfig(161, 10.0, 2, 3000, True), 2)],
    ids=repr,
)
def test_a_run_that_is_stuck_is_trained_on_for_so_many_epochs_and_no_more(
    config: TrainConfig, correct: int
) -> None:
    found = train_on(trained(config))
    assert found == forecast.Outlook(MORE_EPOCHS, None, True, correct)


def test_a_run_is_trained_on_with_the_rate_set_last() -> None:
    config = TrainConfig(epochs=500)
    stopped = replace(config, edits=(Edit(400, LEARNING_RATE, 1e-6),))
    assert train_on(record(stopped)).solved_from is None
    faster = replace(config, edits=(Edit(500, LEARNING_RATE, 1.0),))
    solved_from = train_on(record(faster)).solved_from
    assert solved_from is not None
    assert 500 < solved_from < 871


def test_right_answers_that_come_late_have_to_hold() -> None:
    # The last 600 of 1,000 more states are solved: not for long enough to tell.
    config = TrainConfig(epochs=500)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("xorviz.doctor.forecast.MORE_EPOCHS", HOLD)
        assert train_on(trained(config)).solved_from is None
        patch.setattr("xorviz.doctor.forecast.MORE_EPOCHS", 2 * HOLD)
        assert train_on(trained(config)).solved_from == 871


@pytest.mark.parametrize(
    "config",
    [
        TrainConfig(epochs=3000),
        TrainConfig(1, 1.0, 3, 3000, targets="1001"),
        TrainConfig(3, 0.5, 3, 3000, biases=True),
        TrainConfig(4, 0.5, 4, 3000, biases=True, targets="1001"),
        TrainConfig(9, 0.1, 3, 3000, biases=True, targets="0001"),
    ],
    ids=repr,
)
def test_the_pace_on_the_way_out_of_a_plateau_is_about_right(config: TrainConfig) -> None:
    run = trained(config)
    solved = judge(run).epoch
    assert solved is not None
    for part in (0.5, 0.7):
        stopped = int(part * solved)
        more = epochs_to_go(run.half_squared_error[: stopped + 1])
        assert more is not None
        assert 0.8 < more / (solved - stopped) < 1.6
