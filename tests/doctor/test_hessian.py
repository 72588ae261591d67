from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import automatic
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.network import Array, parameter_count
from xorviz.doctor.hessian import curvature, hessian
from xorviz.step.gradient_check import row_losses
from xorviz.step.step import open_step

TARGETS = st.text("01", min_size=4, max_size=4)


def drawn(config: TrainConfig, seed: int, scale: float) -> Array:
    size = parameter_count(config.hidden_size, config.biases)
    return np.random.default_rng(seed).normal(scale=scale, size=size)


def gradients(config: TrainConfig, parameters: Array) -> Array:
    return open_step(config, parameters, 0).gradients


def differences(config: TrainConfig, parameters: Array, distance: float = 1e-5) -> Array:
    """Central differences of the gradients, one row a parameter."""
    moves = distance * np.eye(parameters.size)
    rows = [
        (gradients(config, parameters + move) - gradients(config, parameters - move))
        / (2 * distance)
        for move in moves
    ]
    return np.array(rows)


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    targets=TARGETS,
    seed=st.integers(0, 10_000),
    scale=st.floats(0.01, 5),
)
def test_the_hessian_is_the_derivative_of_the_gradients(
    hidden_size: int, biases: bool, targets: str, seed: int, scale: float
) -> None:
    config = TrainConfig(hidden_size=hidden_size, biases=biases, targets=targets)
    parameters = drawn(config, seed, scale)
    ours, theirs = hessian(config, parameters), differences(config, parameters)
    assert ours.shape == (parameters.size, parameters.size)
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-7 * max(1, np.abs(ours).max()))


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", [1, 2, 3, 4, 7, 16])
def test_the_hessian_is_that_of_an_automatic_differentiation(
    hidden_size: int, biases: bool
) -> None:
    targets = ("0110", "1001", "0001", "1111")[hidden_size % 4]
    config = TrainConfig(hidden_size=hidden_size, biases=biases, targets=targets)
    parameters = drawn(config, hidden_size, 2.0)
    expected = automatic.hessian(parameters, hidden_size, biases, targets)
    np.testing.assert_allclose(hessian(config, parameters), expected, rtol=1e-9, atol=1e-12)


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    targets=TARGETS,
    seed=st.integers(0, 10_000),
    scale=st.floats(0, 1e6),
)
def test_the_hessian_is_symmetric_to_the_last_bit(
    hidden_size: int, biases: bool, targets: str, seed: int, scale: float
) -> None:
    config = TrainConfig(hidden_size=hidden_size, biases=biases, targets=targets)
    matrix = hessian(config, drawn(config, seed, scale))
    assert (matrix == matrix.T).all()


@pytest.mark.parametrize("config", [TrainConfig(), TrainConfig(7, 2.0, 3, 3000, True, "1001")])
@pytest.mark.parametrize("part", [0.0, 0.1, 1.0])
def test_the_hessian_of_a_trained_network_is_the_derivative_of_its_gradients(
    config: TrainConfig, part: float
) -> None:
    parameters = trained(config).state(int(part * config.epochs))
    expected = differences(config, parameters)
    np.testing.assert_allclose(hessian(config, parameters), expected, rtol=1e-6, atol=1e-7)


def test_the_hessian_worked_out_by_hand_is_right() -> None:
    # One unit, all weights 0, targets 1: h = ŷ = 1/2 and h′ = ŷ′ = 1/4 on every row, ŷ - t = -1/2.
    # E′ = -1/8 and E″ = 1/16, the second part of which is 0, as is h″. ∇z = (0, 0, 1/2).
    # v v: 4 rows · 1/16 · 1/4 = 1/16. x v: E′ · h′ · (rows where x is 1) = -1/8 · 1/4 · 2 = -1/16.
    config = TrainConfig(hidden_size=1, targets="1111")
    expected = np.array([[0, 0, -1], [0, 0, -1], [-1, -1, 1]]) / 16
    np.testing.assert_allclose(hessian(config, np.zeros(3)), expected, rtol=1e-15, atol=0)
    # With biases ∇z = (0, 0, 1/2, 0, 1): the hidden bias is an input that is 1 on all four rows.
    wide = np.zeros((5, 5))
    wide[:3, :3] = expected
    wide[2, 3] = wide[3, 2] = -2 / 16
    wide[2, 4] = wide[4, 2] = 2 / 16
    wide[4, 4] = 4 / 16
    config = replace(config, biases=True)
    np.testing.assert_allclose(hessian(config, np.zeros(5)), wide, rtol=1e-15, atol=0)


