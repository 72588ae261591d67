from dataclasses import replace

import numpy as np
import pytest

from tests.support.runs import OVERFLOWING, start_far_out, trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.recording import Recording, record
from xorviz.landscape.grid import CELLS, PARTS
from xorviz.landscape.loss import losses_at
from xorviz.landscape.survey import (
    Asked,
    Ground,
    is_comparable,
    lay,
    shown_states,
    survey,
    usable,
)
from xorviz.step.step import open_step

RUN = TrainConfig(seed=7, epochs=1_000)
EVERY = [
    Asked("weights", 0, 4),
    Asked("weights", 1, 2, moves=False),
    Asked("path"),
    Asked("states"),
]


def within(ground: Ground) -> bool:
    """Whether the path lies inside the plane's grid."""
    low = np.array([ground.x[0], ground.y[0]])
    high = np.array([ground.x[-1], ground.y[-1]])
    shown = ground.path[np.isfinite(ground.path).all(axis=1)]
    return bool(len(shown) and ((shown > low) & (shown < high)).all())


def has_square_grid(ground: Ground) -> bool:
    return bool(np.isclose(np.ptp(ground.x), np.ptp(ground.y)))


@pytest.mark.parametrize("asked", EVERY)
def test_a_survey_has_each_frames_state_where_it_is_and_its_own_numbers(asked: Asked) -> None:
    recording = trained(RUN)
    ground = lay(recording, asked)
    surveyed = survey(ground, recording.frames)
    np.testing.assert_allclose(surveyed.positions, ground.path, atol=1e-12)
    assert within(ground)
    assert has_square_grid(ground)
    for frame in (0, 100, -1):
        state = recording.parameters[frame]
        plane = ground.plane_at(state)
        at = plane.points(surveyed.positions[frame])
        assert surveyed.losses[frame] == pytest.approx(losses_at(RUN, state), abs=1e-9)
        assert surveyed.plane_losses[frame] == pytest.approx(losses_at(RUN, at), abs=1e-9)
        away = np.linalg.norm(at - state)
        assert surveyed.distances[frame] == pytest.approx(away, abs=1e-9)
        updates = open_step(RUN, state, 0).updates
        np.testing.assert_allclose(
            surveyed.arrows[frame], plane.directions @ updates, rtol=1e-12, atol=1e-15
        )
        grid = surveyed.grids[frame if ground.moves else 0]
        corner = plane.points(np.array([ground.x[3], ground.y[5]]))
        row, column = (5, 3) if ground.moves else (5 * PARTS, 3 * PARTS)
        assert grid[row, column] == pytest.approx(losses_at(RUN, corner), abs=1e-9)


def test_where_the_others_are_those_at_the_playhead_every_state_is_on_the_plane() -> None:
    recording = trained(RUN)
    surveyed = survey(lay(recording, Asked("weights")), recording.frames)
    assert not surveyed.distances.any()
    np.testing.assert_array_equal(surveyed.losses, surveyed.plane_losses)
    assert len(surveyed.grids) == len(recording.epochs)


