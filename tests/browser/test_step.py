"""The tab Backprop: the step from the playhead's epoch to the next."""

import csv
import io

import numpy as np
import pytest
from playwright.sync_api import Locator

from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.network import Array
from xorviz.stage.scene import run_id

STEP = "?tab=backprop"
PARTS = ".transport, .summary, section[data-chart=network], .table"
SOLVED = "~".join(
    f"0_{edge}_{value}"
    for edge, value in {
        # h1 is OR, h2 is AND, the output h1 and not h2.
        "x1_h1": 40,
        "x2_h1": 40,
        "1_h1": -20,
        "x1_h2": 40,
        "x2_h2": 40,
        "1_h2": -60,
        "h1_y": 40,
        "h2_y": -40,
        "1_y": -20,
    }.items()
)


@pytest.fixture
def step(open_shared: OpenStage) -> Stage:
    """The tab on the first step of the notebook's run."""
    stage = open_shared(STEP)
    stage.wait_for_step(0)
    return stage


def numbers(stage: Stage, column: int) -> Array:
    return np.array([float(row[column]) for row in stage.rows().values()])


def width(line: Locator) -> float:
    return float(line.get_attribute("stroke-width") or "nan")


def test_a_link_to_the_tab_opens_it_at_rest_on_the_first_step(open_stage: OpenStage) -> None:
    step = open_stage(STEP)
    step.wait_for_step(0)
    assert step.state == "paused"
    assert list(step.rows()) == ["x1 → h1", "x1 → h2", "x2 → h1", "x2 → h2", "h1 → ŷ", "h2 → ŷ"]
    assert step.page.locator(".st-key-backprop .katex-error").count() == 0


def test_the_shown_numbers_make_the_next_state_of_the_run_to_the_last_bit(step: Stage) -> None:
    recording = trained(TrainConfig())
    step.type_into("Epoch", "5013")
    step.wait_for_step(5013)
    old, update, new = (numbers(step, column) for column in (0, -2, -1))
    assert old.tobytes() == recording.state(5013).tobytes()
    assert (old + update).tobytes() == new.tobytes() == recording.state(5014).tobytes()
    rows, gradient = [numbers(step, column) for column in range(1, 5)], numbers(step, 5)
    assert sum(rows) == pytest.approx(gradient, rel=1e-12)
    assert (-0.5 * gradient).tobytes() == update.tobytes()


def test_four_steps_forward_and_four_back_show_the_same_numbers(step: Stage) -> None:
    step.mark_plots()
    step.type_into("Epoch", "100")
    step.wait_for_step(100)
    seen = {100: step.rows()}
    for epoch in range(101, 105):
        step.page.get_by_role("button", name="Next").click()
        step.wait_for_step(epoch)
        seen[epoch] = step.rows()
    for epoch in reversed(range(100, 104)):
        step.page.get_by_role("button", name="Previous").click()
        step.wait_for_step(epoch)
        assert step.rows() == seen[epoch]
        assert [row[-1] for row in seen[epoch].values()] == [r[0] for r in seen[epoch + 1].values()]
    assert step.plots_are_the_marked()


def test_the_stage_shows_an_epoch_between_two_recorded_ones_exactly(step: Stage) -> None:
    recording = trained(TrainConfig())
    assert 5013 not in recording.epochs
    step.type_into("Epoch", "5013")
    step.wait_for_step(5013)
    assert float(step.readouts()["mean |error|"]) == pytest.approx(
        recording.mean_abs_error[5013], rel=1e-3
    )
    edge = step.edge("h1 → ŷ")
    edge.focus()
    value = recording.state(5013)[4]
    assert step.root.locator(".tip").inner_text() == f"h1 → ŷ: {value:.4g}".replace("-", "−")
    step.button("Step forward").click()
    step.wait_for_step(5014)
    step.button("Step back").click()
    step.wait_for_step(5013)


def test_the_step_is_that_of_the_epoch_where_the_playhead_comes_to_rest(stage: Stage) -> None:
    stage.scrub(3_000)
    epoch = stage.epoch
    stage.tab("Backprop").click()
    stage.wait_for_step(epoch)
    stage.play()
    stage.pause()
    assert stage.epoch > epoch
    stage.wait_for_step(stage.epoch)