def test_the_eigenvalues_worked_out_by_hand_are_right() -> None:
    # The matrix above is a/16 · [[0, 0, -1], [0, 0, -1], [-1, -1, 1]]: x1 - x2 gives 0, and
    # λ² - λ = 2 in the plane left gives 2 and -1.
    config = TrainConfig(hidden_size=1, targets="1111", epochs=1000)
    curve = curvature(config, np.zeros(3))
    np.testing.assert_allclose(curve.eigenvalues, [-1 / 16, 0, 2 / 16], rtol=1e-14, atol=1e-17)
    assert (curve.negative, curve.flat, curve.positive) == (1, 1, 1)
    assert curve.sharpness == pytest.approx(0.5 * 2 / 16)
    assert curve.terrain == "slope"


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    targets=TARGETS,
    seed=st.integers(0, 10_000),
    learning_rate=st.floats(1e-6, 1e308),
    epochs=st.integers(1, 1_000_000),
)
def test_every_direction_is_counted_once_and_the_eigenvalues_ascend(
    hidden_size: int, biases: bool, targets: str, seed: int, learning_rate: float, epochs: int
) -> None:
    config = TrainConfig(0, learning_rate, hidden_size, epochs, biases, targets)
    parameters = drawn(config, seed, 1)
    curve = curvature(config, parameters)
    assert curve.negative + curve.flat + curve.positive == parameters.size
    assert (np.diff(curve.eigenvalues) >= 0).all()
    np.testing.assert_allclose(
        sum(curve.eigenvalues), np.trace(hessian(config, parameters)), rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_loss_curves_along_an_eigenvector_by_its_eigenvalue(seed: int) -> None:
    config = TrainConfig(hidden_size=3, biases=True)
    parameters = drawn(config, seed, 1)
    values, vectors = np.linalg.eigh(hessian(config, parameters))
    for value, vector in zip(values, vectors.T, strict=True):
        three = np.array([parameters - 1e-3 * vector, parameters, parameters + 1e-3 * vector])
        below, here, above = row_losses(config, three).sum(axis=1)
        assert (below - 2 * here + above) / 1e-6 == pytest.approx(value, rel=1e-4, abs=1e-6)


def test_two_equal_units_without_output_weights_leave_two_directions_flat() -> None:
    # The gradients of v are equal, and those of each unit's u are 0: only sums of both count.
    config = TrainConfig(targets="0111", epochs=1_000_000)
    idle = np.array([1.0, 1.0, 2.0, 2.0, 0.0, 0.0])
    curve = curvature(config, idle)
    assert (curve.negative, curve.flat, curve.positive) == (2, 2, 2)
    np.testing.assert_allclose(curve.eigenvalues[2:4], 0, atol=1e-15)


@pytest.mark.parametrize(("learning_rate", "flat"), [(1.0, 1), (16.5, 1), (15.5, 2), (7.5, 3)])
def test_a_direction_is_flat_where_the_whole_run_hardly_notices_it(
    learning_rate: float, flat: int
) -> None:
    # Eigenvalues -1/16, 0 and 2/16: over these epochs rate · λ · epochs is 1 at a rate of 16 and 8.
    epochs = 1000 if learning_rate == 1.0 else 1
    config = TrainConfig(0, learning_rate, 1, epochs, targets="1111")
    assert curvature(config, np.zeros(3)).flat == flat


def test_the_rate_set_last_counts_for_the_sharpness() -> None:
    config = TrainConfig(epochs=2000)
    parameters = trained(config).parameters[-1]
    curve = curvature(config, parameters)
    assert curve.sharpness == config.learning_rate * curve.eigenvalues[-1]
    faster = replace(config, edits=(Edit(1000, LEARNING_RATE, 5.0),))
    assert curvature(faster, parameters).sharpness == pytest.approx(10 * curve.sharpness)


@pytest.mark.parametrize("config", [TrainConfig(), TrainConfig(3, 2.0, 4, 2000, True)], ids=repr)
def test_a_run_that_still_learns_ends_on_a_slope(config: TrainConfig) -> None:
    assert curvature(config, trained(config).parameters[-1]).terrain == "slope"


@pytest.mark.parametrize(
    "config",
    [TrainConfig(97, 14.0, 2, 1000, True), TrainConfig(490, 3.0, epochs=3000, targets="0001")],
    ids=repr,
)
def test_a_run_that_is_stuck_ends_in_a_valley(config: TrainConfig) -> None:
    parameters = trained(config).parameters[-1]
    curve = curvature(config, parameters)
    assert (curve.terrain, curve.negative) == ("valley", 0)
    assert curve.positive > 0
    # No step of a thousandth of the weights lowers the loss by as much as 0.1 %.
    moves = np.random.default_rng(1).normal(size=(500, parameters.size))
    moves *= 1e-3 * np.linalg.norm(parameters) / np.linalg.norm(moves, axis=1, keepdims=True)
    here = row_losses(config, parameters[np.newaxis]).sum()
    assert (row_losses(config, parameters + moves).sum(axis=1) > 0.999 * here).all()


@pytest.mark.parametrize(
    "config",
    [TrainConfig(273, 20.0, 3, 1000), TrainConfig(266, 20.0, 2, 1000, True, "0111")],
    ids=repr,
)
def test_a_run_that_rests_on_a_saddle_can_leave_it_downhill(config: TrainConfig) -> None:
    parameters = trained(config).parameters[-1]
    curve = curvature(config, parameters)
    assert (curve.terrain, curve.negative > 0) == ("saddle", True)
    values, vectors = np.linalg.eigh(hessian(config, parameters))
    away = 0.1 * vectors[:, 0] * -np.sign(vectors[:, 0] @ gradients(config, parameters))
    here, there = row_losses(config, np.array([parameters, parameters + away])).sum(axis=1)
    assert there < here + 0.4 * values[0] * 0.1**2


@pytest.mark.parametrize("targets", ["0110", "1001"])
def test_a_network_of_zeros_is_at_rest_on_xor_and_curves_along_the_output_bias_alone(
    targets: str,
) -> None:
    # ŷ - t is ±1/2 twice each, so every sum over the rows cancels but that of ŷ′² = 1/16.
    config = TrainConfig(biases=True, targets=targets)
    curve = curvature(config, np.zeros(9))
    assert not gradients(config, np.zeros(9)).any()
    assert (curve.terrain, curve.negative, curve.flat, curve.positive) == ("valley", 0, 8, 1)
    # v, v and c share one direction: 4/16 · (1/4 + 1/4 + 1).
    assert curve.eigenvalues[-1] == pytest.approx(6 / 16)


def test_a_network_of_huge_weights_stands_on_flat_terrain() -> None:
    curve = curvature(TrainConfig(biases=True), np.full(9, 800.0))
    assert (curve.terrain, curve.flat) == ("flat", 9)


@pytest.mark.parametrize("weight", [np.nan, np.inf, -np.inf, 1e308])
@pytest.mark.parametrize("biases", [False, True])
def test_a_state_without_a_finite_hessian_has_a_terrain_that_is_not_finite(
    biases: bool, weight: float
) -> None:
    config = TrainConfig(biases=biases)
    parameters = np.full(9 if biases else 6, weight)
    curve = curvature(config, parameters)
    assert np.isfinite(hessian(config, parameters)).all() == (curve.terrain != "not finite")
    if not np.isfinite(weight):
        assert curve.terrain == "not finite"
        assert curve.eigenvalues == ()
