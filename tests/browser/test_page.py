"""The page around the stage: settings, links, windows, sizes and themes."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.support.layout import assert_nothing_overlaps, chart_boxes, fits, is_uncovered
from tests.support.shown import visible_charts
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.figures.theme import palettes
from xorviz.sentences.heading import heading_text, heading_title
from xorviz.stage.scene import run_id

INK_IS_ON_SURFACE = """(() => {{
  const canvas = plot.parentElement.querySelector("canvas");
  const {{ data }} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const ink = parseInt("{}".slice(1), 16);
  return Array.from({{ length: data.length / 4 }}, (_, i) => 4 * i)
    .some((i) => (data[i] << 16) + (data[i + 1] << 8) + data[i + 2] === ink);
}})()"""
"""Whether a pixel of the decision surface has a colour."""

LARGEST = "?hidden=16&biases=true&seed=abc&lr=nan"
"""The largest network, and two sentences above it."""


def test_a_setting_is_named_once_written_for_people_and_in_the_link(
    stage: Stage, page: Page
) -> None:
    sidebar = page.get_by_test_id("stSidebar")
    for name, text in {"Seed": "42", "Learning rate": "0.5", "Epochs": "10,000"}.items():
        slider = sidebar.get_by_role("slider", name=name, exact=True)
        expect(slider).to_have_attribute("aria-valuetext", text)
    stage.nudge("Learning rate")
    stage.nudge("Epochs")
    page.wait_for_url("**/?lr=0.55&epochs=10100&epoch=0")
    assert stage.run == run_id(TrainConfig(learning_rate=0.55, epochs=10_100))
    slider = sidebar.get_by_role("slider", name="Epochs", exact=True)
    expect(slider).to_have_attribute("aria-valuetext", "10,100")


def test_every_setting_can_be_given_by_a_link_and_one_click_goes_back_to_the_notebooks(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?seed=7&lr=0.123&hidden=3&epochs=5050&biases=true&targets=0010")
    sidebar = stage.page.get_by_test_id("stSidebar")
    assert stage.setting("Seed").input_value() == "7"
    assert "0.123" in sidebar.inner_text()
    assert stage.setting("Hidden size").input_value() == "3"
    assert stage.root.locator(".last").inner_text() == "5,050"
    biases = sidebar.get_by_role("checkbox", name="Biases")
    assert biases.or_(sidebar.get_by_role("switch", name="Biases")).first.is_checked()
    assert stage.root.get_by_title(re.compile("input 10, whose target is 1")).count() == 1
    stage.page.get_by_role("button", name="Back to the notebook's settings").click()
    stage.wait("data-run", run_id(TrainConfig()))
    stage.page.wait_for_url("**/?epoch=0")


HOSTILE = {
    "seed": "<script>window.hostile=1</script>",
    "lr": "<img src=x onerror=window.hostile=1>",
    "hidden": "![x](http://127.0.0.1:1/x.png)",
    "epochs": "\0" + "9" * 10_000,
    "targets": ":red[x] $x^2$ `x`",
    "hide": "<script>window.hostile=1</script>",
    "epoch": "\0" + "9" * 10_000,
    "play": "![x](http://127.0.0.1:1/x.png)",
    "speed": "<img src=x onerror=window.hostile=1>",
    "loss": ":red[x] $x^2$ `x`",
    "axis": "javascript:window.hostile=1//" + "x" * 2_000,
}
HOSTILE_PINS = [
    "seed=<script>window.hostile=1</script>",
    "lr=" + "9" * 10_000,
    "targets=%00<img src=x onerror=window.hostile=1>",
    "edits=0_<b>_h1_1",
]


def test_what_a_link_says_wrongly_is_shown_as_text_beside_the_defaults_until_a_setting_is_changed(
    open_shared: OpenStage,
) -> None:
    pins = [("pin", text) for text in HOSTILE_PINS]
    stage = open_shared(f"?{urlencode([*HOSTILE.items(), *pins])}&biases=true")
    texts = stage.page.get_by_test_id("stText")
    sentences = texts.all_inner_texts()
    assert len(sentences) == len(HOSTILE) + len(HOSTILE_PINS)
    for sentence, value in zip(sentences, HOSTILE.values(), strict=False):
        assert repr(value)[:30] in sentence
    for number, sentence in enumerate(sentences[len(HOSTILE) :], start=1):
        assert sentence.startswith(f"Pinned run {number} is left out: ")
    assert all(len(sentence) < 320 for sentence in sentences)
    assert texts.locator("script, img, a, code, b, .katex").count() == 0
    assert stage.page.evaluate("window.hostile") is None
    assert stage.run == run_id(TrainConfig(biases=True))
    assert (stage.root.locator(".speed").input_value(), len(visible_charts(stage))) == ("1", 5)
    stage.mark_plots()
    stage.nudge("Seed")
    texts.first.wait_for(state="detached")
    assert stage.plots_are_the_marked()


def assert_wears(stage: Stage, palette: Mapping[str, Any]) -> None:
    """See that text, activations and the line at 0.5 have a theme's colours."""
    assert stage.plot("loss", "plot.layout.font.color") == palette["font.color"]
    drawn = stage.plot("surface", "plot.layout.coloraxis.colorscale")
    assert drawn == [list(stop) for stop in palette["coloraxis.colorscale"]]
    assert stage.plot("surface", INK_IS_ON_SURFACE.format(palette["font.color"]))


def test_the_page_fits_its_window_under_its_one_heading_and_follows_the_theme(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?epoch=3000")  # a state with a line at 0.5
    page = stage.page
    heading, sentence = page.get_by_role("heading", level=1), page.get_by_text(heading_text("0110"))
    expect(heading).to_have_text(heading_title("0110"))
    stage.mark_plots()
    for width, height, scheme in ((1440, 900, "light"), (1000, 800, "dark"), (390, 844, "light")):
        stage.resize(width, height, scheme)
        assert_nothing_overlaps(stage)
        assert len(chart_boxes(stage)) == 5
        assert fits(stage) or (width, height) != (1440, 900)
        assert is_uncovered(heading)
        assert is_uncovered(sentence)
        page.get_by_role("button", name="Main menu").click(trial=True)
        assert_wears(stage, palettes()[scheme])
    assert stage.plots_are_the_marked()
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_role("textbox", name="Seed").click()
    stage.next_frames()
    assert not is_uncovered(heading), "open settings cover the heading on a phone"
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def test_the_largest_network_and_sentences_above_it_leave_each_other_room(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(LARGEST)
    assert stage.page.get_by_test_id("stText").count() == 2
    for width, height, scheme in ((1440, 900, "light"), (800, 600, "dark"), (390, 844, "light")):
        stage.resize(width, height, scheme)
        assert_nothing_overlaps(stage)
        assert len(chart_boxes(stage)) == 5


def test_a_setting_is_typed_and_a_rerun_leaves_what_is_being_typed(
    stage: Stage, page: Page
) -> None:
    sidebar = page.get_by_test_id("stSidebar")
    seed, rate = (sidebar.get_by_role("textbox", name=name) for name in ("Seed", "Learning rate"))
    seed.fill("777")
    seed.press("Enter")
    page.wait_for_url("**/?seed=777&epoch=0")
    stage.settled()
    expect(seed).to_be_focused()
    expect(sidebar.get_by_role("slider", name="Seed", exact=True)).to_have_value("777")
    rate.fill("1")
    with stage.rerun():
        stage.root.evaluate("root => root.querySelector('.forward').click()")
    expect(rate).to_have_value("1")