def test_opening_the_tab_stops_a_playing_run_to_look_at_it(stage: Stage) -> None:
    stage.set_speed("0.5×")
    stage.play()
    stage.tab("Backprop").click()
    stage.wait("data-state", "paused")
    stage.wait_for_step(stage.epoch)


def test_an_edge_of_the_network_opens_its_chain_and_a_row_of_the_table_another(
    stage: Stage,
) -> None:
    stage.mark_plots()
    stage.choose_edge("x1 → h2")
    stage.wait_for_step(stage.epoch)
    stage.page.get_by_text("The chain rule").first.wait_for()
    assert stage.rows().keys() >= {"x1 → h2"}
    assert stage.root.locator("tr.chosen").get_attribute("data-name") == "x1 → h2"
    stage.root.locator("tr[data-name='h1 → ŷ'] button").click()
    stage.page.get_by_role("textbox", name="Another value of h1 → ŷ").wait_for()
    stage.root.locator("tr[data-name='h1 → ŷ'] button").click()
    stage.page.get_by_text("Forward: the activation of each unit").wait_for()
    stage.tab("Watch").click()
    stage.root.locator("[data-chart=loss]").wait_for()
    assert stage.plots_are_the_marked()
    assert stage.root.locator(".table").is_hidden()


def test_an_edge_is_as_wide_as_its_weight_is_large_and_coloured_by_its_sign(stage: Stage) -> None:
    stage.page.keyboard.press("End")
    stage.settled()
    weights = trained(TrainConfig()).parameters[-1]
    lines = stage.root.locator("[data-chart=network] path:not([role])").all()
    widths = np.array([width(line) for line in lines])
    assert widths / widths.max() == pytest.approx(
        np.maximum(np.abs(weights) / np.abs(weights).max(), 0.75 / widths.max()), abs=0.01
    )
    assert [line.get_attribute("stroke") == "#e66101" for line in lines] == list(weights > 0)


def test_every_unit_tells_its_activations_for_the_four_inputs(stage: Stage) -> None:
    stage.page.keyboard.press("End")
    stage.settled()
    output = trained(TrainConfig()).predictions[-1]
    stage.root.locator(".node", has_text="ŷ").focus()
    told = ", ".join(
        f"{value:.2f} for {row}"
        for value, row in zip(output, ("00", "01", "10", "11"), strict=True)
    )
    assert stage.root.locator(".tip").inner_text() == f"Output ŷ: {told}"


def test_a_typed_weight_is_trained_on_from_and_one_click_goes_back(
    step: Stage, open_shared: OpenStage
) -> None:
    step.type_into("Epoch", "200")
    step.wait_for_step(200)
    step.choose_edge("h1 → ŷ")
    before = step.run
    step.type_into("Another value of h1 → ŷ", "−2.5")
    edited = TrainConfig(edits=(Edit(200, "h1 → ŷ", -2.5),))
    step.wait("data-run", run_id(edited))
    step.wait_for_step(200)
    assert step.rows()["h1 → ŷ"][0] == "-2.5"
    assert numbers(step, -1).tobytes() == trained(edited).state(201).tobytes()
    step.page.get_by_text("Edits by hand: h1 → ŷ = -2.5 at epoch 200.").wait_for()
    step.page.wait_for_url("**/?edits=200_h1_y_-2.5&tab=backprop&weight=h1_y&pin=&epoch=200")
    step.page.get_by_role("button", name="Undo all edits").click()
    step.wait("data-run", before)
    step.wait_for_step(200)
    assert open_shared("?edits=200_h1_y_-2.5").run == run_id(edited)


def test_a_prediction_is_asked_for_a_hidden_value_and_judged(step: Stage) -> None:
    step.choose_edge("h2 → ŷ")
    new = step.rows()["h2 → ŷ"][-1]
    step.page.get_by_text("Hide the new value, to predict it").click()
    step.root.locator("tr[data-name='h2 → ŷ'] td", has_text="?").first.wait_for()
    assert step.rows()["h2 → ŷ"][-2:] == ["?", "?"]
    assert new not in step.page.content()
    step.type_into("New value of h2 → ŷ", "7")
    step.page.get_by_test_id("stAlertContentWarning").get_by_text("Not yet.").wait_for()
    step.type_into("New value of h2 → ŷ", f"{float(new):.4g}")
    told = step.page.get_by_test_id("stAlertContentSuccess")
    told.get_by_text("Right: within 1 % of the new weight").wait_for()
    step.root.locator(f"tr[data-name='h2 → ŷ'] td[title='{new}']").wait_for()
    step.page.get_by_role("button", name="Predict the next weight, x1 → h1").click()
    step.field("New value of x1 → h1").wait_for()


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


