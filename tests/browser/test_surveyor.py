"""A reader goes over the landscape: by the mouse, the keyboard and a finger, and starts runs."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.address import wait_for_address
from tests.support.landscape import (
    BETWEEN,
    LINK,
    RUN,
    TAB,
    click_at,
    landscape,
    tip,
    wait_for_epoch,
)
from tests.support.runs import trained
from tests.support.server import Server
from tests.support.stage import OpenStage, Stage
from xorviz.core.numbers import written
from xorviz.landscape.loss import losses_at
from xorviz.landscape.survey import Asked, lay

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TOLD = """() => {
  const chart = document.querySelector("[data-chart=landscape]");
  const isLoss = (dt) => dt.textContent.includes("½");
  const [loss] = [...document.querySelectorAll(".readouts dt")].filter(isLoss);
  const texts = [chart.querySelector(".reading"), loss.nextElementSibling];
  return [chart.querySelector(".plot").ariaLabel, ...texts.map((one) => one.textContent)];
}"""
"""What is told about the landscape and in the readouts, at one moment."""


def edits_of(page: Page) -> str:
    return str(page.evaluate("new URL(location.href).searchParams.get('edits')"))


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


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(**PHONE) as context:  # type: ignore[arg-type]
        yield context


def test_a_tap_tells_the_numbers_and_a_button_starts_the_run(
    server: Server, phone: BrowserContext
) -> None:
    with phone.new_page() as page:
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
    server: Server, phone: BrowserContext, relief: str
) -> None:
    with phone.new_page() as page:
        page.goto(f"{server.url}/{TAB}&epoch=300&relief={relief}")
        stage = Stage(page)
        wait_for_epoch(stage, 300)
        landscape(stage).evaluate("chart => chart.scrollIntoView({ block: 'end' })")
        stage.next_frames()
        stage.button("Play").click(trial=True)
        inside = "bar => { const { top, bottom } = bar.getBoundingClientRect();"
        inside += " return top >= 0 && bottom <= innerHeight; }"
        assert stage.root.locator(".transport").evaluate(inside)


def test_beside_the_landscape_the_charts_of_the_stage_have_their_room(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{TAB}&epoch=300")
    wait_for_epoch(stage, 300)
    for chart in ("surface", "loss"):
        box = stage.page.locator(f"[data-chart={chart}]").bounding_box()
        assert box
        assert box["height"] > 200


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
