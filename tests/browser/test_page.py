"""The page around the stage: links, windows, sizes and themes."""

import itertools
import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.support.stage import OpenStage, Stage, apart
from xorviz.core.config import TrainConfig
from xorviz.figures.theme import palettes
from xorviz.sentences.heading import heading_text, heading_title
from xorviz.stage.scene import run_id

NOTEBOOK = run_id(TrainConfig())
WINDOWS = ((1440, 900, "light"), (800, 600, "dark"), (390, 844, "light"))
PARTS = ".transport, .summary, section"


def test_a_setting_is_in_the_link_and_the_link_opens_it(
    stage: Stage, page: Page, open_stage: OpenStage
) -> None:
    stage.nudge("Seed")
    stage.nudge("Learning rate")
    page.wait_for_url("**/?seed=43&lr=0.55&epoch=0")
    assert stage.run == run_id(TrainConfig(seed=43, learning_rate=0.55))
    assert open_stage("?seed=43&lr=0.55&epoch=0").run == stage.run


def test_every_setting_can_be_given_by_a_link(open_shared: OpenStage) -> None:
    stage = open_shared("?seed=7&lr=0.123&hidden=3&epochs=5050&biases=true&targets=0010")
    sidebar = stage.page.get_by_test_id("stSidebar")
    assert stage.setting("Seed").input_value() == "7"
    assert "0.123" in sidebar.inner_text()
    assert stage.setting("Hidden size").input_value() == "3"
    assert stage.root.locator(".last").inner_text() == "5,050"
    assert (
        sidebar.get_by_role("checkbox", name="Biases")
        .or_(sidebar.get_by_role("switch", name="Biases"))
        .first.is_checked()
    )
    assert stage.root.get_by_title(re.compile("input 10, whose target is 1")).count() == 1


def test_a_slider_is_named_once_and_writes_its_number_for_people(stage: Stage, page: Page) -> None:
    sidebar = page.get_by_test_id("stSidebar")
    for name, text in {"Seed": "42", "Learning rate": "0.5", "Epochs": "10,000"}.items():
        slider = sidebar.get_by_role("slider", name=name, exact=True)
        expect(slider).to_have_attribute("aria-valuetext", text)
    stage.nudge("Epochs")
    expect(sidebar.get_by_role("slider", name="Epochs", exact=True)).to_have_attribute(
        "aria-valuetext", "10,100"
    )


def test_the_back_button_goes_back_to_the_settings_before(stage: Stage, page: Page) -> None:
    stage.nudge("Seed")
    page.wait_for_url("**/?seed=43&epoch=0")
    page.go_back()
    stage.wait("data-run", NOTEBOOK)


def test_one_click_goes_back_to_the_notebooks_settings(open_shared: OpenStage) -> None:
    other = open_shared("?seed=7&lr=2&hidden=3&epochs=5000&biases=true&targets=0001")
    other.page.get_by_role("button", name="Back to the notebook's settings").click()
    other.wait("data-run", NOTEBOOK)
    other.page.wait_for_url("**/?epoch=0")


BAD_LINKS = {
    "?seed=abc&lr=nan&hidden=999&epochs=&targets=01x0": [
        "Seed must be a whole number from 0 to 999, not 'abc', so the default, 42, is used.",
        "Learning rate must be a number from 0.01 to 10, not 'nan', so the default, 0.5, is used.",
        "Hidden size must be a whole number from 1 to 16, not '999', so the default, 2, is used.",
        "Epochs must be a whole number from 100 to 50,000, not '', so the default, 10,000, is "
        "used.",
        "Targets must be four digits 0 or 1, such as 0110, or one of XOR, AND, OR, NAND, NOR, XNOR,"
        " not '01x0', so the default, 0110, is used.",
    ],
    "?seed=-1&lr=0": [
        "Seed must be a whole number from 0 to 999, not '-1', so the default, 42, is used.",
        "Learning rate must be a number from 0.01 to 10, not '0', so the default, 0.5, is used.",
    ],
    "?seed=1e9&lr=1&lr=2": [
        "Seed must be a whole number from 0 to 999, not '1e9', so the default, 42, is used.",
        "Learning rate must be given once, not 2 times, so the default, 0.5, is used.",
    ],
}


@pytest.mark.parametrize("query", BAD_LINKS)
def test_each_bad_value_in_a_link_gets_one_sentence_and_the_default(
    open_shared: OpenStage, query: str
) -> None:
    stage = open_shared(query)
    assert stage.page.get_by_test_id("stText").all_inner_texts() == BAD_LINKS[query]
    assert stage.run == NOTEBOOK


def test_the_good_values_of_a_link_survive_the_bad_ones(open_stage: OpenStage) -> None:
    stage = open_stage("?seed=7&hidden=x&epoch=0")
    assert stage.run == run_id(TrainConfig(seed=7))
    assert stage.page.get_by_test_id("stText").inner_text().startswith("Hidden size must be ")


def test_a_sentence_about_a_link_goes_when_a_setting_is_changed(open_shared: OpenStage) -> None:
    stage = open_shared("?hidden=x")
    stage.mark_plots()
    stage.nudge("Seed")
    stage.page.get_by_text("Hidden size must be").wait_for(state="detached")
    assert stage.plots_are_the_marked()