READ_ON = """() => new Promise((resolve) => {
  const stage = document.querySelector("[data-testid=stage]");
  const old = () => stage.querySelector(".table td").textContent;
  const seen = [];
  const look = () => {
    if (old() !== seen.at(-1)) seen.push(old());
    if (stage.dataset.state !== "playing") return resolve(seen);
    requestAnimationFrame(look);
  };
  look();
})"""


def test_while_the_run_plays_the_table_follows_and_at_rest_it_is_exact(step: Stage) -> None:
    step.play()
    seen = [float(text.replace("−", "-")) for text in step.page.evaluate(READ_ON)]
    assert len(seen) > 8  # four seconds long
    weights = trained(TrainConfig()).parameters[:, 0]
    assert all(np.abs(weights / value - 1).min() < 6e-3 for value in seen)
    step.wait_for_step(10_000)
    assert step.rows()["x1 → h1"][0] == str(weights[-1])


MARKUP = "<img src=x onerror=window.hostile=1>"
WRONG = {
    "Epoch": ("Epoch must be a whole number from 0 to 10,000", ("", "-1", "10001", "5.5", MARKUP)),
    "Another value of": ("Value must be a number from -1000 to 1000", ("", "1e400", MARKUP)),
}


def test_a_wrong_entry_gets_one_sentence_and_nothing_is_lost(step: Stage) -> None:
    step.choose_edge("h1 → ŷ")
    step.field("Another value of h1 → ŷ").wait_for()
    rows, run = step.rows(), step.run
    for label, (sentence, entries) in WRONG.items():
        for entry in entries:
            step.type_into(label, entry)
            told = step.page.get_by_text(f"{sentence}, not '{entry}'.", exact=True)
            told.wait_for()
            assert step.page.get_by_test_id("stText").count() == 1
            assert (step.rows(), step.run, step.epoch) == (rows, run, 0)
    assert step.page.evaluate("window.hostile") is None


def test_a_hand_solved_network_shows_gradients_near_zero_and_says_so(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{STEP}&biases=true&edits={SOLVED}")
    stage.wait_for_step(0)
    assert np.abs(numbers(stage, 5)).max() < 1e-6
    told = stage.page.get_by_test_id("stAlert").inner_text()
    assert told.startswith("All gradients are near zero")
    assert "next to nothing left to learn" in told


def test_the_csv_of_a_step_holds_its_numbers_in_full(step: Stage) -> None:
    step.type_into("Epoch", "7")
    step.wait_for_step(7)
    with step.page.expect_download() as download:
        step.page.get_by_role("button", name="Download this step as CSV").click()
    text = download.value.path().read_text("utf-8")
    new = [row["value"] for row in csv.DictReader(io.StringIO(text)) if row["quantity"] == "new"]
    assert np.array(new, dtype=float).tobytes() == trained(TrainConfig()).state(8).tobytes()
    assert download.value.suggested_filename == "xorviz-step-7.csv"


@pytest.mark.parametrize("query", [STEP, f"{STEP}&hidden=16&biases=true"])
def test_the_tab_fits_every_window_without_scrolling_sideways(
    open_shared: OpenStage, query: str
) -> None:
    stage = open_shared(query)
    stage.tab("all four").click()
    for width, height, scheme in ((1440, 900, "light"), (800, 600, "dark"), (390, 844, "light")):
        stage.resize(width, height, scheme)
        assert stage.page.evaluate(
            "() => ['html', '[data-testid=stMain]', '.stage', '.st-key-backprop']"
            ".flatMap(name => [...document.querySelectorAll(name)])"
            ".every(box => box.scrollWidth <= box.clientWidth)"
        )
        boxes = [part.bounding_box() for part in stage.root.locator(PARTS).all()]
        tops = [box["y"] for box in boxes if box]
        assert len(tops) == 4
        assert all(
            b["y"] + b["height"] <= t + 1 for b, t in zip(boxes, tops[1:], strict=False) if b
        )
