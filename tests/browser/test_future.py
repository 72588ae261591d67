"""A page that hides what happens after the playhead."""

import re

from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.verdict import judge
from xorviz.sentences.verdict import HIDDEN_FUTURE, verdict_text

CURVES = ("loss", "weights")
ENDS = """plot.data.filter(({ visible }) => visible !== false)
  .map(({ x }) => x.length && x[x.length - 1])"""

NOTE_EPOCHS = """stage => {
  window.shown = [];
  new MutationObserver(() => window.shown.push(stage.dataset.epoch))
    .observe(stage, { attributeFilter: ["data-epoch"] });
}"""


def assert_nothing_is_told(stage: Stage) -> None:
    """Whether no words, curve, axis or mark is of a time after the playhead."""
    recording = trained(TrainConfig())
    assert "olved" not in stage.page.locator("body").inner_text()
    for chart in CURVES:
        ends = stage.plot(chart, ENDS)
        assert ends
        assert max(ends) <= stage.epoch
    lowest = recording.mean_abs_error[: stage.epoch + 1].min()
    drawn = stage.plot("loss", "Math.min(...plot._fullData[0].y)")
    assert drawn > lowest * (1 - 1e-6)
    largest = abs(recording.parameters[recording.epochs <= stage.epoch]).max()
    _, highest = stage.plot("weights", "plot.layout.yaxis.range")
    assert highest < 1.2 * largest + 0.1
    for mark in stage.root.locator(".milestones i:visible").all():
        (epoch,) = re.findall(r"epoch ([\d,]+):", mark.get_attribute("title") or "")
        assert int(epoch.replace(",", "")) <= stage.epoch


def test_a_page_that_hides_the_future_tells_nothing_of_it(open_stage: OpenStage) -> None:
    stage = open_stage("?hide=future&epoch=700").settled()
    assert stage.root.locator(".verdict").inner_text().startswith("At epoch 700: ")
    assert stage.root.locator(".milestones i:visible").count() == 2
    assert_nothing_is_told(stage)
    stage.page.keyboard.press("Shift+ArrowLeft")
    assert stage.settled().epoch < 700
    assert_nothing_is_told(stage)
    for tab in ("Doctor", "Atlas", "Landscape", "Compare"):
        with stage.rerun():
            stage.tab(tab).click()
        stage.page.get_by_text(HIDDEN_FUTURE).wait_for()
        assert "olved" not in stage.page.locator("body").inner_text()
    stage.button("Share").click()
    for tab in ("Files", "Pictures", "Card"):
        stage.page.get_by_role("tab", name=tab).click()
        told = stage.page.get_by_role("dialog").locator("[data-testid=stText]:visible")
        told.filter(has_text=HIDDEN_FUTURE).wait_for()
    stage.page.get_by_role("button", name="Close").click()
    stage.page.get_by_role("dialog").wait_for(state="detached")


def test_hidden_curves_grow_while_it_plays_and_its_end_tells_the_outcome(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?hide=future&epoch=300").settled()
    stage.play()
    stage.wait_for_later_epoch(600)
    stage.pause()
    assert_nothing_is_told(stage.settled())
    assert max(stage.plot("weights", ENDS)) > 500
    stage.leave_field()
    stage.page.keyboard.press("End")
    stage.settled()
    outcome = verdict_text(judge(trained(TrainConfig())))
    assert stage.root.locator(".verdict").inner_text() == outcome
    assert max(stage.plot("loss", ENDS)) == 10_000
    with stage.rerun():
        stage.tab("Doctor").click()
    stage.page.get_by_role("heading", name="Solved").wait_for()
    assert stage.page.get_by_text(HIDDEN_FUTURE).count() == 0


def test_another_run_begins_at_its_start_where_the_future_is_hidden(open_stage: OpenStage) -> None:
    stage = open_stage("?hide=future&seed=7&epoch=10000").settled()
    with stage.rerun():
        stage.tab("Doctor").click()
    stage.page.get_by_role("heading", name="Solved").wait_for()  # it opened at its end
    stage.root.evaluate(NOTE_EPOCHS)
    stage.nudge("Seed")
    stage.settled()
    assert stage.page.evaluate("shown") == ["0"]
    assert "olved" not in stage.page.locator("body").inner_text()
    stage.page.get_by_text(HIDDEN_FUTURE).wait_for()
