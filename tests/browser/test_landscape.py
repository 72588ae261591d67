"""The tab Landscape in the browser: it follows the playhead, and a point of it starts a run."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.support.address import wait_for_address
from tests.support.axe import violations
from tests.support.landscape import (
    BETWEEN,
    LINK,
    RUN,
    TAB,
    landscape,
    losses_shown,
    told,
    wait_for_epoch,
)
from tests.support.runs import trained
from tests.support.server import Server
from tests.support.stage import OpenStage, Stage
from xorviz.landscape.grid import PARTS
from xorviz.landscape.stationary import stationary_points
from xorviz.landscape.survey import Asked, lay, survey

WITHOUT_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes("webgl") ? null : get.call(this, kind, ...more);
};"""


def assert_shows(stage: Stage, asked: Asked, epoch: int) -> None:
    """Whether the landscape, at rest, has the numbers of this state."""
    ground = lay(trained(RUN), asked)
    over = survey(ground, trained(RUN).at([epoch]), is_fine=True)
    expected = over.grids[0, ::PARTS, ::PARTS]
    assert np.array(losses_shown(stage)) == pytest.approx(expected, rel=1e-6)
    described = landscape(stage).locator(".plot").first.get_attribute("aria-label") or ""
    assert described.startswith(f"At epoch {epoch:,} the run is at ")
    if not ground.moves:
        numbers = [over.losses[0], over.plane_losses[0], over.distances[0]]
        assert told(stage) == pytest.approx(numbers, rel=1e-3)


def marks(stage: Stage) -> list[list[float]]:
    return [list(point) for point in stage.plot("landscape", MARKS)]


MARKS = "((last) => [...last.x].map((x, index) => [x, last.y[index]]))(plot.data.at(-1))"


def test_the_landscape_follows_the_playhead_and_is_exact_between_two_frames(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{TAB}&epoch={BETWEEN}")
    wait_for_epoch(stage, BETWEEN)
    assert_shows(stage, Asked("path"), BETWEEN)
    stage.leave_field()
    stage.page.keyboard.press("ArrowRight")
    wait_for_epoch(stage, BETWEEN + 1)
    assert_shows(stage, Asked("path"), BETWEEN + 1)
    stage.restart()
    wait_for_epoch(stage, 0)
    assert_shows(stage, Asked("path"), 0)


def test_another_plane_is_shown_and_is_in_the_link(open_shared: OpenStage) -> None:
    stage = open_shared(f"{TAB}&epoch=300")
    wait_for_epoch(stage, 300)
    stage.page.get_by_role("radio", name="Three states").click()
    wait_for_epoch(stage, 300, "states")
    assert_shows(stage, Asked("states"), 300)
    wait_for_address(stage, **LINK, plane="states", epoch=300)


def test_a_plane_of_two_weights_moves_with_the_run_and_marks_its_points_at_rest(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{TAB}&plane=weights&up=h1_y&epoch={BETWEEN}")
    asked = Asked("weights", 0, 4)
    for epoch in (BETWEEN, 0):
        wait_for_epoch(stage, epoch, "weights")
        assert_shows(stage, asked, epoch)
        ground = lay(trained(RUN), asked)
        plane = ground.plane_at(trained(RUN).state(epoch))
        points = stationary_points(RUN, plane, ground.x[[0, -1]], ground.y[[0, -1]])
        stage.page.wait_for_function(
            f"count => {{ const plot = document.querySelector('[data-chart=landscape] .plot');"
            f" return {MARKS}.length === count; }}",
            arg=len(points),
        )
        expected = [[point.x, point.y] for point in points]
        assert np.array(marks(stage)) == pytest.approx(np.array(expected), abs=1e-9)
        if epoch:
            stage.restart()


def test_the_surface_in_3_d_follows_the_playhead_and_turns_by_keys(open_stage: OpenStage) -> None:
    stage = open_stage(f"{TAB}&plane=weights&epoch=300&relief=3d")
    wait_for_epoch(stage, 300, "weights")
    space = landscape(stage).locator(".space")
    stage.page.wait_for_selector(".space[data-space=drawn] canvas")
    plot = "document.querySelector('.space .plot')"
    playhead = f"[{plot}.data.at(-1).x[0], {plot}.data.at(-1).y[0]]"
    tip_of_arrow = f"[{plot}.data.at(-1).x.at(-1), {plot}.data.at(-1).y.at(-1)]"
    stage.page.wait_for_function(f"() => {plot}.data")
    at = survey(lay(trained(RUN), Asked("weights", 0, 2)), trained(RUN).at([300])).positions[0]
    assert stage.page.evaluate(playhead) == pytest.approx(at.tolist(), rel=1e-6)
    assert stage.page.evaluate(tip_of_arrow) != pytest.approx(at.tolist(), abs=0.01)
    eye = stage.page.evaluate(f"{plot}.layout.scene.camera.eye.x")
    space.locator(".plot").focus()
    stage.page.keyboard.press("ArrowRight")
    assert stage.page.evaluate(f"{plot}.layout.scene.camera.eye.x") != eye
    assert stage.epoch == 300
    stage.restart()
    start = trained(RUN).parameters[0][[0, 2]]
    stage.page.wait_for_function(
        f"([x, y]) => {{ const at = {playhead};"
        " return Math.abs(at[0] - x) + Math.abs(at[1] - y) < 1e-5; }",
        arg=start.tolist(),
    )


def test_without_webgl_a_sentence_stands_in_its_place(
    server: Server, new_window: Callable[[], Page]
) -> None:
    page = new_window().context.new_page()
    page.add_init_script(WITHOUT_WEBGL)
    for link in (f"{TAB}&epoch=300&relief=3d", "?epochs=300&epoch=0&surface=3d"):
        page.goto(f"{server.url}/{link}")
        page.get_by_text("This browser draws no figures in 3-D").wait_for()
        assert page.get_by_text("The arrow is").count() == 0
        assert page.get_by_text("Drag to turn it").count() == 0
    page.close()


@pytest.mark.parametrize("plane", ["path", "weights"])
def test_axe_finds_nothing_in_the_landscape(open_shared: OpenStage, plane: str) -> None:
    stage = open_shared(f"{TAB}&plane={plane}&epoch=300")
    wait_for_epoch(stage, 300, plane)
    assert violations(stage.page, "[data-chart=landscape]") == []
