"""The tab Backprop: the step from the playhead's epoch to the next."""

import csv
import io

import numpy as np
import pytest
from playwright.sync_api import Locator

from tests.support.layout import assert_nothing_overlaps, boxes
from tests.support.runs import trained
from tests.support.shown import assert_reads, number
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.network import Array
from xorviz.stage.scene import run_id

NOTEBOOK = TrainConfig()
STEP = "?tab=backprop"
READ_ON = """() => new Promise((resolve) => {
  const stage = document.querySelector("[data-testid=stage]");
  const old = () => stage.querySelector(".table td").textContent;
  const seen = [];
  const look = () => {
    if (old() !== seen.at(-1)) seen.push(old());
    if (seen.length > 4 || stage.dataset.state !== "playing") return resolve(seen);
    requestAnimationFrame(look);
  };
  look();
})"""
"""The first weight's old values, until there are five of them or the run rests."""


def numbers(stage: Stage, column: int) -> Array:
    return np.array([float(row[column]) for row in stage.rows().values()])


def width(line: Locator) -> float:
    return float(line.get_attribute("stroke-width") or "nan")


def test_a_link_opens_the_tab_at_rest_and_a_step_forward_and_back_shows_the_same_numbers(
    open_stage: OpenStage,
) -> None:
    step = open_stage(STEP)
    step.wait_for_step(0)
    assert step.state == "paused"
    assert list(step.rows()) == ["x1 → h1", "x1 → h2", "x2 → h1", "x2 → h2", "h1 → ŷ", "h2 → ŷ"]
    assert step.page.locator(".st-key-backprop .katex-error").count() == 0
    step.mark_plots()
    rows = step.rows()
    step.page.get_by_role("button", name="Next").click()
    step.wait_for_step(1)
    assert [row[0] for row in step.rows().values()] == [row[-1] for row in rows.values()]
    step.page.get_by_role("button", name="Previous").click()
    step.wait_for_step(0)
    assert step.rows() == rows
    assert step.plots_are_the_marked()


def test_between_two_recorded_states_all_numbers_shown_are_those_of_the_run_to_the_last_bit(
    open_shared: OpenStage,
) -> None:
    step, recording = open_shared(STEP), trained(NOTEBOOK)
    assert 5013 not in recording.epochs
    step.type_into("Epoch", "5013")
    step.wait_for_step(5013)
    old, update, new = (numbers(step, column) for column in (0, -2, -1))
    assert old.tobytes() == recording.state(5013).tobytes()
    assert (old + update).tobytes() == new.tobytes() == recording.state(5014).tobytes()
    rows, gradient = [numbers(step, column) for column in range(1, 5)], numbers(step, 5)
    assert sum(rows) == pytest.approx(gradient, rel=1e-12)
    assert (-0.5 * gradient).tobytes() == update.tobytes()
    with step.page.expect_download() as download:
        step.page.get_by_role("button", name="Download this step as CSV").click()
    text = download.value.path().read_text("utf-8")
    values = [row["value"] for row in csv.DictReader(io.StringIO(text)) if row["quantity"] == "new"]
    assert np.array(values, dtype=float).tobytes() == new.tobytes()
    assert download.value.suggested_filename == "xorviz-step-5013.csv"
    assert_reads(step, NOTEBOOK, 5013)
    step.edge("h1 → ŷ").focus()
    assert step.root.locator(".drawing .tip").inner_text() == f"h1 → ŷ: {old[4]:.4g}".replace(
        "-", "−"
    )
    step.button("Step forward").click()
    step.wait_for_step(5014)
    step.button("Step back").click()
    step.wait_for_step(5013)


