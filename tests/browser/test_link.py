"""The link in the browser: it opens just what was on the page, and follows what is done there."""

import io
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.support.address import address, wait_for_address
from tests.support.runs import trained
from tests.support.shared import LOSS_ALONE
from tests.support.shown import assert_shows, visible_charts
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.settings.link import run_query
from xorviz.stage.opening import is_inside

RUN = TrainConfig(seed=7, epochs=1_000)
BETWEEN = 503
"""An epoch of it between two frames."""
LINK = {"seed": 7, "epochs": 1_000}
LOOK = {"speed": 2, "loss": "half", "axis": "log"}
VIEW = {"epoch": BETWEEN, **LOOK}
PINS = (TrainConfig(), TrainConfig(8, 2.0, epochs=500))
ENTRY = "navigation.currentEntry.key"
"""Of the history: each entry has another."""
SHOWN: dict[str, tuple[dict[str, str], set[str]]] = {
    "backprop": ({}, {"network"}),
    "hands": ({}, {"network", "surface", "hidden"}),
    "atlas": ({"seeds": "7:9", "lrs": "1"}, {"loss"}),
    "doctor": ({}, {"surface", "hidden"}),
    "landscape": ({"plane": "weights", "up": "h1_y"}, {"surface", "loss"}),
    "compare": ({}, {"loss", "weights"}),
    "check": ({}, {"loss", "weights"}),
}
"""What each tab's link has besides, and charts that are seen there."""


def test_a_link_rests_at_its_epoch_exactly_in_every_tab_and_another_tab_leaves_the_view(
    open_shared: OpenStage,
) -> None:
    assert is_inside(RUN, BETWEEN)
    for tab, (more, charts) in SHOWN.items():
        link = {**LINK, "tab": tab, **more, **VIEW}
        stage = open_shared(f"?{urlencode(link)}")
        assert visible_charts(stage) >= charts
        assert_shows(stage, RUN, BETWEEN)
        wait_for_address(stage, **link)
    with stage.rerun():
        stage.tab("Watch").click()
    assert len(visible_charts(stage)) == 5
    assert_shows(stage, RUN, BETWEEN)
    wait_for_address(stage, **LINK, **VIEW)


def look(stage: Stage) -> dict[str, Any]:
    """How the run is looked at."""
    pressed = stage.root.locator("[data-chart=loss] [aria-pressed=true]")
    lines = "plot.data.map(({ visible, y, line }) => ({ visible, y: [...y], line }))"
    return {
        "place": (stage.run, stage.epoch, stage.state),
        "readouts": stage.readouts(),
        "speed": stage.root.locator(".speed").input_value(),
        "switches": pressed.all_inner_texts(),
        "axis": stage.plot("loss", "plot.layout.yaxis.type"),
        "pins": stage.root.locator("[data-chart=loss] .legend li").all_inner_texts(),
        "losses": stage.plot("loss", lines),
        "weights": stage.plot("weights", "plot.data.map(({ y }) => [...y])"),
    }


SQUARE = "* { border-radius: 0 !important; }"
"""A style for pictures that are compared: Chromium smooths a round corner now so, now otherwise."""


def picture(stage: Stage) -> NDArray[np.int16]:
    """The charts as they are seen, in red, green and blue."""
    png = stage.root.locator(".charts").screenshot(animations="disabled", style=SQUARE)
    return np.array(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int16)


def test_what_is_looked_at_is_in_the_address_which_shows_the_same_picture_in_another_window(
    open_shared: OpenStage, open_stage: OpenStage
) -> None:
    pins = [run_query(run) for run in PINS]
    stage = open_shared("?" + urlencode({**LINK, "pin": pins, "epoch": 0}, doseq=True))
    stage.scrubber.fill("5000")
    stage.button("½ Σ error²").click()
    stage.button("log").click()
    stage.set_speed("2×")
    stage.page.mouse.move(0, 0)
    wait_for_address(stage, **LINK, pin=pins, epoch=stage.epoch, **LOOK)
    seen, one = look(stage), picture(stage)
    assert (seen["speed"], seen["axis"]) == ("2", "log")
    assert seen["switches"] == ["½ Σ error²", "log"]
    assert seen["pins"] == ["seed 42, rate 0.5", "seed 8, rate 2, 500 epochs"]
    shown = [line["y"] for line in seen["losses"] if line["visible"]]
    ends = [trained(run).half_squared_error[-1] for run in (*PINS, RUN)]
    assert [losses[-1] for losses in shown] == pytest.approx(ends, rel=1e-6)
    elsewhere = open_stage("?" + urlencode(address(stage), doseq=True)).settled()
    assert look(elsewhere) == seen
    assert address(elsewhere) == address(stage)
    other = picture(elsewhere)
    assert np.abs(one - other).max() <= 2  # of 255


