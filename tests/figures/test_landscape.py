from dataclasses import replace

import numpy as np
import pytest

from tests.support.figures import figure
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.figures.chart import Spec
from xorviz.figures.heights import (
    CONTOURS,
    DECIMALS,
    LOWEST,
    STEPS,
    UNIT,
    Heights,
    heights_of,
    logarithms,
)
from xorviz.figures.landscape import Landscape, chart
from xorviz.figures.relief import STRIDE
from xorviz.figures.terrain import LONGEST, MAGNIFIED, Terrain, magnified
from xorviz.figures.theme import CURVE, PIN_COLOURS
from xorviz.landscape.grid import CELLS, PARTS
from xorviz.landscape.loss import losses_at
from xorviz.landscape.stationary import stationary_points
from xorviz.landscape.survey import Asked, Ground, Survey, lay, survey
from xorviz.stage.payload import encode_channel, pack

RUN = TrainConfig(seed=7, epochs=1_000)
PIN = replace(RUN, seed=8)
PLANES = {
    "moving": Asked("weights", 0, 2),
    "still": Asked("weights", 0, 2, moves=False),
    "path": Asked("path"),
    "states": Asked("states"),
}
every_plane = pytest.mark.parametrize("plane", PLANES)


def surveyed(plane: str) -> tuple[Ground, Survey]:
    recording = trained(RUN)
    ground = lay(recording, PLANES[plane], [trained(PIN)])
    return ground, survey(ground, recording.frames)


def drawn(plane: str) -> tuple[Landscape, Terrain]:
    landscape = chart(*surveyed(plane), trained(RUN), [PIN])
    assert landscape.terrain
    return landscape, landscape.terrain


def heights(plane: str) -> Heights:
    _, terrain = drawn(plane)
    assert terrain.heights
    return terrain.heights


def losses_of(shown: Heights, frame: int) -> Array:
    """The losses that are drawn in a frame."""
    packed = encode_channel(shown.shares)
    shares = packed["data"][frame] * packed["scale"]
    low, high = shown.lows[frame], shown.highs[frame]
    return np.asarray(UNIT * 10 ** (low + shares * (high - low)))


@every_plane
def test_plotly_takes_the_chart(plane: str) -> None:
    landscape, _ = drawn(plane)
    assert figure(landscape).data[0].type == "heatmap"
    pack({"chart": landscape})


@every_plane
def test_the_drawn_losses_are_those_of_the_survey(plane: str) -> None:
    ground, survey_of = surveyed(plane)
    shown = heights(plane)
    off = 10.0 ** -DECIMALS[not ground.moves]
    for frame in (0, -1) if ground.moves else (0,):
        grid = np.maximum(survey_of.grids[frame], LOWEST)
        np.testing.assert_allclose(losses_of(shown, frame), grid, rtol=off * np.ptp(np.log(grid)))


@every_plane
def test_each_frames_colours_and_contours_go_from_its_lowest_to_its_highest_loss(
    plane: str,
) -> None:
    _, survey_of = surveyed(plane)
    shown = heights(plane)
    for frame, logs in enumerate(logarithms(survey_of.grids)):
        assert (shown.lows[frame], shown.highs[frame]) == (logs.min(), logs.max())
        assert shown.ends[frame] == tuple(
            f"{UNIT * 10**log:#.2g}" for log in (logs.min(), logs.max())
        )
        assert CONTOURS <= np.ptp(logs) / STEPS[shown.steps[frame]] <= 3 * CONTOURS


def test_a_plane_on_which_the_loss_is_nearly_the_same_has_contours_too() -> None:
    # At its start the default run's output hardly depends on the two weights.
    recording = trained(TrainConfig())
    ground = lay(recording, Asked("weights", 0, 2))
    shown = heights_of(survey(ground, recording.at([300]), is_fine=True).grids)
    range_of = float(shown.highs[0] - shown.lows[0])
    assert range_of < 0.02
    assert range_of / STEPS[shown.steps[0]] >= CONTOURS


def test_the_losses_of_the_walks_points_are_exact_where_there_is_one_frame() -> None:
    recording = trained(RUN)
    ground = lay(recording, PLANES["moving"])
    shown = heights_of(survey(ground, recording.at([503]), is_fine=True).grids)
    state = recording.state(503).copy()
    state[[0, 2]] = ground.x[3], ground.y[5]
    assert shown.losses is not None
    assert shown.losses[5, 3] == pytest.approx(float(losses_at(RUN, state)), rel=1e-6)
    assert heights("moving").losses is None


@every_plane
def test_the_playhead_lies_on_the_drawn_path(plane: str) -> None:
    ground, _ = surveyed(plane)
    landscape, terrain = drawn(plane)
    path = landscape.traces[2]
    assert path["line"]["color"] == CURVE
    np.testing.assert_array_equal(path["x"], terrain.positions[:, 0])
    np.testing.assert_array_equal(path["y"], terrain.positions[:, 1])
    assert path["text"][0].startswith("epoch 0: loss ")
    ends = landscape.traces[3]
    np.testing.assert_array_equal(ends["x"], path["x"][[0, -1]])
    assert landscape.layout["xaxis"]["range"] == [ground.x[0], ground.x[-1]]


