"""The look: a run trained on, held against the notebook's own loop."""

from dataclasses import replace

import numpy as np
import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.recording import record
from xorviz.core.verdict import judge
from xorviz.doctor.look import MOST_EPOCHS, Look, RowLook, look_on
from xorviz.settings.link import limits

UNTIL = 10_000
RUNS = [
    TrainConfig(epochs=500),
    TrainConfig(284, 0.11, 2, 100, targets="1001"),
    TrainConfig(214, 20.0, 4, 1000, targets="0111"),
    TrainConfig(760, 0.5, 2, 1000, True, "1001"),
    TrainConfig(41, epochs=3000),
]


def looked(config: TrainConfig, until: int = UNTIL) -> Look:
    return look_on(config, trained(config).parameters[-1], until)


def test_a_run_is_looked_on_as_far_as_the_page_has_epochs() -> None:
    assert limits("epochs").high == MOST_EPOCHS


@pytest.mark.parametrize("config", RUNS, ids=repr)
def test_what_becomes_of_a_run_is_what_so_many_epochs_from_its_start_give(
    config: TrainConfig,
) -> None:
    look, longer = looked(config), trained(replace(config, epochs=UNTIL))
    later = longer.right[config.epochs :]
    assert look.until == UNTIL
    for column, row in zip(later.T, look.rows, strict=True):
        changed = [state for state in range(1, len(column)) if column[state] != column[state - 1]]
        first, last = (
            (config.epochs + changed[0], config.epochs + changed[-1]) if changed else (None, None)
        )
        assert row == RowLook(len(changed), first, last, column[-1])
    verdict = judge(longer)
    assert look.solved_at == (verdict.epoch if verdict.kind == "solved" else None)
    assert look.correct == verdict.correct
    losses = longer.half_squared_error
    assert look.loss_change == pytest.approx(losses[-1] / losses[config.epochs] - 1, abs=1e-12)


def test_a_run_that_is_trained_as_far_already_is_looked_at_as_it_is() -> None:
    config = TrainConfig(41, epochs=1000)
    is_right = [bool(right) for right in trained(config).right[-1]]
    for until in (1, 1000):
        look = looked(config, until)
        assert look.until == 1000
        assert look.rows == tuple(RowLook(0, None, None, right) for right in is_right)
        assert look.loss_change == 0


def test_a_run_that_is_solved_by_the_very_last_epoch_is_solved_from_there() -> None:
    config = TrainConfig(epochs=500)
    assert looked(config, 870).solved_at is None
    assert looked(config, 871).solved_at == 871


def test_a_run_is_trained_on_with_the_rate_set_last() -> None:
    config = TrainConfig(epochs=500)
    stopped = replace(config, edits=(Edit(400, LEARNING_RATE, 1e-6),))
    assert look_on(stopped, record(stopped).parameters[-1], UNTIL).solved_at is None
    faster = replace(config, edits=(Edit(500, LEARNING_RATE, 1.0),))
    solved_at = look_on(faster, record(faster).parameters[-1], UNTIL).solved_at
    assert solved_at is not None
    assert 500 < solved_at < 871


def test_numbers_that_are_not_finite_are_wrong_and_raise_nothing() -> None:
    look = look_on(TrainConfig(epochs=100), np.full(6, np.nan), 200)
    assert (look.solved_at, look.correct) == (None, 0)
