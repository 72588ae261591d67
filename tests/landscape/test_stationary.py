import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, parameter_count
from xorviz.doctor.hessian import hessian
from xorviz.landscape.loss import losses_at
from xorviz.landscape.plane import Plane, plane_of_path, plane_of_states, plane_of_weights
from xorviz.landscape.stationary import derivatives, kind_of, stationary_points
from xorviz.step.step import open_step

RANGES = ((-8.0, 8.0), (-8.0, 8.0))
STEP = 1e-4


def losses_around(config: TrainConfig, plane: Plane, point: Array) -> Array:
    """Losses three by three at and around a point, [y, x]."""
    moves = STEP * np.array([-1.0, 0.0, 1.0])
    grid = point + np.stack(np.meshgrid(moves, moves), axis=-1)
    return losses_at(config, plane.points(grid))


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    targets=st.text("01", min_size=4, max_size=4),
    seed=st.integers(0, 10_000),
)
def test_the_derivatives_in_a_plane_are_those_of_the_whole_space_along_it(
    hidden_size: int, biases: bool, targets: str, seed: int
) -> None:
    config = TrainConfig(hidden_size=hidden_size, biases=biases, targets=targets)
    random = np.random.default_rng(seed)
    states = random.normal(scale=2, size=(3, parameter_count(hidden_size, biases)))
    plane = plane_of_states(*states).plane
    points = random.normal(scale=2, size=(4, 2))
    gradients, hessians = derivatives(config, plane, points)
    for point, gradient, bend in zip(points, gradients, hessians, strict=True):
        parameters = plane.points(point)
        whole = open_step(config, parameters, 0).gradients
        np.testing.assert_allclose(gradient, plane.directions @ whole, atol=1e-9)
        along = plane.directions @ hessian(config, parameters) @ plane.directions.T
        np.testing.assert_allclose(bend, along, atol=1e-9)


@pytest.mark.parametrize("seed", [41, 42, 48])
@pytest.mark.parametrize("hidden_size", [1, 2, 5])
def test_each_point_is_stationary_and_of_the_kind_that_the_losses_around_it_show(
    seed: int, hidden_size: int
) -> None:
    config = TrainConfig(seed=seed, hidden_size=hidden_size)
    states = trained(config).parameters
    for plane in (plane_of_path(states).plane, plane_of_weights(states[-1], 0, hidden_size)):
        for point in stationary_points(config, plane, *RANGES):
            at = np.array([point.x, point.y])
            gradient, _ = derivatives(config, plane, at[np.newaxis])
            np.testing.assert_allclose(gradient, 0, atol=1e-9)
            near = losses_around(config, plane, at)
            assert near[1, 1] == pytest.approx(point.loss, abs=1e-12)
            xx = near[1, 2] - 2 * near[1, 1] + near[1, 0]
            yy = near[2, 1] - 2 * near[1, 1] + near[0, 1]
            xy = (near[2, 2] - near[2, 0] - near[0, 2] + near[0, 0]) / 4
            assert point.kind in (kind_of(np.array([[xx, xy], [xy, yy]])), "flat")
            whole = open_step(config, plane.points(at), 0).gradients
            assert point.gradient == pytest.approx(np.linalg.norm(whole), abs=1e-9)


def test_the_saddle_that_holds_up_the_training_of_seed_41_is_one_of_its_plane_alone() -> None:
    config = TrainConfig(seed=41)
    (saddle,) = stationary_points(config, plane_of_path(trained(config).parameters).plane, *RANGES)
    assert saddle.kind == "saddle"
    assert saddle.loss == pytest.approx(0.5, abs=1e-3)  # all four predictions near 0.5
    assert saddle.gradient > 1e-3


def test_where_all_weights_are_0_the_loss_of_xor_is_stationary_and_flat_along_one_direction() -> (
    None
):
    # All activations are 1/2 and E″ = 1/16, so the Hessian by the two output weights has
    # 4 · 1/16 · 1/4 = 1/16 in each entry: its eigenvalues are 1/8 and 0.
    plane = plane_of_weights(np.zeros(6), 4, 5)
    gradient, bend = derivatives(TrainConfig(), plane, np.zeros((1, 2)))
    np.testing.assert_allclose(gradient, 0, atol=1e-15)
    np.testing.assert_allclose(bend[0], np.full((2, 2), 1 / 16), atol=1e-15)
    points = stationary_points(TrainConfig(), plane, *RANGES)
    assert points
    for point in points:  # on the line where both cancel
        assert (point.kind, point.loss) == ("flat", pytest.approx(0.5))
        assert point.x + point.y == pytest.approx(0, abs=1e-9)
        assert point.gradient == pytest.approx(0, abs=1e-9)


def test_saturated_plains_have_no_stationary_points() -> None:
    plane = plane_of_weights(np.full(6, 1000.0), 0, 1)
    assert stationary_points(TrainConfig(), plane, (-1000, 1000), (-1000, 1000)) == []


@pytest.mark.parametrize(
    ("bend", "kind"),
    [
        ([[2, 0], [0, 1]], "minimum"),
        ([[-2, 0], [0, -1]], "maximum"),
        ([[1, 2], [2, 1]], "saddle"),
        ([[1, 1], [1, 1]], "flat"),
        ([[0, 0], [0, 0]], "flat"),
        ([[1e-9, 0], [0, 2e-9]], "minimum"),
    ],
)
def test_eigenvalues_tell_the_kind(bend: list[list[float]], kind: str) -> None:
    assert kind_of(np.array(bend, float)) == kind
