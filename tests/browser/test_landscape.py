"""The tab Landscape in the browser: it follows the playhead, and a point of it starts a run."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.support.address import wait_for_address
from tests.support.axe import violations
from tests.support.runs import trained
from tests.support.server import Server
from tests.support.shown import number
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.numbers import written
from xorviz.landscape.grid import PARTS
from xorviz.landscape.loss import losses_at
from xorviz.landscape.stationary import stationary_points
from xorviz.landscape.survey import Asked, lay, survey

RUN = TrainConfig(seed=7, epochs=1_000)
BETWEEN = 503
"""An epoch between two frames."""
LINK = {"seed": 7, "epochs": 1_000, "tab": "landscape"}
TAB = "?seed=7&epochs=1000&tab=landscape"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TOLD = """() => {
  const chart = document.querySelector("[data-chart=landscape]");
  const isLoss = (dt) => dt.textContent.includes("½");
  const [loss] = [...document.querySelectorAll(".readouts dt")].filter(isLoss);
  const texts = [chart.querySelector(".reading"), loss.nextElementSibling];
  return [chart.querySelector(".plot").ariaLabel, ...texts.map((one) => one.textContent)];
}"""
"""What is told about the landscape and in the readouts, at one moment."""
WITHOUT_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes("webgl") ? null : get.call(this, kind, ...more);
};"""


def landscape(stage: Stage) -> Locator:
    return stage.page.locator("[data-chart=landscape]")


def wait_for_epoch(stage: Stage, epoch: int, plane: str = "path") -> None:
    """Wait until the landscape is that of an epoch, at rest."""
    stage.wait("data-settled", str(epoch))
    stage.page.wait_for_selector(
        f"[data-chart=landscape][data-plane={plane}][data-epoch='{epoch}']"
    )


def losses_shown(stage: Stage) -> list[list[float]]:
    """What the tips tell at the points of the grid, by row."""
    shown = "[...plot.data[0].z].map(row => [...row])"
    return stage.plot("landscape", shown)  # type: ignore[no-any-return]


def told(stage: Stage) -> list[float]:
    """The numbers below the chart: the loss, that of the plane, and the distance."""
    text = landscape(stage).locator(".reading").inner_text()
    return [number(part.split(" ")[-1]) for part in text.split(". From")[0].split(";")]


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


def test_a_click_on_a_plane_of_two_weights_starts_a_run_from_there(open_stage: OpenStage) -> None:
    stage = open_stage(f"{TAB}&plane=weights&epoch={BETWEEN}")
    wait_for_epoch(stage, BETWEEN, "weights")
    before = stage.run
    click_at(stage, 0.25)
    stage.wait_for_run_other_than(before)
    wait_for_epoch(stage, BETWEEN, "weights")
    ground = lay(trained(RUN), Asked("weights", 0, 2))
    x, y = ground.x[0] + np.ptp(ground.x) / 4, ground.y[-1] - np.ptp(ground.y) / 4
    stage.page.wait_for_url(lambda url: "edits=" in url)
    edits = dict(part.rsplit("_", 1) for part in edits_of(stage.page).split("~"))
    assert list(edits) == [f"{BETWEEN}_x1_h1", f"{BETWEEN}_x2_h1"]
    step = np.ptp(ground.x) / 100
    assert [float(value) for value in edits.values()] == pytest.approx([x, y], abs=step)


def edits_of(page: Page) -> str:
    return str(page.evaluate("new URL(location.href).searchParams.get('edits')"))


def test_the_arrow_keys_walk_over_the_plane_tell_its_loss_and_enter_starts_a_run(
    open_stage: OpenStage,
) -> None:
    stage = open_stage(f"{TAB}&plane=weights&epoch=300")
    wait_for_epoch(stage, 300, "weights")
    before = stage.run
    landscape(stage).locator(".plot").first.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
        stage.page.keyboard.press(key)
    ground = lay(trained(RUN), Asked("weights", 0, 2))
    middle = len(ground.x) // 2
    x, y = ground.x[middle + 1], ground.y[middle + 1]
    state = trained(RUN).state(300).copy()
    state[[0, 2]] = x, y
    status = landscape(stage).get_by_role("status").inner_text()
    loss = re.search(r": loss (\S+)\. Enter starts a run there\.$", status)
    assert loss
    assert loss[1] == written(float(losses_at(RUN, state)))
    assert tip(stage)[-1] == f"loss {loss[1]}"
    assert stage.epoch == 300
    stage.page.keyboard.press("Enter")
    stage.wait_for_run_other_than(before)
    wait_for_address(
        stage,
        **LINK,
        edits=[f"300_x1_h1_{float(x)!r}~300_x2_h1_{float(y)!r}"],
        plane="weights",
        pin=["seed=7&epochs=1000"],
        epoch=300,
    )
    wait_for_epoch(stage, 300, "weights")
    assert stage.readouts()["½ Σ error²"] == loss[1]


def tip(stage: Stage) -> list[str]:
    """The lines of the tip at the chart, if there is one."""
    lines = landscape(stage).locator(".hoverlayer .nums .line, .hoverlayer .nums:not(:has(.line))")
    return lines.all_text_contents()


