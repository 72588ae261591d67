import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import (
    GRID_SIZE,
    HIGH,
    LOW,
    UNIT_GRID_SIZE,
    decision_surface,
    grid_axis,
    unit_surfaces,
)
from xorviz.core.network import Array, parameter_count
from xorviz.core.recording import record


def one_point(flat: list[float], hidden_size: int, biases: bool, x1: float, x2: float) -> float:
    """The output for one input, a number at a time."""
    h = hidden_size
    z = flat[4 * h] if biases else 0.0
    for unit in range(h):
        inner = x1 * flat[unit] + x2 * flat[h + unit] + (flat[3 * h + unit] if biases else 0.0)
        z += flat[2 * h + unit] / (1 + math.exp(-inner))
    return 1 / (1 + math.exp(-z))


def one_unit(
    flat: list[float], hidden_size: int, biases: bool, unit: int, x1: float, x2: float
) -> float:
    """A hidden unit's activation for one input, a number at a time."""
    h = hidden_size
    z = x1 * flat[unit] + x2 * flat[h + unit] + (flat[3 * h + unit] if biases else 0.0)
    return 1 / (1 + math.exp(-z))


def drawn(states: int, hidden_size: int, biases: bool, scale: float = 2.0, seed: int = 0) -> Array:
    size = (states, parameter_count(hidden_size, biases))
    return np.random.default_rng(seed).normal(scale=scale, size=size)


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", [1, 2, 3, 16])
def test_the_surface_is_the_networks_output_at_every_point(hidden_size: int, biases: bool) -> None:
    parameters = drawn(3, hidden_size, biases)
    axis = grid_axis().tolist()
    naive = [
        [[one_point(flat, hidden_size, biases, x1, x2) for x1 in axis] for x2 in axis]
        for flat in parameters.tolist()
    ]
    surface = decision_surface(parameters, hidden_size)
    np.testing.assert_allclose(surface, naive, rtol=1e-12, atol=1e-15)


def test_all_states_at_once_are_each_state_alone() -> None:
    parameters = drawn(4, 3, biases=True)
    together = decision_surface(parameters, 3)
    assert together.shape == (4, GRID_SIZE, GRID_SIZE)
    for flat, surface in zip(parameters, together, strict=True):
        np.testing.assert_array_equal(decision_surface(flat[np.newaxis], 3)[0], surface)


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    exponent=st.integers(-3, 300),
    seed=st.integers(0, 1000),
)
def test_the_surface_stays_between_0_and_1_for_weights_of_any_size(
    hidden_size: int, biases: bool, exponent: int, seed: int
) -> None:
    parameters = drawn(2, hidden_size, biases, 10.0**exponent, seed)
    surface = decision_surface(parameters, hidden_size)
    assert surface.min() >= 0
    assert surface.max() <= 1


def test_the_grid_covers_the_square_and_has_the_truth_tables_corners() -> None:
    axis = grid_axis()
    assert axis.shape == (GRID_SIZE,)
    assert (axis[0], axis[-1]) == (LOW, HIGH) == (-0.25, 1.25)
    np.testing.assert_allclose(np.diff(axis), 1.5 / (GRID_SIZE - 1), rtol=1e-12)
    for corner in (0.0, 1.0):
        assert np.abs(axis - corner).min() < 1e-15


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", [1, 2, 16])
def test_the_surface_at_the_corners_is_what_the_network_predicts(
    hidden_size: int, biases: bool
) -> None:
    config = TrainConfig(hidden_size=hidden_size, biases=biases, epochs=500)
    recording = record(config)
    surface = decision_surface(recording.parameters, hidden_size)
    zero, one = (int(np.abs(grid_axis() - corner).argmin()) for corner in (0.0, 1.0))
    for row, (x1, x2) in enumerate(((zero, zero), (zero, one), (one, zero), (one, one))):
        predictions = recording.predictions[recording.epochs, row]
        np.testing.assert_allclose(surface[:, x2, x1], predictions, rtol=0, atol=1e-12)


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", [1, 2, 3, 16])
def test_the_units_surfaces_are_each_unit_and_last_the_output_at_every_point(
    hidden_size: int, biases: bool
) -> None:
    parameters = drawn(3, hidden_size, biases)
    axis = grid_axis(UNIT_GRID_SIZE).tolist()
    naive = [
        [
            [[one_unit(flat, hidden_size, biases, unit, x1, x2) for x1 in axis] for x2 in axis]
            for unit in range(hidden_size)
        ]
        + [[[one_point(flat, hidden_size, biases, x1, x2) for x1 in axis] for x2 in axis]]
        for flat in parameters.tolist()
    ]
    surfaces = unit_surfaces(parameters, hidden_size)
    assert surfaces.shape == (3, hidden_size + 1, UNIT_GRID_SIZE, UNIT_GRID_SIZE)
    np.testing.assert_allclose(surfaces, naive, rtol=1e-12, atol=1e-15)


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    exponent=st.integers(-3, 300),
    seed=st.integers(0, 1000),
)
def test_the_units_surfaces_stay_between_0_and_1_for_weights_of_any_size(
    hidden_size: int, biases: bool, exponent: int, seed: int
) -> None:
    surfaces = unit_surfaces(drawn(2, hidden_size, biases, 10.0**exponent, seed), hidden_size)
    assert surfaces.min() >= 0
    assert surfaces.max() <= 1


def test_the_coarse_grid_of_the_units_covers_the_same_square() -> None:
    np.testing.assert_allclose(grid_axis(UNIT_GRID_SIZE), grid_axis()[::3], rtol=0, atol=1e-15)


def test_the_surfaces_leave_the_parameters_alone() -> None:
    parameters = drawn(2, 2, biases=True)
    before = parameters.copy()
    decision_surface(parameters, 2)
    unit_surfaces(parameters, 2)
    np.testing.assert_array_equal(parameters, before)
