import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import differences
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, initial_parameters
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import target_column
from xorviz.step.chain import chain
from xorviz.step.gradient_check import (
    TOLERANCE,
    central_differences,
    largest_difference,
    resolution,
    row_losses,
)
from xorviz.step.step import Step, open_step

TARGETS = st.text("01", min_size=4, max_size=4)
SPOILT_STEPS = [
    (TrainConfig(), 0),
    (TrainConfig(), 3000),
    (TrainConfig(7, 2.0, 3, biases=True), 50),
    (TrainConfig(1, 0.1, 1, biases=True, targets="0001"), 200),
    (TrainConfig(3, 5.0, 5, biases=True, targets="1001"), 10),
]


@cache
def after(config: TrainConfig, epoch: int) -> Step:
    """The step that follows so many epochs of training."""
    trainer = Trainer(config)
    trainer.run(epoch)
    return open_step(config, trainer.parameters, epoch)


def difference(step: Step) -> float:
    return largest_difference(step, central_differences(step.config, step.old))


def significant_rows(step: Step) -> Iterator[tuple[int, int]]:
    """Row and index of every contribution that the differences can tell from another."""
    yield from zip(*np.nonzero(np.abs(step.row_gradients) > resolution(step)), strict=True)


def significant_sums(step: Step) -> list[int]:
    """Index of every gradient that is more than what is left of rows that cancel."""
    size = np.abs(step.row_gradients).sum(axis=0) + resolution(step).sum()
    found: list[int] = np.flatnonzero(np.abs(step.gradients) > 0.01 * size).tolist()
    return found


def with_row(step: Step, row: int, index: int, value: float) -> Step:
    rows = step.row_gradients.copy()
    rows[row, index] = value
    return replace(step, row_gradients=rows)


def with_sum(step: Step, index: int, value: float) -> Step:
    gradients = step.gradients.copy()
    gradients[index] = value
    return replace(step, gradients=gradients)


def hand_solved(size: float) -> Array:
    """XOR as people solve it: h1 is OR, h2 is NAND, and the output is their AND."""
    w1, w2, v, b_hidden, b_output = size, -size, size, (-size / 2, 1.5 * size), -1.5 * size
    return np.array([w1, w2, w1, w2, v, v, *b_hidden, b_output])


@given(
    seed=st.integers(0, 2**32 - 1),
    learning_rate=st.floats(0.01, 10),
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    targets=TARGETS,
    epoch=st.integers(0, 300),
)
def test_the_gradients_of_every_run_pass(
    seed: int, learning_rate: float, hidden_size: int, biases: bool, targets: str, epoch: int
) -> None:
    config = TrainConfig(seed, learning_rate, hidden_size, biases=biases, targets=targets)
    assert difference(after(config, epoch)) <= TOLERANCE


@pytest.mark.parametrize("epoch", [1, 100, 1000, 10_000])
@pytest.mark.parametrize("learning_rate", [0.5, 10])
@pytest.mark.parametrize(("hidden_size", "biases"), [(2, False), (2, True), (16, True)])
def test_the_gradients_of_a_trained_network_pass(
    hidden_size: int, biases: bool, learning_rate: float, epoch: int
) -> None:
    config = TrainConfig(42, learning_rate, hidden_size, biases=biases)
    assert difference(after(config, epoch)) <= TOLERANCE


@pytest.mark.parametrize("learning_rate", [100.0, 1e4, 1e8])
@pytest.mark.parametrize("hidden_size", [1, 2, 16])
def test_the_gradients_of_a_run_with_a_huge_learning_rate_pass(
    hidden_size: int, learning_rate: float
) -> None:
    for epoch in (0, 1, 2, 10, 50):
        config = TrainConfig(5, learning_rate, hidden_size, biases=True)
        assert difference(after(config, epoch)) <= TOLERANCE


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    seed=st.integers(0, 10_000),
    targets=TARGETS,
)
def test_the_differences_are_the_slopes_of_the_loss(
    hidden_size: int, biases: bool, seed: int, targets: str
) -> None:
    flat, column = differences.drawn(hidden_size, biases, seed, 1.0), target_column(targets)
    config = TrainConfig(hidden_size=hidden_size, biases=biases, targets=targets)
    slopes = central_differences(config, flat)
    assert slopes.shape == (4, flat.size)
    expected = differences.central_differences(flat, hidden_size, biases, column)
    np.testing.assert_allclose(slopes.sum(axis=0), expected, rtol=1e-6, atol=1e-9)
    several = np.array([flat, flat + 1, -flat])
    losses = row_losses(config, several)
    assert losses.shape == (3, 4)
    for parameters, row in zip(several, losses, strict=True):
        loss = differences.loss(parameters, hidden_size, biases, column)
        assert row.sum() == pytest.approx(loss, rel=1e-12)


@pytest.mark.parametrize(("config", "epoch"), SPOILT_STEPS)
def test_a_gradient_of_one_row_that_is_one_percent_off_fails(
    config: TrainConfig, epoch: int
) -> None:
    step = after(config, epoch)
    found = list(significant_rows(step))
    assert len(found) >= 2 * step.old.size
    for row, index in found:
        for factor in (0.99, 1.01):
            wrong = with_row(step, row, index, factor * step.row_gradients[row, index])
            assert difference(wrong) > TOLERANCE


