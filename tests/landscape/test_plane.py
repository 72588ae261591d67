import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.landscape.plane import (
    Plane,
    plane_of_path,
    plane_of_states,
    plane_of_weights,
)

CONFIGS = [
    TrainConfig(),
    TrainConfig(seed=41),
    TrainConfig(hidden_size=1, targets="0001"),
    TrainConfig(hidden_size=16, biases=True, epochs=500),
]


def assert_upright(plane: Plane) -> None:
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)


@pytest.mark.parametrize("config", CONFIGS)
def test_principal_directions_are_the_eigenvectors_of_the_covariance(config: TrainConfig) -> None:
    states = trained(config).parameters
    spanned = plane_of_path(states)
    covariance = np.cov(states.T)
    values, vectors = np.linalg.eigh(covariance)
    for direction, vector in zip(spanned.plane.directions, vectors.T[::-1], strict=False):
        assert abs(abs(direction @ vector) - 1) < 1e-9
    np.testing.assert_allclose(spanned.shares, values[::-1][:2] / np.trace(covariance), atol=1e-9)
    np.testing.assert_allclose(spanned.plane.origin, states.mean(axis=0), atol=1e-9)
    assert spanned.rank == 2
    assert_upright(spanned.plane)


@pytest.mark.parametrize("config", CONFIGS)
def test_principal_directions_point_from_the_start_to_the_end(config: TrainConfig) -> None:
    states = trained(config).parameters
    way = np.diff(plane_of_path(states).plane.coordinates(states[[0, -1]]), axis=0)
    assert (way >= 0).all()


def test_a_path_that_is_a_point_gives_no_direction() -> None:
    spanned = plane_of_path(np.tile([0.5, 0.25, -1.0], (7, 1)))
    assert (spanned.rank, spanned.shares.tolist()) == (0, [0.0, 0.0])
    np.testing.assert_array_equal(spanned.plane.directions, np.eye(3)[:2])


def test_a_path_along_a_line_gives_one_direction() -> None:
    line = np.array([1.0, 1.0, 2.0]) + np.outer(np.linspace(0, 3, 5), [0.0, 0.6, 0.8])
    spanned = plane_of_path(line)
    assert spanned.rank == 1
    np.testing.assert_allclose(spanned.shares, [1, 0], atol=1e-12)
    np.testing.assert_allclose(spanned.plane.directions, [[0, 0.6, 0.8], [1, 0, 0]], atol=1e-12)


def test_a_path_of_one_state_has_a_plane_too() -> None:
    spanned = plane_of_path(np.array([[0.5, 0.25, -1.0]]))
    assert spanned.rank == 0
    assert_upright(spanned.plane)


def triples() -> st.SearchStrategy[Array]:
    return st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).normal(size=(3, 6)))


@given(states=triples())
def test_three_states_lie_in_the_plane_through_them(states: Array) -> None:
    spanned = plane_of_states(*states)
    assert spanned.rank == 2
    assert_upright(spanned.plane)
    np.testing.assert_allclose(spanned.plane.distances(states), 0, atol=1e-12)
    start, end, third = spanned.plane.coordinates(states)
    np.testing.assert_allclose(start, 0, atol=1e-12)
    np.testing.assert_allclose(end, [np.linalg.norm(states[1] - states[0]), 0], atol=1e-12)
    assert third[1] > 0


def test_three_states_on_a_line_give_one_direction() -> None:
    start = np.array([1.0, 2.0, 3.0, 4.0])
    way = np.array([3.0, 0.0, 4.0, 0.0])
    spanned = plane_of_states(start, start + way, start + way / 3)
    assert spanned.rank == 1
    np.testing.assert_allclose(spanned.plane.directions[0], way / 5)
    assert_upright(spanned.plane)


def test_one_state_three_times_gives_no_direction() -> None:
    state = np.array([1.0, 2.0, 3.0])
    assert plane_of_states(state, state, state).rank == 0


def test_in_a_plane_of_two_weights_their_values_are_the_coordinates() -> None:
    state = np.array([1.0, 2.0, 3.0, 4.0])
    plane = plane_of_weights(state, 2, 0)
    np.testing.assert_array_equal(plane.coordinates(state), [3, 1])
    np.testing.assert_array_equal(plane.points(np.array([7.0, 9.0])), [9, 2, 7, 4])


@given(states=triples(), seed=st.integers(0, 10_000))
def test_the_distance_is_that_to_the_nearest_point_of_the_plane(states: Array, seed: int) -> None:
    plane = plane_of_states(*states).plane
    random = np.random.default_rng(seed)
    state = random.normal(size=6)
    # The nearest combination of both directions, by least squares.
    rest = np.linalg.lstsq(plane.directions.T, state - plane.origin, rcond=None)[1]
    assert plane.distances(state) == pytest.approx(np.sqrt(rest[0]), abs=1e-9)
    others = plane.points(random.normal(size=(50, 2)))
    assert (np.linalg.norm(others - state, axis=1) >= plane.distances(state)).all()
