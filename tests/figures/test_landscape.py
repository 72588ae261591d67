from dataclasses import replace

import numpy as np
import pytest

from tests.support.figures import figure
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.figures.chart import Spec
from xorviz.figures.landscape import Landscape, chart
from xorviz.figures.terrain import (
    CONTOURS,
    DECIMALS,
    LONGEST,
    LOWEST,
    MAGNIFIED,
    UNIT,
    Terrain,
    logarithms,
    magnified,
)
from xorviz.figures.theme import CURVE, PIN_COLOURS
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


def rows_of(landscape: Landscape, frame: int) -> Array:
    """The logarithms that are drawn in a frame."""
    if landscape.channels:
        packed = encode_channel(landscape.channels[0])
        return np.asarray(packed["data"][frame] * packed["scale"])
    return np.array(landscape.traces[0]["z"])


@every_plane
def test_plotly_takes_the_chart(plane: str) -> None:
    landscape, _ = drawn(plane)
    assert figure(landscape).data[0].type == "heatmap"
    pack({"chart": landscape})


@every_plane
def test_the_drawn_losses_are_those_of_the_survey(plane: str) -> None:
    _, survey_of = surveyed(plane)
    landscape, _ = drawn(plane)
    for frame in (0, -1):
        losses = UNIT * 10 ** rows_of(landscape, frame)
        grid = survey_of.grids[frame if landscape.channels else 0]
        np.testing.assert_allclose(losses, np.maximum(grid, LOWEST), rtol=3 * 10.0**-DECIMALS)


@every_plane
def test_the_colours_go_from_the_lowest_to_the_highest_loss_of_all_frames(plane: str) -> None:
    _, survey_of = surveyed(plane)
    _, terrain = drawn(plane)
    logs = logarithms(survey_of.grids)
    assert (terrain.low, terrain.high) == (logs.min(), logs.max())
    assert terrain.ends == tuple(f"{UNIT * 10**log:.2g}" for log in (logs.min(), logs.max()))
    assert CONTOURS <= (terrain.high - terrain.low) / terrain.step <= 3 * CONTOURS


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
    assert [name for name in PLANES if drawn(name)[0].channels] == ["moving"]
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
    types = [trace["type"] for trace in terrain.space["data"]]
    assert types == ["mesh3d", "scatter3d", "scatter3d", "scatter3d"]
    colours = [trace["line"]["color"] for trace in terrain.space["data"][1:3]]
    assert colours == [landscape.traces[1]["line"]["color"], CURVE]
    mesh, stride = terrain.space["data"][0], terrain.space["stride"]
    x, y = landscape.traces[0]["x"][::stride], landscape.traces[0]["y"][::stride]
    np.testing.assert_array_equal(mesh["x"], np.tile(x, len(y)))
    np.testing.assert_array_equal(mesh["y"], np.repeat(y, len(x)))
    areas = triangle_areas(mesh)
    assert areas.min() > 0
    assert areas.sum() == pytest.approx(np.ptp(x) * np.ptp(y), rel=1e-4)
    axis = terrain.space["layout"]["scene"]["zaxis"]
    for tick, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
        assert terrain.low <= tick <= terrain.high
        assert float(text) == pytest.approx(UNIT * 10**tick, rel=5e-3)


def test_a_loss_that_is_the_same_all_over_is_drawn() -> None:
    ground, survey_of = surveyed("path")
    flat = replace(survey_of, grids=np.full_like(survey_of.grids, 0.5))
    terrain = chart(ground, flat, trained(RUN), [PIN]).terrain
    assert terrain
    assert terrain.low < 0 < terrain.high
    lost = replace(survey_of, grids=np.full_like(survey_of.grids, np.nan))
    pack({"chart": chart(ground, lost, trained(RUN), [PIN])})
