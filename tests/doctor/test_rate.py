"""Smaller steps: the same start over the same distance, and what that proves of the rate."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import LOWEST_RATE, Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.verdict import judge
from xorviz.doctor.rate import MOST_UPDATES, SMALL_RATE, SMALLER, smaller, take_small_steps

CURED_BY_SMALL_STEPS = [
    TrainConfig(464, 5.8, 2, 200),
    TrainConfig(50, 10.0, 4, 1000, targets="0001"),
    TrainConfig(97, 14.0, 2, 300, True),
]
STUCK_ANYHOW = [TrainConfig(41, epochs=5000), TrainConfig(490, 3.0, 2, 1000, False, "0001")]


@given(
    learning_rate=st.floats(1e-6, 1e308),
    epochs=st.integers(1, 1_000_000),
    rate=st.none() | st.floats(1e-6, 1000),
    weight=st.none() | st.floats(-1000, 1000),
)
def test_smaller_steps_cover_the_same_distance_in_no_more_than_so_many_updates(
    learning_rate: float, epochs: int, rate: float | None, weight: float | None
) -> None:
    edits = [] if rate is None else [Edit(epochs // 2, LEARNING_RATE, rate)]
    edits += [] if weight is None else [Edit(epochs // 3, "h1 → ŷ", weight)]
    config = TrainConfig(0, learning_rate, 2, epochs, edits=tuple(edits))
    found = smaller(config)
    if found is None:
        rates = [learning_rate, *([] if rate is None else [rate])]
        factor = max(SMALLER, max(rates) / SMALL_RATE + 1)
        assert epochs > MOST_UPDATES // SMALLER or min(rates) < factor * LOWEST_RATE
        return
    small, factor = found
    assert factor >= SMALLER
    assert small.epochs == factor * epochs <= MOST_UPDATES
    assert small.learning_rate == pytest.approx(learning_rate / factor)
    for edit, before in zip(small.edits, config.edits, strict=True):
        is_rate = edit.parameter == LEARNING_RATE
        assert edit.epoch == factor * before.epoch
        assert edit.value == pytest.approx(before.value / (factor if is_rate else 1))


def test_steps_are_as_small_as_the_updates_allow() -> None:
    for config, factor in (
        (TrainConfig(), 2),
        (TrainConfig(learning_rate=10.0, epochs=1000), 40),
        (TrainConfig(learning_rate=10.0), 20),
        (TrainConfig(learning_rate=0.01, epochs=100), 2),
    ):
        small, found = smaller(config) or (config, 1)
        assert found == factor
        assert small.learning_rate <= SMALL_RATE or small.epochs == MOST_UPDATES


@pytest.mark.parametrize("config", CURED_BY_SMALL_STEPS, ids=repr)
def test_a_start_that_small_steps_solve_stays_solved_to_the_end_of_the_distance(
    config: TrainConfig,
) -> None:
    assert judge(trained(config)).kind != "solved"
    steps = take_small_steps(config)
    assert steps is not None
    assert steps.solved_at is not None
    verdict = judge(trained(steps.config))
    assert (verdict.kind, verdict.epoch) == ("solved", steps.solved_at)


@pytest.mark.parametrize("config", STUCK_ANYHOW, ids=repr)
def test_a_start_that_leads_to_the_same_place_is_told_by_its_outputs(config: TrainConfig) -> None:
    steps = take_small_steps(config)
    assert steps is not None
    assert steps.solved_at is None
    assert steps.outputs == tuple(trained(steps.config).predictions[-1])
    assert steps.ends_as(trained(config).predictions[-1])
    assert not steps.ends_as(trained(TrainConfig()).predictions[-1])


def test_a_run_is_not_solved_early_where_an_edit_is_still_to_come() -> None:
    late = Edit(990, "h2 → ŷ", 0.0)
    steps = take_small_steps(TrainConfig(epochs=1000, edits=(late,)))
    assert steps is not None
    assert steps.solved_at is None
    small = replace(steps.config, edits=(late._replace(epoch=990 * steps.factor),))
    assert steps.config == small
    assert judge(trained(small)).kind != "solved"
