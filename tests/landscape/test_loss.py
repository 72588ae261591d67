import numpy as np
import pytest

from tests.support.differences import loss
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, parameter_count
from xorviz.core.truth_table import target_column
from xorviz.landscape.loss import CHUNK, loss_grids, losses_at
from xorviz.landscape.plane import plane_of_path, plane_of_weights

SHAPES = [
    (TrainConfig(epochs=300), 3, 1),
    (TrainConfig(hidden_size=1, targets="0001", epochs=300), 0, 2),
    (TrainConfig(hidden_size=3, biases=True, targets="1101", epochs=300), 12, 1),
    (TrainConfig(hidden_size=16, biases=True, epochs=300), 0, 64),
]
X, Y = np.linspace(-3, 5, 7), np.linspace(-6, 2, 5)


def by_hand(config: TrainConfig, flat: Array) -> float:
    return loss(flat, config.hidden_size, config.biases, target_column(config.targets))


@pytest.mark.parametrize(("config", "across", "up"), SHAPES)
def test_a_grid_over_two_weights_has_the_losses_of_a_forward_pass_at_each_point(
    config: TrainConfig, across: int, up: int
) -> None:
    states = trained(config).parameters[:: 240 // (2 * CHUNK)]
    planes = [plane_of_weights(state, across, up) for state in states]
    origins = np.array([plane.origin for plane in planes])
    grids = loss_grids(config, origins, planes[0].directions, X, Y)
    assert grids.shape == (len(states), len(Y), len(X))
    for grid, state in zip(grids, states, strict=True):
        for row, y in enumerate(Y):
            for column, x in enumerate(X):
                point = state.copy()
                point[[across, up]] = x, y
                assert grid[row, column] == pytest.approx(by_hand(config, point), abs=1e-9)


@pytest.mark.parametrize("config", [config for config, *_ in SHAPES])
def test_a_grid_over_principal_directions_has_the_losses_of_its_points(config: TrainConfig) -> None:
    plane = plane_of_path(trained(config).parameters).plane
    grids = loss_grids(config, plane.origin[np.newaxis], plane.directions, X, Y)
    points = plane.points(np.stack(np.meshgrid(X, Y), axis=-1))
    expected = [[by_hand(config, point) for point in row] for row in points]
    np.testing.assert_allclose(grids[0], expected, atol=1e-9)
    np.testing.assert_allclose(losses_at(config, points), expected, atol=1e-9)


def test_weights_beyond_all_measure_saturate_without_a_warning() -> None:
    config = TrainConfig(biases=True)
    size = parameter_count(2, True)
    origins = np.full((1, size), 1000.0)
    plane = plane_of_weights(origins[0], 0, 1)
    far = np.array([-1000.0, 0.0, 1000.0])
    grids = loss_grids(config, origins, plane.directions, far, far)
    assert np.isfinite(grids).all()
    assert grids.max() <= 2


def test_a_state_that_is_not_finite_has_no_grid_and_gives_no_warning() -> None:
    config = TrainConfig()
    origins = np.array([np.ones(6), np.full(6, np.nan)])
    grids = loss_grids(config, origins, np.eye(6)[:2], X, Y)
    assert np.isfinite(grids[0]).all()
    assert np.isnan(grids[1]).all()
