"""The page under a finger: it scrolls, tips come by a tap, and zoom by a button."""

from collections.abc import Iterator

import pytest

from tests.support.fingers import Fingers, fingers
from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.network import forward_pass

PLOTS = ("surface", "loss", "weights", "hidden")
RANGES = "[plot.layout.xaxis.range, plot.layout.yaxis.range]"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
PHONE = (390, 844)


@pytest.fixture
def phone(stage: Stage) -> Stage:
    """The notebook's run, at rest at its start, in a window as large as a phone."""
    stage.resize(*PHONE)
    return stage


@pytest.fixture
def finger(phone: Stage) -> Iterator[Fingers]:
    with fingers(phone.page) as finger:
        yield finger


def test_a_swipe_on_any_chart_scrolls_the_page(phone: Stage, finger: Fingers) -> None:
    before = [phone.plot(chart, RANGES) for chart in PLOTS]
    for body in phone.root.locator(".plot, .drawing").all():
        body.evaluate("body => body.scrollIntoView({ block: 'center' })")
        at = phone.page.evaluate(SCROLLED)
        finger.swipe(body, right=20, down=150)
        phone.page.wait_for_function(f"at => {SCROLLED} < at - 100", arg=at)
    assert [phone.plot(chart, RANGES) for chart in PLOTS] == before


def test_a_tap_shows_the_numbers_of_a_chart_and_of_a_unit(phone: Stage, finger: Fingers) -> None:
    finger.tap(phone.root.locator("[data-chart=hidden] .nsewdrag"), right=10, down=10)
    tip = phone.root.locator("[data-chart=hidden] .hovertext")
    tip.wait_for()
    value = forward_pass(trained(TrainConfig()).parameters[0], 2).hidden[2, 1]
    assert tip.text_content() == f"input 10, h2: {value:.3f}"
    finger.tap(phone.root.locator(".node").nth(2))
    phone.root.locator(".tip", has_text="Hidden unit h1: 0.50 for 00").wait_for()


def test_a_button_lets_a_finger_zoom_and_then_zooms_back_out(phone: Stage, finger: Fingers) -> None:
    whole = phone.plot("weights", RANGES)
    finger.tap(phone.button("Zoom: Weights"))
    body = phone.root.locator("[data-chart=weights] .nsewdrag")
    finger.swipe(body, right=30, down=60)
    reset = phone.button("Reset zoom: Weights")
    reset.wait_for()
    zoomed = phone.plot("weights", RANGES)
    assert all(low < a < b < high for (low, high), (a, b) in zip(whole, zoomed, strict=True))
    finger.tap(reset)
    phone.button("Zoom: Weights").wait_for()
    assert phone.plot("weights", RANGES) == whole
    finger.swipe(body, right=30, down=60)  # the page scrolls again
    assert phone.plot("weights", RANGES) == whole
    assert phone.page.locator(".plotly-notifier, .modebar-btn").count() == 0


