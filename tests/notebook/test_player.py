"""What a run gives Jupyter: the widget, and the page in its place where widgets don't run."""

import json
import sys
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.recording import Recording
from xorviz.notebook.player import Playable
from xorviz.notebook.recorder import Recorder

WIDGET = "application/vnd.jupyter.widget-view+json"
PAGE = "text/html"


class Shown(Playable):
    """A run under a heading that is no markup."""

    heading = 'seed 7 <b> "quoted" & more'

    @property
    def recording(self) -> Recording:
        return trained(TrainConfig(7, 2.0, 3, 300))


def test_a_run_is_a_widget_and_a_page_and_words() -> None:
    forms = Shown()._repr_mimebundle_()
    assert forms.keys() == {WIDGET, PAGE, "text/plain"}
    assert forms["text/plain"] == Shown.heading
    assert json.dumps(forms)
    assert len(forms[PAGE]) < 1.3e6


def test_without_anywidget_a_run_is_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "xorviz.notebook.widget", raising=False)
    assert Shown()._repr_mimebundle_().keys() == {PAGE, "text/plain"}


def test_the_page_plays_in_a_frame_that_reaches_nothing_around_it(browser: Browser) -> None:
    faults: list[str] = []
    with browser.new_context() as context:
        context.on("weberror", lambda error: faults.append(str(error.error)))
        page = context.new_page()
        page.set_content(Shown()._repr_mimebundle_()[PAGE])
        frame = page.frame_locator("iframe")
        frame.locator(
            "[data-testid=stage][data-state=ended], [data-state=playing]"
        ).first.wait_for()
        assert frame.locator("h1").inner_text() == Shown.heading
        assert frame.locator("[data-chart]").count() == 5
        assert page.locator("iframe").get_attribute("sandbox") == "allow-scripts allow-downloads"
    assert not faults, faults


def test_players_share_the_script_of_the_stage_even_after_all_widgets_were_closed() -> None:
    from ipywidgets import Widget

    from xorviz.notebook.widget import Player

    def players(*headings: str) -> list[Any]:
        recording = trained(TrainConfig(epochs=100))
        return [Player(recording, b"", heading) for heading in headings]

    one, other = players("one", "other")
    assert one.library is other.library
    assert len(one._esm) < 2000
    Widget.close_all()
    (third,) = players("third")
    assert third.library is not one.library
    assert third.library.comm is not None


def test_a_recorder_before_its_loop_says_that_nothing_was_recorded() -> None:
    recorder = Recorder([[0, 0], [0, 0]], [[0], [0]])
    assert recorder._repr_mimebundle_() == {
        "text/plain": "Recorder: no update was recorded: call the recorder after each update"
    }


def test_a_recorder_says_that_the_weights_are_the_readers_own() -> None:
    recorder = Recorder([[0, 0], [0, 0]], [[0], [0]], learning_rate=0.25)
    recorder([[1, 0], [0, 0]], [[0], [0]])
    assert recorder.heading == "Your own weights, recorded over 1 update, learning rate 0.25"
    assert "Seed" not in recorder.about
    assert "your own loop" in recorder.origin
