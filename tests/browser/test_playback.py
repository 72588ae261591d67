"""The stage: playing, stepping, scrubbing, and new runs in place."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import decision_surface
from xorviz.core.network import forward_pass


def test_the_page_opens_on_the_notebooks_run_and_plays_it_to_its_end(open_stage: OpenStage) -> None:
    stage = open_stage()
    assert stage.state == "playing"
    stage.set_speed("4×")
    stage.wait("data-state", "ended")
    assert stage.epoch == 10_000
    final = trained(TrainConfig())
    assert float(stage.readouts()["mean |error|"]) == pytest.approx(
        final.mean_abs_error[-1], rel=1e-3
    )
    for row, name in enumerate(("00", "01", "10", "11")):
        shown = stage.readouts()[f"ŷ({name})"]
        assert float(shown) == pytest.approx(final.predictions[-1, row], rel=1e-3)
    assert stage.root.locator(".readouts .right").count() == 4
    assert stage.root.locator(".verdict").inner_text() == (
        "Solved: all four predictions are right from epoch 871 on."
    )


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_nothing_moves_where_the_outcome_is_reached(
    open_shared: OpenStage, width: int, height: int
) -> None:
    stage = open_shared("?hidden=1&epochs=1000&epoch=500")
    stage.resize(width, height)
    stage.settled()
    boxes = [section.bounding_box() for section in stage.root.locator("section").all()]
    stage.scrub(1_000)
    assert stage.root.locator(".verdict").inner_text().startswith("Not solved. At the end")
    assert boxes == [section.bounding_box() for section in stage.root.locator("section").all()]


def test_play_starts_again_from_the_beginning_after_the_end(stage: Stage) -> None:
    stage.page.keyboard.press("End")
    stage.wait("data-state", "ended")
    stage.play()
    assert stage.epoch < 5_000


def test_the_buttons_pause_step_and_restart(stage: Stage) -> None:
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


def test_the_scrubber_goes_to_recorded_epochs(stage: Stage) -> None:
    stage.scrub(5_010)
    recorded = trained(TrainConfig()).epochs
    assert stage.epoch == recorded[np.searchsorted(recorded, 5_010)]
    assert stage.state == "paused"


def test_the_keys_play_pause_step_and_jump(stage: Stage, page: Page) -> None:
    stage.play()
    stage.leave_field()
    page.keyboard.press("Space")
    stage.wait("data-state", "paused")
    page.keyboard.press("Home")
    stage.wait("data-epoch", "0")
    page.keyboard.press("ArrowRight")
    stage.wait("data-epoch", "1")
    page.keyboard.press("ArrowLeft")
    stage.wait("data-epoch", "0")
    page.keyboard.press("End")
    stage.wait("data-state", "ended")
    page.keyboard.press("Space")
    stage.wait("data-state", "playing")


def test_the_arrow_keys_step_while_the_scrubber_has_the_focus(stage: Stage, page: Page) -> None:
    stage.scrub(0)
    stage.scrubber.focus()
    page.keyboard.press("ArrowRight")
    stage.wait("data-epoch", "1")


@pytest.mark.parametrize("epoch", [5_000, 10_000])
def test_a_held_arrow_key_goes_epoch_by_epoch_each_exact(stage: Stage, epoch: int) -> None:
    stage.scrub(epoch)
    stage.leave_field()
    recording, first = trained(TrainConfig()), stage.epoch
    for step in range(1, 61):
        stage.page.keyboard.press("ArrowLeft")
        stage.wait("data-epoch", str(first - step))
    stage.settled()
    errors = recording.mean_abs_error[stage.epoch]
    assert float(stage.readouts()["mean |error|"]) == pytest.approx(errors, rel=1e-3)


def test_with_shift_the_arrow_keys_go_from_frame_to_frame(stage: Stage, page: Page) -> None:
    stage.scrub(5_000)
    stage.leave_field()
    recorded = trained(TrainConfig()).epochs
    after = recorded[recorded > stage.epoch]
    page.keyboard.press("Shift+ArrowRight")
    stage.wait("data-epoch", str(after[0]))
    stage.button("Step forward").click(modifiers=["Shift"])
    stage.wait("data-epoch", str(after[1]))
    page.keyboard.press("Shift+ArrowLeft")
    stage.wait("data-epoch", str(after[0]))


def test_keys_meant_for_a_setting_do_not_move_the_playhead(stage: Stage) -> None:
    stage.scrub(5_000)
    epoch = stage.epoch
    stage.nudge("Seed")
    assert stage.epoch == epoch
    assert stage.state == "paused"


def test_a_run_that_was_playing_is_followed_by_one_that_plays_from_its_start(stage: Stage) -> None:
    stage.play()
    stage.nudge("Seed")
    assert stage.state == "playing"
    assert stage.epoch < 5_000


def test_a_paused_run_is_followed_by_one_at_the_same_relative_place(stage: Stage) -> None:
    stage.scrub(5_000)
    stage.nudge("Epochs")
    before, after = trained(TrainConfig()), trained(TrainConfig(epochs=10_100))
    share = before.times[np.searchsorted(before.epochs, 5_000)]
    assert stage.epoch == after.epochs[np.abs(after.times - share).argmin()]
    assert stage.state == "paused"


def test_a_changed_setting_changes_every_read_out_at_the_end_of_a_run(stage: Stage) -> None:
    stage.page.keyboard.press("End")
    stage.wait("data-state", "ended")
    stage.nudge("Hidden size")
    recording = trained(TrainConfig(hidden_size=3))
    final = [recording.mean_abs_error[-1], recording.half_squared_error[-1]]
    final += recording.predictions[-1].tolist()
    shown = [float(value.replace("−", "-")) for value in stage.readouts().values()]
    assert shown == pytest.approx(final, rel=1e-2)


def test_no_chart_is_ever_remounted(stage: Stage) -> None:
    stage.mark_plots()
    stage.set_speed("4×")
    stage.play()
    for label in ("Seed", "Hidden size", "Learning rate", "Epochs"):
        stage.nudge(label)
        assert stage.plots_are_the_marked()
    stage.wait("data-state", "ended")
    assert stage.plots_are_the_marked()


def test_equal_settings_have_an_equal_run_and_others_another(stage: Stage) -> None:
    run = stage.run
    stage.nudge("Seed")
    other = stage.run
    stage.nudge("Seed", "ArrowLeft")
    assert stage.run == run != other


def test_at_rest_every_chart_shows_the_numbers_of_its_epoch(stage: Stage) -> None:
    stage.scrub(3_000)
    recording = trained(TrainConfig())
    parameters = recording.state(stage.epoch)[np.newaxis]
    shown = stage.plot("hidden", "plot.data[0].z.map(row => [...row])")
    assert np.array(shown) == pytest.approx(forward_pass(parameters, 2).hidden[0].T, abs=6e-4)
    shown = stage.plot("surface", "plot.data[0].z.map(row => [...row])")
    assert np.array(shown) == pytest.approx(decision_surface(parameters, 2)[0], abs=6e-4)
    values = stage.root.locator("[data-chart=weights] dd").all_inner_texts()
    shown = [float(value.replace("−", "-")) for value in values]
    assert shown == pytest.approx(parameters[0], rel=1e-3)
    for chart in ("loss", "weights"):
        assert stage.plot(chart, "plot.layout.shapes[0].x0") == stage.epoch


def test_zoom_survives_playback_and_a_new_run(open_stage: OpenStage) -> None:
    stage = open_stage("?epoch=0&speed=4")
    page = stage.page
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
    stage.nudge("Seed")
    assert stage.plot("loss", "plot.layout.xaxis.range") == zoomed
    assert page.locator(".plotly-notifier").count() == 0
    stage.button("Reset zoom: Loss").click()
    assert stage.plot("loss", "plot.layout.xaxis.range") == [0, 10_000]
    assert stage.plot("loss", "plot.layout.yaxis.autorange") is True
    assert stage.root.get_by_role("button", name=re.compile("zoom", re.I)).count() == 0


def test_hover_tells_the_value_at_the_playhead_while_playing(stage: Stage, page: Page) -> None:
    stage.set_speed("0.5×")
    stage.play()
    box = stage.root.locator("[data-chart=hidden] .nsewdrag").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 5 / 8, box["y"] + box["height"] / 4)
    label = stage.root.locator("[data-chart=hidden] .hoverlayer .hovertext")
    label.wait_for()
    assert stage.state == "playing"
    stage.set_speed("4×")
    stage.wait("data-state", "ended")
    stage.settled()
    page.mouse.move(box["x"] + box["width"] * 5 / 8 + 3, box["y"] + box["height"] / 4)
    final = forward_pass(trained(TrainConfig()).final.flat, 2).hidden
    page.wait_for_function(
        "text => document.querySelector('[data-chart=hidden] .hovertext')"
        "?.textContent.includes(text)",
        arg=f"input 10, h1: {final[2, 0]:.3f}",
    )


def test_the_kind_and_the_scale_of_the_loss_can_be_chosen_and_stay(stage: Stage) -> None:
    stage.button("½ Σ error²").click()
    stage.button("log").click()
    stage.nudge("Seed")
    assert stage.plot("loss", "plot.data.map(trace => trace.visible)") == [False, False, True]
    assert stage.plot("loss", "plot.layout.yaxis.type") == "log"
    assert stage.button("log").get_attribute("aria-pressed") == "true"


def test_no_bar_and_no_notice_of_plotlys_covers_a_chart(stage: Stage) -> None:
    stage.root.locator("[data-chart=loss] .nsewdrag").hover()
    assert stage.page.locator(".modebar, .plotly-notifier").count() == 0


def test_pointing_at_a_weight_lets_its_line_stand_out(stage: Stage) -> None:
    opacity = "plot.data.map(trace => trace.opacity)"
    stage.root.locator("[data-chart=weights] dl > div").nth(1).hover()
    assert stage.plot("weights", opacity) == [0.15, 1, 0.15, 0.15, 0.15, 0.15]
    stage.button("Restart").hover()
    assert stage.plot("weights", opacity) == [1] * 6


def test_speed_changes_how_long_a_run_takes(stage: Stage) -> None:
    stage.set_speed("4×")
    stage.button("Play").click()
    stage.page.wait_for_selector("[data-testid=stage][data-state=ended]", timeout=8_000)


def test_who_prefers_reduced_motion_is_not_played_to(open_stage: OpenStage) -> None:
    stage = open_stage(reduced_motion="reduce")
    assert (stage.state, stage.epoch) == ("paused", 0)
    stage.play()


def test_a_long_run_says_that_it_is_trained(open_shared: OpenStage) -> None:
    stage = open_shared("?hidden=1&epochs=50000")
    run = stage.run
    stage.setting("Hidden size").focus()
    stage.page.keyboard.press("End")  # a single step may be trained ahead
    seen = "() => getComputedStyle(document.querySelector('.busy')).visibility === 'visible'"
    stage.page.wait_for_function(seen)
    stage.wait_for_run_other_than(run)
    stage.page.get_by_text("Training…").wait_for(state="hidden")