def test_a_link_that_plays_goes_on_from_its_epoch_and_then_tells_where_it_rests(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?seed=7&epoch=5013&play=true&speed=0.5")
    assert stage.state == "playing"
    assert 5_013 <= stage.epoch < 9_000
    wait_for_address(stage, seed=7, epoch=5_013, play="true", speed=0.5)
    assert stage.state == "playing"
    stage.set_speed("4×")
    stage.settled()
    assert (stage.epoch, stage.state) == (10_000, "ended")
    wait_for_address(stage, seed=7, epoch=10_000, speed=4)


GO_BACK = """async (times) => {
  while (times--) {
    history.back();
    await new Promise((go) => addEventListener("popstate", go, { once: true }));
    for (let picture = 0; picture < 7; picture++) await new Promise(requestAnimationFrame);
  }
}"""


def test_going_back_and_forward_brings_each_runs_epoch_back_however_quickly_the_steps_follow(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"?seed=1&epochs=300&epoch=100&{LOSS_ALONE}")
    (hide,) = address(stage)["hide"]
    page, first = stage.page, stage.run
    stage.nudge("Seed")
    stage.nudge("Hidden size")
    before, rested = stage.settled().run, stage.epoch
    stage.nudge("Seed")
    page.wait_for_url("**/?seed=3&hidden=3&epochs=300&*")
    entry, run = stage.settled().page.evaluate(ENTRY), stage.run
    stage.leave_field()
    for epoch in (stage.epoch + 1, stage.epoch + 2):
        page.keyboard.press("ArrowRight")
        stage.wait("data-settled", str(epoch))
    wait_for_address(stage, seed=3, hidden=3, epochs=300, hide=hide, epoch=epoch)
    assert page.evaluate(ENTRY) == entry, "single steps are no entries of the history"
    page.go_back()
    stage.wait("data-run", before)
    stage.wait("data-epoch", str(rested))
    wait_for_address(stage.settled(), seed=2, hidden=3, epochs=300, hide=hide, epoch=rested)
    page.go_forward()
    stage.wait("data-run", run)
    stage.wait("data-epoch", str(epoch))
    wait_for_address(stage.settled(), seed=3, hidden=3, epochs=300, hide=hide, epoch=epoch)
    page.evaluate(GO_BACK, 3)
    stage.wait("data-run", first)
    wait_for_address(stage.settled(), seed=1, epochs=300, hide=hide, epoch=100)


def test_going_back_takes_a_pinned_run_away_and_going_forward_brings_it_back(
    open_shared: OpenStage,
) -> None:
    link = {**LINK, "tab": "compare", **VIEW}
    stage = open_shared(f"?{urlencode(link)}")
    with stage.rerun():
        stage.page.get_by_role("button", name="Pin this run").click()
    legend = stage.root.locator("[data-chart=loss] .legend li")
    legend.wait_for()
    wait_for_address(stage, **link, pin=run_query(RUN))
    before = look(stage)
    with stage.rerun():
        stage.page.go_back()
    legend.wait_for(state="detached")
    wait_for_address(stage, **link)
    with stage.rerun():
        stage.page.go_forward()
    legend.wait_for()
    wait_for_address(stage, **link, pin=run_query(RUN))
    assert look(stage) == before


def test_space_home_and_end_scroll_a_page_that_has_more_than_it_shows(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?epoch=700")
    stage.resize(1000, 500)
    stage.page.get_by_test_id("stMain").focus()
    stage.page.keyboard.press("End")
    stage.page.wait_for_function(
        "() => document.querySelector('[data-testid=stMain]').scrollTop > 0"
    )
    assert stage.epoch == 700
    stage.button("Share").focus()
    stage.page.keyboard.press("End")
    stage.wait("data-epoch", "10000")


JUNK = {
    "hide": "%",
    "speed": "%zz",
    "loss": "%00",
    "axis": "%ff%fe",
    "colour": "%F0%9F%92",
    "pace": "+",
    "tab": "%0d%0aX:1",
    "targets": "&&==",
    "pin": "seed=%E2%80%AE",
}


def test_a_link_that_plays_rests_for_who_prefers_reduced_motion_and_junk_in_it_does_no_harm(
    open_stage: OpenStage,
) -> None:
    junk = "&".join(f"{name}={text}" for name, text in JUNK.items())
    query = f"?{run_query(RUN)}&epoch={BETWEEN}&play=true&{junk}"
    stage = open_stage(query, reduced_motion="reduce").settled()
    assert_shows(stage, RUN, BETWEEN)
    assert stage.page.get_by_test_id("stText").count() == len(JUNK)
    assert stage.page.evaluate("new URL(location.href).searchParams.getAll('epoch').length") == 1
    assert address(stage)["epoch"] == [str(BETWEEN)]
    assert "play" not in address(stage)
    stage.play()


def test_a_link_to_a_step_plays_where_it_says_so(open_stage: OpenStage) -> None:
    stage = open_stage("?tab=backprop&play=true&epochs=300&speed=0.1")
    stage.button("Pause").wait_for()