HOSTILE = {
    "seed": "<script>window.hostile=1</script>",
    "lr": "<img src=x onerror=window.hostile=1>",
    "hidden": "![x](http://127.0.0.1:1/x.png)",
    "epochs": "\0" + "9" * 10_000,
    "targets": ":red[x] $x^2$ `x`",
}


def test_what_a_link_says_is_shown_as_text_and_never_as_markup(open_shared: OpenStage) -> None:
    stage = open_shared(f"?{urlencode(HOSTILE)}")
    texts = stage.page.get_by_test_id("stText")
    for sentence, value in zip(texts.all_inner_texts(), HOSTILE.values(), strict=True):
        assert repr(value)[:30] in sentence
        assert len(sentence) < 200
    assert texts.locator("script, img, a, code, .katex").count() == 0
    assert stage.page.evaluate("window.hostile") is None


def test_two_windows_with_other_settings_never_mix(stage: Stage, open_stage: OpenStage) -> None:
    one, other = stage, open_stage("?seed=2&epoch=0")
    one_run, other_run = one.run, other.run
    one.nudge("Hidden size")
    assert other.run == other_run
    other.nudge("Hidden size")
    assert len({one.run, other.run, one_run, other_run}) == 4


@pytest.mark.parametrize("query", ["", "?hidden=16&biases=true", "?seed=abc&lr=nan"])
def test_nothing_overlaps_and_nothing_scrolls_sideways(open_shared: OpenStage, query: str) -> None:
    stage = open_shared(query)
    for width, height, scheme in WINDOWS:
        stage.resize(width, height, scheme)
        assert stage.page.evaluate(
            "() => ['html', '[data-testid=stMain]', '.stage', '.stage section']"
            ".flatMap(name => [...document.querySelectorAll(name)])"
            ".every(box => box.scrollWidth <= box.clientWidth)"
        )
        boxes = [part.bounding_box() for part in stage.root.locator(PARTS).all()]
        assert len(boxes) == 7
        assert all(apart(one, other) for one, other in itertools.combinations(boxes, 2))


def test_the_whole_page_fits_a_laptop_without_scrolling(stage: Stage) -> None:
    assert stage.page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]');"
        " return m.scrollHeight <= m.clientHeight; })()"
    )


def test_an_embedded_page_shows_its_run_and_stays_embedded(open_stage: OpenStage) -> None:
    stage = open_stage("?embed=true&seed=7&epoch=0")
    assert stage.run == run_id(TrainConfig(seed=7))
    stage.nudge("Hidden size")
    stage.page.wait_for_url(re.compile(r"hidden=3.*embed=true|embed=true.*hidden=3"))


def test_the_charts_follow_the_theme_without_a_remount(stage: Stage, page: Page) -> None:
    stage.resize(1440, 900, "light")
    stage.mark_plots()
    light = stage.plot("loss", "plot.layout.font.color")
    page.emulate_media(color_scheme="dark")
    stage.wait("data-theme", "dark")
    assert stage.plot("loss", "plot.layout.font.color") != light
    assert stage.plots_are_the_marked()
    stage.scrub(3000)
    dark = palettes()["dark"]
    assert stage.plot("surface", "plot.layout.shapes[0].line.color") == dark["font.color"]
    drawn = stage.plot("surface", "plot.layout.coloraxis.colorscale")
    assert drawn == [list(stop) for stop in dark["coloraxis.colorscale"]]


def test_charts_fill_their_place_after_the_window_is_resized(page: Page) -> None:
    page.set_viewport_size({"width": 1100, "height": 800})
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-chart] .js-plotly-plot')].every("
        "plot => Math.abs(plot.layout.width - plot.clientWidth) <= 1)"
    )


def test_the_boundary_is_drawn_where_the_output_is_one_half(page: Page) -> None:
    path = page.evaluate(
        """async () => {
          const name = "component/xorviz.ui.stage.files/boundary.js";
          const { levelLine } = await import(new URL(name, document.baseURI));
          return levelLine((x) => x - 0.5, [0, 2]);
        }"""
    )
    assert path == "M0.500000,0.000000L0.500000,2.000000"


UNCOVERED = """text => {
  const box = text.getBoundingClientRect();
  const at = (x, y) => text.contains(document.elementFromPoint(x, y));
  return box.height > 0 && at(box.x + 2, box.y + 8) && at(box.right - 2, box.bottom - 8);
}"""


@pytest.mark.parametrize("size", [(1440, 900), (1000, 800), (390, 844)])
def test_the_one_heading_and_its_sentence_are_seen_on_every_window(
    stage: Stage, page: Page, size: tuple[int, int]
) -> None:
    stage.resize(*size)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(heading_title("0110"))
    sentence = page.get_by_text(heading_text("0110"))
    assert heading.evaluate(UNCOVERED)
    assert sentence.evaluate(UNCOVERED)
    page.get_by_role("button", name="Main menu").click(trial=True)


def test_open_settings_cover_the_heading_on_a_phone(stage: Stage, page: Page) -> None:
    stage.resize(390, 844)
    page.get_by_test_id("stExpandSidebarButton").click()
    field = page.get_by_test_id("stSidebar").get_by_role("textbox", name="Seed")
    field.click()
    stage.next_frames()
    assert not page.get_by_role("heading", level=1).evaluate(UNCOVERED)
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def test_the_heading_takes_no_room_from_the_charts(stage: Stage, page: Page) -> None:
    stage.resize(1440, 900)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollHeight - main.clientHeight") == 0


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
