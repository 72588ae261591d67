"""Hidden space, against the network's own forward pass and geometry worked out by hand."""

import numpy as np
import pytest
from hypothesis import given

from tests.support.runs import runs, trained
from xorviz.core import hidden_space as space
from xorviz.core.config import TrainConfig
from xorviz.core.network import forward_pass
from xorviz.core.truth_table import INPUTS


def logit(config: TrainConfig, parameters: list[float], x1: float, x2: float) -> float:
    """What the output adds up for an input, one weight after the other."""
    size = config.hidden_size
    biases = parameters[3 * size :] or [0.0] * (size + 1)
    total = biases[size]
    for unit in range(size):
        z = x1 * parameters[unit] + x2 * parameters[size + unit] + biases[unit]
        total += parameters[2 * size + unit] / (1 + np.exp(-z))
    return float(total)


def test_the_grid_is_the_input_square_with_a_margin_and_its_sides_join_the_corners() -> None:
    grid = space.grid()
    assert grid.points.min() == -0.25
    assert grid.points.max() == 1.25
    assert len({*map(tuple, grid.points)}) == len(grid.points)
    for line in (*grid.lines, *grid.square):
        fixed = np.ptp(grid.points[line], axis=0) == 0
        assert fixed.tolist() in ([True, False], [False, True])
        assert np.allclose(np.diff(grid.points[line][:, ~fixed], axis=0), 1 / 16)
    ends = [tuple(grid.points[i]) for line in grid.square for i in (line[0], line[-1])]
    assert {*ends} == {(0, 0), (0, 1), (1, 0), (1, 1)}


@given(config=runs())
def test_points_land_where_the_forward_pass_puts_them(config: TrainConfig) -> None:
    states = trained(config).parameters
    units = [config.hidden_size - 1, 0]
    carried = space.carry(states, config.hidden_size, units, INPUTS)
    hidden = forward_pass(states, config.hidden_size).hidden
    np.testing.assert_allclose(carried, hidden[:, :, units].transpose(0, 2, 1), rtol=0, atol=1e-12)


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize("biases", [False, True])
def test_the_output_is_a_half_just_where_the_line_is(size: int, biases: bool) -> None:
    config = TrainConfig(seed=3, hidden_size=size, biases=biases, epochs=200)
    parameters = trained(config).parameters[-1:]
    units = [*range(size)]
    (line,) = space.straight_line(parameters, size, units)
    inputs = np.array([(0.3, 0.9), (-2.0, 1.0), (4.0, -3.0)])
    (carried,) = space.carry(parameters, size, units, inputs)
    for (x1, x2), point in zip(inputs, carried.T, strict=True):
        value = line[:size] @ point + line[2]
        expected = logit(config, parameters[0].tolist(), x1, x2)
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_plane_of_two_among_more_holds_the_others_at_their_mean() -> None:
    config = TrainConfig(hidden_size=4, biases=True, epochs=100)
    parameters = trained(config).parameters[-1:]
    (line,) = space.straight_line(parameters, 4, [1, 3])
    hidden = forward_pass(parameters, 4).hidden[0]
    weights, bias = parameters[0, 8:12], parameters[0, -1]
    assert line[:2].tolist() == [weights[1], weights[3]]
    rest = sum(weights[u] * sum(hidden[:, u]) / 4 for u in (0, 2)) + bias
    assert line[2] == pytest.approx(rest, rel=1e-12)
    sizes = abs(hidden * weights).sum(axis=0)
    (share,) = space.share(parameters, 4, [1, 3])
    assert share == pytest.approx((sizes[1] + sizes[3]) / sizes.sum(), rel=1e-12)


def test_determinant_and_sine_are_those_of_the_two_units_weights() -> None:
    states = np.array(
        [[1.0, 2.0, 3.0, 4.0, 9.0, 9.0], [1.0, 2.0, 1.0, 2.0, 9.0, 9.0], [3e-9, 0, 0, 2e-9, 9, 9]]
    )
    assert space.determinant(states).tolist() == [
        pytest.approx(np.linalg.det([[1, 2], [3, 4]])),
        0,
        pytest.approx(6e-18),
    ]
    assert space.sine(states) == pytest.approx([2 / np.sqrt(10 * 20), 0, 1])
    assert np.isnan(space.sine(np.zeros((1, 6)))).all()


def test_units_are_chosen_by_their_output_weights_and_points_that_meet_count_as_one() -> None:
    weights = [-0.5, 3.0, np.nan, -4.0]
    assert space.units_with_largest_weights(np.array([0.0] * 8 + weights), 4) == [1, 3]
    assert space.units_with_largest_weights(np.zeros(3), 1) == [0]
    points = np.array([[[0.5, 0.5], [0.9, 0.1], [0.93, 0.13], [np.nan, 0.5]]])
    assert space.landings(points).tolist() == [[0, 1, 1, 3]]
