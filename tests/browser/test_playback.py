"""The stage: playing, stepping, scrubbing, and new runs in place."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.support.address import wait_for_address
from tests.support.layout import chart_boxes
from tests.support.runs import trained
from tests.support.shared import LOSS_ALONE
from tests.support.shown import assert_reads, assert_shows
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.network import forward_pass

NOTEBOOK = TrainConfig()
TEN_PICTURES = """async () => {
  const seen = {};
  while (Object.keys(seen).length < 10) {
    const { state, epoch } = document.querySelector("[data-testid=stage]").dataset;
    seen[epoch] = [state, location.search];
    await new Promise(requestAnimationFrame);
  }
  return Object.values(seen);
}"""
"""State and address while ten epochs are shown."""


def test_the_page_opens_on_the_notebooks_run_plays_it_to_its_end_and_then_again(
    open_stage: OpenStage,
) -> None:
    stage = open_stage()
    assert stage.page.evaluate(TEN_PICTURES) == [["playing", ""]] * 10
    stage.set_speed("4×")
    stage.page.wait_for_selector("[data-testid=stage][data-state=ended]", timeout=8_000)
    assert_reads(stage, NOTEBOOK, 10_000)
    assert stage.root.locator(".readouts .right").count() == 4
    assert stage.root.locator(".verdict").inner_text() == (
        "Solved: all four predictions are right from epoch 871 on."
    )
    wait_for_address(stage, epoch=10_000, speed=4)
    stage.play()
    assert stage.epoch < 5_000


def test_nothing_moves_where_the_outcome_is_reached(open_shared: OpenStage) -> None:
    stage = open_shared("?hidden=1&epochs=1000&epoch=500")
    stage.resize(1440, 900)  # lays out what the case before has left
    boxes = chart_boxes(stage)
    stage.scrubber.press("End")  # elsewhere it is the page's where that scrolls
    stage.wait("data-settled", "1000")
    assert stage.root.locator(".verdict").inner_text().startswith("Not solved. At the end")
    assert chart_boxes(stage) == boxes
    stage.resize(390, 844)
    boxes = chart_boxes(stage)
    stage.restart()
    assert stage.root.locator(".verdict").inner_text().startswith("At epoch 0: ")
    assert chart_boxes(stage) == boxes


def test_buttons_and_keys_play_pause_step_and_jump(stage: Stage, page: Page) -> None:
    stage.play()
    stage.pause()
    paused_at = stage.epoch
    stage.button("Step forward").click()
    stage.wait("data-epoch", str(paused_at + 1))
    stage.button("Step back").click()
    stage.wait("data-epoch", str(paused_at))
    stage.button("Restart").click()
    stage.wait("data-epoch", "0")
    assert stage.state == "paused"
    stage.leave_field()
    for key, attribute, value in (
        ("Space", "state", "playing"),
        ("Space", "state", "paused"),
        ("Home", "epoch", "0"),
        ("ArrowRight", "epoch", "1"),
        ("ArrowLeft", "epoch", "0"),
        ("End", "state", "ended"),
        ("Space", "state", "playing"),
    ):
        page.keyboard.press(key)
        stage.wait(f"data-{attribute}", value)


def test_the_scrubber_goes_to_recorded_epochs_from_which_arrow_keys_step_by_one_or_to_the_next(
    stage: Stage, page: Page
) -> None:
    recording = trained(NOTEBOOK)
    stage.scrubber.fill("5000")  # of ten thousand: half of the playing time
    middle = np.abs(recording.times - 0.5).argmin()
    first, second, third = (int(epoch) for epoch in recording.epochs[middle : middle + 3])
    stage.wait("data-settled", str(first))
    assert_shows(stage, NOTEBOOK, first)
    stage.leave_field()
    page.keyboard.press("Shift+ArrowRight")
    stage.wait("data-epoch", str(second))
    stage.button("Step forward").click(modifiers=["Shift"])
    stage.wait("data-epoch", str(third))
    page.keyboard.press("Shift+ArrowLeft")
    stage.wait("data-epoch", str(second))
    stage.scrubber.focus()
    page.keyboard.press("ArrowRight")
    stage.wait("data-epoch", str(second + 1))


def test_a_held_arrow_key_goes_epoch_by_epoch_each_exact(open_shared: OpenStage) -> None:
    stage = open_shared(f"?epoch=10000&{LOSS_ALONE}")
    for step in range(1, 31):  # ten more than the page has states ahead
        stage.page.keyboard.press("ArrowLeft")
        stage.wait("data-epoch", str(10_000 - step))
    assert_reads(stage.settled(), NOTEBOOK, 9_970)


def test_a_paused_run_is_followed_by_one_at_the_same_relative_place(open_shared: OpenStage) -> None:
    stage = open_shared(f"?epoch=300&{LOSS_ALONE}")
    stage.scrubber.fill("5000")
    run, epoch = stage.settled().run, stage.epoch
    assert epoch != 300
    stage.nudge("Seed")
    assert (stage.settled().epoch, stage.state) == (epoch, "paused")
    stage.nudge("Seed", "ArrowLeft")
    assert (stage.settled().run, stage.epoch) == (run, epoch)
    stage.nudge("Epochs")
    before, after = trained(NOTEBOOK), trained(TrainConfig(epochs=10_100))
    share = before.times[np.searchsorted(before.epochs, epoch)]
    assert stage.epoch == after.epochs[np.abs(after.times - share).argmin()]
    assert stage.state == "paused"


def test_a_long_run_says_that_it_is_trained(open_shared: OpenStage) -> None:
    long = "".join(f"&pin=hidden%3D16%26epochs%3D50000%26seed%3D{seed}" for seed in (1, 2, 3))
    stage = open_shared(f"?hidden=16&epochs=100&{LOSS_ALONE}{long}")
    run = stage.run
    stage.setting("Epochs").focus()
    stage.page.keyboard.press("End")  # a single step may be trained ahead
    seen = "() => getComputedStyle(document.querySelector('.busy')).visibility === 'visible'"
    stage.page.wait_for_function(seen)
    stage.wait_for_run_other_than(run)
    stage.page.get_by_text("Training…").wait_for(state="hidden")


def test_a_playing_run_is_followed_by_one_that_plays_from_its_start_in_the_same_charts(
    stage: Stage,
) -> None:
    stage.mark_plots()
    stage.play()
    for label in ("Seed", "Hidden size"):
        stage.nudge(label)
        assert stage.state == "playing"
        assert stage.epoch < 5_000
        assert stage.plots_are_the_marked()
    stage.leave_field()
    stage.page.keyboard.press("End")
    stage.wait("data-state", "ended")
    assert_shows(stage.settled(), TrainConfig(seed=43, hidden_size=3), 10_000)
    assert stage.plots_are_the_marked()


def test_zoom_and_the_kind_of_loss_survive_playback_and_a_new_run(open_shared: OpenStage) -> None:
    stage = open_shared("?epoch=0&speed=4")
    page = stage.page
    stage.button("½ Σ error²").click()
    stage.button("log").click()
    box = stage.root.locator("[data-chart=loss] .nsewdrag").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.8 * box["height"], steps=4)
    page.mouse.up()
    zoomed = pytest.approx([2_000, 6_000], abs=50)
    plot = "document.querySelector('[data-chart=loss] .js-plotly-plot')"
    page.wait_for_function(f"() => {plot}.layout.xaxis.range[0] > 0")
    assert stage.plot("loss", "plot.layout.xaxis.range") == zoomed
    stage.play()
    stage.wait("data-state", "ended")
    assert stage.plot("loss", "plot.layout.xaxis.range") == zoomed
    assert stage.cursor("loss") is None
    stage.nudge("Seed")
    assert stage.plot("loss", "plot.layout.xaxis.range") == zoomed
    assert stage.plot("loss", "plot.data.map(trace => trace.visible)") == [False, False, True]
    assert stage.plot("loss", "plot.layout.yaxis.type") == "log"
    assert stage.button("log").get_attribute("aria-pressed") == "true"
    assert page.locator(".plotly-notifier").count() == 0
    stage.button("Reset zoom: Loss").click()
    assert stage.plot("loss", "plot.layout.xaxis.range") == [0, 10_000]
    epoch = stage.settled().epoch
    assert stage.cursor("loss") == pytest.approx(epoch, abs=1)
    assert stage.plot("loss", "plot.layout.yaxis.autorange") is True
    assert stage.root.get_by_role("button", name=re.compile("zoom", re.I)).count() == 0


def test_pointing_tells_the_value_at_the_playhead_while_playing_and_at_rest(
    stage: Stage, page: Page
) -> None:
    stage.set_speed("0.5×")
    stage.play()
    box = stage.root.locator("[data-chart=hidden] .nsewdrag").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 5 / 8, box["y"] + box["height"] / 4)
    stage.root.locator("[data-chart=hidden] .hoverlayer .hovertext").wait_for()
    assert stage.state == "playing"
    page.keyboard.press("End")
    stage.wait("data-state", "ended")
    stage.settled()
    page.mouse.move(box["x"] + box["width"] * 5 / 8 + 3, box["y"] + box["height"] / 4)
    final = forward_pass(trained(NOTEBOOK).final.flat, 2).hidden
    page.wait_for_function(
        "text => document.querySelector('[data-chart=hidden] .hovertext')"
        "?.textContent.includes(text)",
        arg=f"input 10, h1: {final[2, 0]:.3f}",
    )


def test_pointing_at_a_weight_lets_its_line_stand_out_and_nothing_of_plotlys_covers_a_chart(
    stage: Stage,
) -> None:
    opacity = "plot.data.map(trace => trace.opacity)"
    stage.root.locator("[data-chart=weights] dl > div").nth(1).hover()
    assert stage.plot("weights", opacity) == [0.15, 1, 0.15, 0.15, 0.15, 0.15]
    stage.root.locator("[data-chart=loss] .nsewdrag").hover()
    assert stage.plot("weights", opacity) == [1] * 6
    assert stage.page.locator(".modebar, .plotly-notifier").count() == 0