@every_plane
def test_arrows_are_the_updates_so_many_times_that_they_are_seen(plane: str) -> None:
    ground, survey_of = surveyed(plane)
    _, terrain = drawn(plane)
    times = magnified(ground, survey_of)
    expected = survey_of.arrows * times[:, np.newaxis]
    np.testing.assert_allclose(terrain.arrows, expected, rtol=1e-6)
    lengths = np.linalg.norm(terrain.arrows, axis=1) / np.ptp(ground.x)
    assert lengths.max() <= LONGEST
    assert (lengths[times < MAGNIFIED[-1]] > LONGEST / 2.5 - 1e-6).all()


def test_an_update_of_0_has_no_arrow_at_any_scale() -> None:
    ground, survey_of = surveyed("path")
    still = replace(survey_of, arrows=np.zeros_like(survey_of.arrows))
    assert magnified(ground, still).tolist() == [1] * len(still.arrows)


def test_only_a_plane_of_two_weights_that_holds_the_others_at_the_playhead_moves() -> None:
    assert [name for name in PLANES if drawn(name)[1].moves] == ["moving"]
    assert [name for name in PLANES if drawn(name)[1].opens] == ["moving", "still"]
    assert "Click" in drawn("still")[0].hint
    assert "Click" not in drawn("path")[0].hint
    assert "Click" not in chart(*surveyed("still"), trained(RUN), [PIN], opens=False).hint


def test_pinned_runs_of_this_landscape_have_their_path_and_their_own_colour() -> None:
    recording = trained(RUN)
    other = replace(PIN, targets="0001")
    ground = lay(recording, PLANES["path"], [trained(PIN)])
    landscape = chart(ground, survey(ground, recording.frames), recording, [other, PIN])
    pinned = landscape.traces[1]
    assert pinned["line"]["color"] == PIN_COLOURS[1] == landscape.legend[0][1]
    np.testing.assert_allclose(
        pinned["x"], ground.plane.coordinates(trained(PIN).parameters)[:, 0], rtol=1e-6
    )


def test_stationary_points_are_marked_by_kind_with_the_full_gradient() -> None:
    recording = trained(replace(RUN, seed=41, epochs=10_000))
    ground = lay(recording, PLANES["path"])
    points = stationary_points(recording.config, ground.plane, ground.x[[0, -1]], ground.y[[0, -1]])
    marks = chart(ground, survey(ground, recording.frames), recording, [], points).traces[-1]
    assert marks["x"] == [point.x for point in points]
    assert marks["marker"]["symbol"] == ["x"]
    (text,) = marks["text"]
    assert text.startswith("saddle in this plane<br>loss 0.5000<br>full gradient |∇E| 0.00")


def triangle_areas(mesh: Spec) -> Array:
    """Areas of a mesh's triangles, seen from above; negative for one that is turned over."""
    corners = [np.stack([mesh["x"][mesh[at]], mesh["y"][mesh[at]]], axis=1) for at in "ijk"]
    one, other = (corners[at].astype(float) - corners[0] for at in (1, 2))
    return np.asarray((one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) / 2)


@every_plane
def test_the_figure_of_three_axes_has_a_surface_each_path_and_the_playhead(plane: str) -> None:
    landscape, terrain = drawn(plane)
    space, shown = terrain.space, terrain.heights
    assert space
    assert shown
    types = [trace["type"] for trace in space["data"]]
    assert types == ["mesh3d", *3 * ["scatter3d"]]
    colours = [trace["line"]["color"] for trace in space["data"][1:3]]
    assert colours == [landscape.traces[1]["line"]["color"], CURVE]
    axis = space["layout"]["scene"]["zaxis"]
    assert axis["range"] == [shown.lows.min(), shown.highs.max()]
    for tick, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
        assert axis["range"][0] <= tick <= axis["range"][1]
        assert float(text) == pytest.approx(UNIT * 10**tick, rel=5e-3)


@pytest.mark.parametrize(("name", "parts"), [("coarse", 1), ("fine", PARTS // STRIDE)])
def test_the_surface_has_a_mesh_for_the_coarse_grid_and_one_for_the_finer(
    name: str, parts: int
) -> None:
    ground, _ = surveyed("moving")
    _, terrain = drawn("moving")
    assert terrain.space
    mesh = terrain.space["meshes"][name]
    x, y = (
        np.float32(np.linspace(one[0], one[-1], parts * CELLS + 1)) for one in (ground.x, ground.y)
    )
    np.testing.assert_array_equal(mesh["x"], np.tile(x, len(y)))
    np.testing.assert_array_equal(mesh["y"], np.repeat(y, len(x)))
    areas = triangle_areas(mesh)
    assert areas.min() > 0
    assert areas.sum() == pytest.approx(np.ptp(x) * np.ptp(y), rel=1e-4)


def test_a_loss_that_is_the_same_all_over_is_drawn() -> None:
    ground, survey_of = surveyed("path")
    flat = replace(survey_of, grids=np.full_like(survey_of.grids, 0.5))
    shown = heights_of(flat.grids)
    assert shown.lows[0] < 0 < shown.highs[0]
    pack({"chart": chart(ground, flat, trained(RUN), [PIN])})
    lost = replace(survey_of, grids=np.full_like(survey_of.grids, np.nan))
    pack({"chart": chart(ground, lost, trained(RUN), [PIN])})