def test_a_swipe_on_a_figure_in_3d_scrolls_the_page_and_turns_it_once_its_button_was_pressed(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?play=false&surface=3d")  # a page keeps its figure in 3-D
    stage.resize(*PHONE)
    stage.page.wait_for_selector("[data-chart=surface] .space canvas")
    camera = "document.querySelector('.space .plot').layout.scene.camera"
    eye = f"Object.values({camera}.eye).map((x) => x.toFixed(3)).join()"
    plot, turn = stage.root.locator(".space .plot"), stage.root.locator(".space .turn")
    with fingers(stage.page) as finger:
        before = stage.page.evaluate(eye)
        finger.tap(turn)
        stage.root.locator(".turn[aria-pressed=true]").wait_for()
        finger.swipe(plot, right=60, down=20)
        stage.page.wait_for_function(f"before => {eye} !== before", arg=before)
        turned = stage.page.evaluate(eye)
        finger.tap(turn)
        stage.root.locator(".turn[aria-pressed=false]").wait_for()
        plot.evaluate("plot => plot.scrollIntoView({ block: 'center' })")
        at = stage.page.evaluate(SCROLLED)
        finger.swipe(plot, right=20, down=150)
        stage.page.wait_for_function(f"at => {SCROLLED} < at - 100", arg=at)
        assert stage.page.evaluate(eye) == turned


def test_the_formulas_come_into_view_with_an_edge_tapped_beside_it_a_weight_and_the_tab(
    phone: Stage, finger: Fingers
) -> None:
    heading = phone.page.locator("h4", has_text="The step from epoch")
    on_top = "top => document.querySelector('.st-key-backprop')?.getBoundingClientRect().top < top"
    edge = phone.root.locator("[data-chart=network] path[aria-label='x1 → h1']")
    finger.tap(edge, down=11)  # it is thin and straight
    phone.page.get_by_text("The chain rule").first.wait_for()
    assert phone.root.locator("tr.chosen").get_attribute("data-name") == "x1 → h1"
    phone.root.locator("tr[data-name='h1 → ŷ'] button").click()
    phone.root.locator("tr.chosen[data-name='h1 → ŷ']").wait_for()
    phone.page.wait_for_function(on_top, arg=100)
    with phone.rerun():
        phone.tab("Watch").click()
    phone.tab("Backprop").click()
    phone.page.wait_for_function(on_top, arg=100)
    phone.wait_for_step(0)
    assert heading.is_visible()


def test_the_check_of_the_gradients_is_read_to_its_end(open_stage: OpenStage) -> None:
    stage = open_stage("?tab=backprop&epoch=300")
    stage.resize(*PHONE)
    stage.wait_for_step(300)
    badge = stage.page.get_by_text("Gradients checked by trying small changes")
    end = badge.filter(visible=True).last.evaluate(
        """badge => {
          const text = document.createRange();
          text.selectNodeContents(badge);
          return text.getBoundingClientRect().right;
        }"""
    )
    assert end <= PHONE[0] - 16


def test_a_link_to_the_formulas_leaves_the_page_at_its_top(open_stage: OpenStage) -> None:
    stage = open_stage("?tab=backprop&weight=x1_h1&epoch=0")
    stage.resize(*PHONE)
    stage.wait_for_step(0)
    assert stage.page.evaluate(SCROLLED) == 0


def test_the_button_of_the_settings_is_named_and_the_scrubber_takes_a_phones_width(
    phone: Stage,
) -> None:
    box = phone.scrubber.bounding_box()
    assert box
    assert box["width"] >= 0.9 * PHONE[0]
    button = phone.page.get_by_role("button", name="Settings", exact=True)
    shown = "button => getComputedStyle(button, '::after').content"
    assert button.evaluate(shown) == '"Settings"'
    button.click()
    phone.setting("Seed").wait_for()


def test_tables_show_that_they_scroll_and_keys_reach_them(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?tab=backprop&weight=x1_h1&pin=seed%3D7&epoch=300")
    stage.resize(*PHONE)
    box = stage.root.locator(".table[data-more~=right]")
    box.evaluate("box => box.scrollTo(1e4, 0)")
    stage.root.locator(".table:not([data-more~=right])").wait_for()
    stage.tab("Compare").click()
    runs = stage.page.locator(".runs[data-more~=right][tabindex='0']")
    runs.focus()
    stage.page.keyboard.press("ArrowRight")
    stage.page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert stage.epoch == 300


def test_the_list_of_many_weights_shows_that_it_goes_on_and_keys_reach_it(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?hidden=16&biases=true&epoch=0")
    values = stage.root.locator("[data-chart=weights] dl")
    stage.root.locator("[data-chart=weights] dl[data-more~=below][tabindex='0']").wait_for()
    assert values.locator("dt").last.text_content() == "1 → ŷ"
    values.evaluate("list => list.scrollTo(0, 1e4)")
    stage.root.locator("[data-chart=weights] dl[data-more='']").wait_for()
    open_shared("?epoch=0")
    stage.root.locator("[data-chart=weights] dl[data-more='']:not([tabindex])").wait_for()