def test_start_end_and_the_middle_lie_on_the_plane_through_them() -> None:
    recording = trained(RUN)
    surveyed = survey(lay(recording, Asked("states")), recording.frames)
    on = surveyed.distances[[0, -1, len(recording.epochs) // 2]]
    np.testing.assert_allclose(on, 0, atol=1e-9)
    assert surveyed.distances.max() > 1e-3


def test_the_third_state_may_be_that_of_another_run() -> None:
    recording, other = trained(RUN), trained(replace(RUN, seed=8))
    ground = lay(recording, Asked("states"), [other], other.parameters[-1])
    assert ground.rank == 2
    assert ground.plane.distances(other.parameters[-1]) == pytest.approx(0, abs=1e-9)
    assert [path.shape for path in ground.others] == [(len(other.epochs), 2)]


def test_a_path_that_is_a_point_has_a_plane_around_it() -> None:
    # Outputs of exactly 1 and 0: no gradient is left.
    edits = tuple(Edit(0, name, 1000.0) for name in ("x1 → h1", "x2 → h1", "h1 → ŷ"))
    config = TrainConfig(hidden_size=1, epochs=100, targets="1111", edits=edits)
    recording = trained(config)
    assert np.ptp(recording.parameters[1:], axis=0).max() == 0
    for asked in EVERY[2:]:
        ground = lay(recording, asked)
        assert ground.rank == 0
        assert within(ground)
        assert 4 <= np.ptp(ground.x) <= 4.4


@pytest.mark.parametrize("asked", EVERY)
def test_the_grids_points_are_numbers_of_few_digits(asked: Asked) -> None:
    ground = lay(trained(TrainConfig(seed=41)), asked)
    assert len(ground.x) == len(ground.y) == CELLS + 1
    for values in (ground.x, ground.y):
        assert len({round(step, 9) for step in np.diff(values).tolist()}) == 1
        assert all(float(f"{value:.5g}") == value for value in values.tolist())


def test_a_distance_within_rounding_is_0() -> None:
    recording = trained(RUN)
    surveyed = survey(lay(recording, Asked("states")), recording.frames)
    assert surveyed.distances[0] == surveyed.distances[-1] == 0


def test_a_grid_at_rest_has_no_minimum_along_a_valley_that_falls() -> None:
    recording = trained(TrainConfig())
    ground = lay(recording, Asked("weights", 4, 5))
    (grid,) = survey(ground, recording.at([1000]), is_fine=True).grids
    inner = grid[1:-1, 1:-1]
    count = len(grid)
    around = [
        grid[row : count - 2 + row, column : count - 2 + column]
        for row in range(3)
        for column in range(3)
        if (row, column) != (1, 1)
    ]
    assert not (inner < np.min(around, axis=0)).any()


def test_weights_of_1000_widen_the_plane() -> None:
    config = replace(RUN, edits=(Edit(10, "x1 → h1", 1000.0),))
    ground = lay(trained(config), Asked("path"))
    assert within(ground)
    assert np.ptp(ground.x) > 1000


def test_states_that_are_not_finite_or_far_away_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start_far_out(monkeypatch)
    diverged = record(OVERFLOWING)
    assert not usable(diverged.parameters).any()
    recording = trained(RUN)
    states = recording.parameters.copy()
    states[50:] = np.nan
    states[49] = 1e200
    broken = replace(recording, parameters=states)
    for asked in EVERY:
        ground = lay(broken, asked)
        assert within(ground)
        surveyed = survey(ground, broken.frames)
        assert np.isfinite(surveyed.positions).all(axis=1).tolist() == 49 * [True] + (
            len(states) - 49
        ) * [False]
        assert np.isfinite(surveyed.grids[0]).all()
    np.testing.assert_array_equal(shown_states(broken), states[:49])


@pytest.mark.parametrize("asked", EVERY)
def test_a_run_none_of_whose_states_can_be_shown_has_a_plane_around_zero(asked: Asked) -> None:
    recording = trained(RUN)
    broken: Recording = replace(recording, parameters=np.full_like(recording.parameters, np.nan))
    ground = lay(broken, asked)
    assert np.isfinite([ground.x, ground.y]).all()
    assert np.isnan(survey(ground, broken.frames).positions).all()


def test_a_path_far_away_does_not_widen_the_plane() -> None:
    recording = trained(RUN)
    near = lay(recording, Asked("path"))
    other = replace(recording, parameters=recording.parameters + 900)
    ground = lay(recording, Asked("path"), [other])
    np.testing.assert_array_equal(ground.x, near.x)


def test_runs_are_comparable_where_size_biases_and_targets_are_the_same() -> None:
    assert is_comparable(RUN, replace(RUN, seed=3, learning_rate=2, epochs=200))
    for other in ({"hidden_size": 3}, {"biases": True}, {"targets": "0001"}):
        assert not is_comparable(RUN, replace(RUN, **other))