def test_opening_the_tab_stops_a_playing_run_and_the_step_is_that_of_where_it_comes_to_rest(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?play=false")  # a page that has shown no other tab
    stage.set_speed("0.5×")
    stage.play()
    stage.tab("Backprop").click()
    stage.wait("data-state", "paused")
    epoch = stage.epoch
    stage.wait_for_step(epoch)
    stage.play()
    stage.wait_for_later_epoch(epoch)
    stage.pause()
    stage.wait_for_step(stage.epoch)


def test_the_network_tells_its_numbers_and_an_edge_opens_its_chain_and_a_row_another(
    open_shared: OpenStage,
) -> None:
    stage, recording = open_shared("?epoch=10000"), trained(NOTEBOOK)
    weights = recording.parameters[-1]
    lines = stage.root.locator("[data-chart=network] .drawing path:not([role])").all()
    widths = np.array([width(line) for line in lines])
    assert widths / widths.max() == pytest.approx(
        np.maximum(np.abs(weights) / np.abs(weights).max(), 0.75 / widths.max()), abs=0.01
    )
    assert [line.get_attribute("stroke") == "#e66101" for line in lines] == list(weights > 0)
    stage.root.locator(".node", has_text="ŷ").focus()
    outputs = zip(recording.predictions[-1], ("00", "01", "10", "11"), strict=True)
    tip = ", ".join(f"{value:.2f} for {row}" for value, row in outputs)
    assert stage.root.locator(".drawing .tip").inner_text() == f"Output ŷ: {tip}"
    stage.mark_plots()
    stage.choose_edge("x1 → h2")
    stage.wait_for_step(10_000)
    stage.page.get_by_text("The chain rule").first.wait_for()
    assert stage.root.locator("tr.chosen").get_attribute("data-name") == "x1 → h2"
    stage.root.locator("tr[data-name='h1 → ŷ'] button").click()
    stage.page.get_by_role("textbox", name="Another value of h1 → ŷ").wait_for()
    stage.root.locator("tr[data-name='h1 → ŷ'] button").click()
    stage.page.get_by_text("Forward: the activation of each unit").wait_for()
    stage.tab("Watch").click()
    stage.root.locator("[data-chart=loss]").wait_for()
    assert stage.plots_are_the_marked()
    assert stage.root.locator(".table").is_hidden()


MARKUP = "<img src=x onerror=window.hostile=1>"
WRONG = f"Value must be a number from -1000 to 1000, not '{MARKUP}'."


def test_a_typed_weight_is_trained_on_from_and_one_click_goes_back_and_a_wrong_one_loses_nothing(
    open_shared: OpenStage,
) -> None:
    step = open_shared(f"{STEP}&weight=h1_y&epoch=200")
    rows, run = step.rows(), step.run
    step.type_into("Another value of h1 → ŷ", MARKUP)
    step.page.get_by_text(WRONG, exact=True).wait_for()
    assert step.page.get_by_test_id("stText").count() == 1
    assert (step.rows(), step.run, step.epoch) == (rows, run, 200)
    assert step.page.evaluate("window.hostile") is None
    step.type_into("Another value of h1 → ŷ", "−2.5")
    edited = TrainConfig(edits=(Edit(200, "h1 → ŷ", -2.5),))
    step.wait("data-run", run_id(edited))
    step.wait_for_step(200)
    assert step.rows()["h1 → ŷ"][0] == "-2.5"
    assert numbers(step, -1).tobytes() == trained(edited).state(201).tobytes()
    step.page.get_by_text("Edits by hand: h1 → ŷ = −2.5 at epoch 200.").wait_for()
    step.page.wait_for_url("**/?edits=200_h1_y_-2.5&tab=backprop&weight=h1_y&pin=&epoch=200")
    step.page.get_by_role("button", name="Undo all edits").click()
    step.wait("data-run", run)
    step.wait_for_step(200)


def test_a_hidden_value_is_nowhere_on_the_page_until_its_prediction_is_right(
    open_shared: OpenStage,
) -> None:
    step = open_shared(f"{STEP}&weight=h2_y")
    new = step.rows()["h2 → ŷ"][-1]
    step.page.get_by_text("Hide the new value, to predict it").click()
    step.root.locator("tr[data-name='h2 → ŷ'] td", has_text="?").first.wait_for()
    assert step.rows()["h2 → ŷ"][-2:] == ["?", "?"]
    assert new not in step.page.content()
    step.type_into("New value of h2 → ŷ", f"{float(new):.4g}")
    verdict = step.page.get_by_test_id("stAlertContentSuccess")
    verdict.get_by_text("Right: within 1 % of the new weight").wait_for()
    step.root.locator(f"tr[data-name='h2 → ŷ'] td[title='{new}']").wait_for()


FACTOR = ".st-key-backprop .katex [style*='rgb({},']"
"""A factor in a formula, by the number of its kind."""
NAME = "(part => part.querySelector('b')?.textContent ?? part.nextSibling.ariaLabel)"
LIT = "names => names.join() === [...document.querySelectorAll('.drawing .lit')]"
LIT += f".map({NAME}).join()"


def test_a_factor_its_row_and_its_unit_or_edge_light_up_together(open_shared: OpenStage) -> None:
    step = open_shared(f"{STEP}&weight=x1_h2")
    page = step.page
    names = ("ŷ", "ŷ", "h2 → ŷ", "h2", "x1")
    for kind, name in enumerate(names, start=1):
        page.locator(FACTOR.format(kind)).first.hover()
        page.wait_for_function(LIT, arg=[name])
        page.locator("h4").hover()
        page.wait_for_function(LIT, arg=[])
        page.locator(".factors [data-part]").nth(kind - 1).hover()
        page.wait_for_function(LIT, arg=[name])
    step.root.locator(".node", has_text="h2").hover()
    page.locator(FACTOR.format(4) + ".lit").first.wait_for()
    assert page.locator(".factors .lit th").all_inner_texts() == ["derivative at h2"]
    step.edge("h2 → ŷ").focus()
    page.locator(FACTOR.format(3) + ".lit").first.wait_for()
    assert page.locator(".factors .lit th").all_inner_texts() == ["weight h2 → ŷ"]
    kinds = step.root.locator(".drawing [data-kinds]:not([data-kinds=''])")
    marked = kinds.evaluate_all(f"parts => parts.map(part => [{NAME}(part), part.dataset.kinds])")
    assert dict(marked) == {
        "h2 → ŷ": "weight",
        "x1": "source",
        "h2": "hidden",
        "ŷ": "error output",
    }


def test_while_the_run_plays_the_table_follows_and_at_rest_it_is_exact(
    open_stage: OpenStage,
) -> None:
    step = open_stage(f"{STEP}&epoch=0")
    step.wait_for_step(0)
    step.settled().play()
    seen = [number(text) for text in step.page.evaluate(READ_ON)]
    assert len(seen) == 5
    weights = trained(NOTEBOOK).parameters[:, 0]
    assert all(np.abs(weights / value - 1).min() < 6e-3 for value in seen)
    step.page.keyboard.press("End")
    step.wait_for_step(10_000)
    assert step.rows()["x1 → h1"][0] == str(weights[-1])


def test_the_tab_of_the_largest_network_fits_every_window_without_scrolling_sideways(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{STEP}&hidden=16&biases=true&input=all")
    parts = ".transport, .summary, section[data-chart=network], .table"
    for size in ((1440, 900, "light"), (800, 600, "dark"), (390, 844, "light")):
        stage.resize(*size)
        assert_nothing_overlaps(stage)
        tops = [box["y"] for box in boxes(stage.root.locator(parts))]
        assert len(tops) == 4
        assert tops == sorted(tops)