def test_near_the_path_the_tip_of_a_walk_is_that_of_the_point(open_shared: OpenStage) -> None:
    stage = open_shared(f"{TAB}&plane=weights&across=h1_y&up=h2_y&epoch=1000")
    wait_for_epoch(stage, 1000, "weights")
    landscape(stage).locator(".plot").first.focus()
    ground = lay(trained(RUN), Asked("weights", 4, 5))
    at = [
        round((value - one[0]) / (one[1] - one[0])) - len(one) // 2
        for value, one in zip(ground.path[-1], (ground.x, ground.y), strict=True)
    ]
    keys = [("ArrowRight", "ArrowLeft")[at[0] < 0]] * abs(at[0])
    keys += [("ArrowUp", "ArrowDown")[at[1] < 0]] * abs(at[1])
    for key in ["ArrowUp", *keys]:
        stage.page.keyboard.press(key)
    first, second, last = tip(stage)
    assert first.startswith("h1 → ŷ ")
    assert second.startswith("h2 → ŷ ")
    assert last.startswith("loss ")


def test_numbers_of_the_tips_have_true_minus_signs(open_shared: OpenStage) -> None:
    stage = open_shared(f"{TAB}&epoch=300")
    wait_for_epoch(stage, 300)
    corner: str = stage.plot("landscape", "plot.data[0].text[0][0]")
    assert "−" in corner
    assert "-" not in corner


def test_a_click_takes_the_tip_away_and_the_start_is_taken_back_at_the_chart(
    open_stage: OpenStage,
) -> None:
    stage = open_stage(f"{TAB}&plane=weights&epoch={BETWEEN}")
    wait_for_epoch(stage, BETWEEN, "weights")
    before = stage.run
    click_at(stage, 0.25)
    stage.wait_for_run_other_than(before)
    wait_for_epoch(stage, BETWEEN, "weights")
    assert tip(stage) == []
    stage.page.get_by_role("button", name="Undo", exact=True).click()
    stage.wait("data-run", before)
    stage.page.wait_for_url(lambda url: "edits=" not in url and "pin=" not in url)


def click_at(stage: Stage, share: float) -> None:
    """Click on the chart, at this share of its width and height from the corner at the top left."""
    box = landscape(stage).locator(".nsewdrag").bounding_box()
    assert box
    stage.page.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] * share)


def test_a_tap_tells_the_numbers_and_a_button_starts_the_run(
    server: Server, browser: Browser
) -> None:
    with browser.new_context(**PHONE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{server.url}/{TAB}&plane=weights&epoch=300")
        stage = Stage(page)
        wait_for_epoch(stage, 300, "weights")
        before = stage.run
        chart = landscape(stage).locator(".nsewdrag")
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box
        page.touchscreen.tap(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
        start = landscape(stage).get_by_role("button", name="Start a run here")
        start.wait_for()
        assert tip(stage)[-1].startswith("loss ")
        assert stage.run == before
        loss = tip(stage)[-1].removeprefix("loss ")
        start.click()
        stage.wait_for_run_other_than(before)
        wait_for_epoch(stage, 300, "weights")
        assert stage.readouts()["½ Σ error²"] == loss
        assert not start.is_visible()


@pytest.mark.parametrize("relief", ["contours", "3d"])
def test_on_a_phone_the_transport_bar_stays_in_view_with_the_chart(
    server: Server, browser: Browser, relief: str
) -> None:
    with browser.new_context(**PHONE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{server.url}/{TAB}&epoch=300&relief={relief}")
        stage = Stage(page)
        wait_for_epoch(stage, 300)
        landscape(stage).evaluate("chart => chart.scrollIntoView({ block: 'end' })")
        stage.next_frames()
        stage.button("Play").click(trial=True)
        inside = "bar => { const { top, bottom } = bar.getBoundingClientRect();"
        inside += " return top >= 0 && bottom <= innerHeight; }"
        assert stage.root.locator(".transport").evaluate(inside)


def test_while_the_run_plays_nothing_tells_another_epoch(open_stage: OpenStage) -> None:
    stage = open_stage(f"{TAB}&epoch=300")
    wait_for_epoch(stage, 300)
    plot = landscape(stage).locator(".plot").first
    assert (plot.get_attribute("aria-label") or "").startswith("At epoch 300 ")
    stage.set_speed("0.1")
    stage.play()
    stage.wait_for_later_epoch(300)
    label, reading, loss = stage.page.evaluate(TOLD)
    assert "epoch" not in label
    assert reading.startswith(f"Loss {loss};")


def test_the_surface_in_3_d_follows_the_playhead_and_turns_by_keys(open_stage: OpenStage) -> None:
    stage = open_stage(f"{TAB}&plane=weights&epoch=300&relief=3d")
    wait_for_epoch(stage, 300, "weights")
    space = landscape(stage).locator(".space")
    stage.page.wait_for_selector(".space[data-space=drawn] canvas")
    plot = "document.querySelector('.space .plot')"
    playhead = f"[{plot}.data.at(-1).x[0], {plot}.data.at(-1).y[0]]"
    tip_of_arrow = f"[{plot}.data.at(-2).x.at(-1), {plot}.data.at(-2).y.at(-1)]"
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