@pytest.mark.parametrize(("config", "epoch"), SPOILT_STEPS)
def test_a_summed_gradient_that_is_one_percent_off_fails(config: TrainConfig, epoch: int) -> None:
    step = after(config, epoch)
    found = significant_sums(step)
    assert len(found) >= step.old.size / 2
    for index in found:
        for factor in (0.99, 1.01):
            assert difference(with_sum(step, index, factor * step.gradients[index])) > TOLERANCE


@pytest.mark.parametrize(("config", "epoch"), SPOILT_STEPS)
def test_a_gradient_of_the_wrong_sign_fails(config: TrainConfig, epoch: int) -> None:
    step = after(config, epoch)
    for row, index in significant_rows(step):
        assert difference(with_row(step, row, index, -step.row_gradients[row, index])) > 1
    for index in significant_sums(step):
        assert difference(with_sum(step, index, -step.gradients[index])) > 0.01
    flipped = replace(step, gradients=-step.gradients, row_gradients=-step.row_gradients)
    assert difference(flipped) > 1


@pytest.mark.parametrize(("config", "epoch"), SPOILT_STEPS)
def test_a_gradient_without_one_of_its_factors_fails(config: TrainConfig, epoch: int) -> None:
    step = after(config, epoch)
    failed = 0
    for index, name in enumerate(step.names):
        factors = chain(step, name)
        for left_out in factors:
            rest = [factor.values for factor in factors if factor is not left_out]
            rows = step.row_gradients.copy()
            rows[:, index] = np.prod(rest, axis=0)
            if np.abs(rows - step.row_gradients).max() < 1e-4:
                continue  # what flows through a bias's edge is 1 and may be left out
            assert difference(replace(step, row_gradients=rows)) > TOLERANCE
            assert difference(with_sum(step, index, rows[:, index].sum())) > TOLERANCE
            failed += 1
    assert failed >= 3 * len(step.names)


@pytest.mark.parametrize(("config", "epoch"), SPOILT_STEPS)
def test_a_gradient_without_one_of_its_rows_fails(config: TrainConfig, epoch: int) -> None:
    step = after(config, epoch)
    sizes = np.abs(step.row_gradients).sum(axis=0)
    for row, index in significant_rows(step):
        part = step.row_gradients[row, index]
        assert difference(with_row(step, row, index, 0.0)) > TOLERANCE
        if abs(part) > 0.01 * sizes[index]:
            assert difference(with_sum(step, index, step.gradients[index] - part)) > TOLERANCE


@pytest.mark.parametrize(("config", "epoch"), SPOILT_STEPS)
def test_a_gradient_averaged_instead_of_summed_fails(config: TrainConfig, epoch: int) -> None:
    step = after(config, epoch)
    for index in significant_sums(step):
        assert difference(with_sum(step, index, step.gradients[index] / 4)) > TOLERANCE
    assert difference(replace(step, gradients=step.gradients / 4)) > TOLERANCE


@pytest.mark.parametrize("targets", ["0110", "1001", "1111"])
@pytest.mark.parametrize("size", [1.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0, 1e6])
def test_a_network_solved_by_hand_gives_no_false_alarm(size: float, targets: str) -> None:
    config = TrainConfig(biases=True, targets=targets)
    trainer = Trainer(config, hand_solved(size))
    for epoch in (0, 1, 100):
        trainer.run(epoch - trainer.epoch)
        assert difference(open_step(config, trainer.parameters, epoch)) <= TOLERANCE


@given(
    weights=st.lists(st.integers(-10, 10).map(float), min_size=9, max_size=9),
    targets=TARGETS,
)
def test_whole_weights_up_to_10_give_no_false_alarm(weights: list[float], targets: str) -> None:
    config = TrainConfig(biases=True, targets=targets)
    assert difference(open_step(config, np.array(weights), 0)) <= TOLERANCE


@pytest.mark.parametrize("weight", [0.0, 40.0, -40.0, 800.0, -800.0, 1e6, -1e6, 1e300])
def test_a_saturated_network_gives_no_false_alarm(weight: float) -> None:
    config = TrainConfig(biases=True)
    assert difference(open_step(config, np.full(9, weight), 0)) <= TOLERANCE


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_network_that_is_not_of_numbers_gives_a_nan(bad: float) -> None:
    everywhere, somewhere = np.full(6, bad), initial_parameters(1, 2, biases=False)
    somewhere[4:] = bad, -bad
    for parameters in (everywhere, somewhere):
        assert math.isnan(difference(open_step(TrainConfig(), parameters, 0)))


def test_a_gradient_that_is_no_number_never_passes() -> None:
    step = after(TrainConfig(), 3)
    for wrong in (with_row(step, 3, 0, math.nan), with_sum(step, 0, math.nan)):
        assert not difference(wrong) <= TOLERANCE
