"""The tug of war at one weight and at all of them, and each unit's curve."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator

from tests.support.runs import trained
from tests.support.shown import number
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step.step import Step, open_step

PULLS = "[data-chart=weights] .multiples rect[role=img]"
CURVES = "[data-chart=hidden] .multiples rect[role=img]"
TUG = """() => {
  const all = (selector, read) => Array.from(document.querySelectorAll(selector), read);
  const textContent = (part) => part.textContent;
  return {
    names: all(".tug text:not([font-weight])", textContent).slice(3), // after those of the scale
    numbers: all(".tug text[font-weight]", textContent),
    bars: all(".tug path[fill]", (bar) => bar.getBBox().height),
    row: all("tr.chosen td", textContent),
  };
}"""
"""Names, numbers and heights of the bars, and the numbers of the table's chosen row."""
WATCH_TUG = f"""() => new Promise((resolve) => {{
  const seen = [];
  const read = {TUG};
  const look = () => {{
    const now = read();
    if (now.row[0] !== seen.at(-1)?.row[0]) seen.push(now);
    if (seen.length > 4 || document.querySelector("[data-state=ended]")) return resolve(seen);
    requestAnimationFrame(look);
  }};
  look();
}})"""
"""What is shown whenever the table has other numbers, five times or until the run has ended."""


def step_at(config: TrainConfig, epoch: int) -> Step:
    return open_step(config, trained(config).state(epoch), epoch)


def numbers_in(text: str) -> list[float]:
    """The numbers of a cell's sentence, but for the names of weights, units and inputs."""
    texts = re.findall(r"(?<![\w.−])−?\d[\d.]*(?:e−?\d+)?", text.partition(": ")[2])
    return [number(each) for each in texts if each not in ROW_NAMES]


def told(cells: Locator) -> dict[str, list[float]]:
    """What each cell tells readers who don't see it: its numbers, by its name."""
    labels = cells.evaluate_all("cells => cells.map(cell => cell.getAttribute('aria-label'))")
    return {label.partition(": ")[0]: numbers_in(label) for label in labels}


def test_the_bars_at_a_weight_are_its_numbers_in_the_table_pulling_the_other_way(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?tab=backprop&seed=0&weight=h1_y&epoch=700")
    *parts, gradient, update = map(float, stage.rows()["h1 → ŷ"][1:-1])
    expected = [*(-part for part in (*parts, gradient)), update]
    shown = stage.page.evaluate(TUG)
    assert shown["names"] == [*ROW_NAMES, "sum", "update"]
    assert [number(text) for text in shown["numbers"]] == pytest.approx(expected, rel=1e-3)
    bars, sizes = np.array(shown["bars"]), np.abs(expected)
    assert bars / bars.max() == pytest.approx(sizes / sizes.max(), abs=0.02)
    assert bars[4] < 0.2 * bars.max()  # on the plateau the four cancel
    label = stage.root.locator(".tug svg").get_attribute("aria-label") or ""
    assert numbers_in(label) == pytest.approx(expected, rel=1e-3)


def test_while_the_run_plays_the_bars_move_and_agree_with_the_table(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?tab=backprop&weight=h1_y")
    stage.play()
    seen = stage.page.evaluate(WATCH_TUG)
    stage.page.keyboard.press("End")
    stage.settled()
    assert len(seen) == 5
    for shown in seen[1:]:
        *pulls, update = map(number, shown["numbers"])
        assert [-pull for pull in pulls] == [number(text) for text in shown["row"][1:6]]
        assert update == number(shown["row"][6])
    assert len({tuple(shown["bars"]) for shown in seen}) > 2


def test_no_bar_tells_an_update_that_is_to_be_predicted(open_stage: OpenStage) -> None:
    stage = open_stage("?tab=backprop&weight=h2_y").settled()
    assert stage.page.evaluate(TUG)["bars"][-1] > 0
    stage.page.get_by_text("Hide the new value, to predict it").click()
    stage.root.locator("tr[data-name='h2 → ŷ'] td", has_text="?").first.wait_for()
    shown = stage.page.evaluate(TUG)
    assert (shown["numbers"][-1], shown["bars"][-1]) == ("?", 0)
    label = stage.root.locator(".tug svg").get_attribute("aria-label") or ""
    assert label.endswith("; update ?")


def assert_cells_tell(stage: Stage, step: Step) -> None:
    """Whether cells tell the numbers of this step, in the order in which they show them."""
    pulls = np.column_stack([-step.row_gradients.T, -step.gradients, step.updates])
    by_weight = told(stage.root.locator(PULLS))
    assert list(by_weight) == step.names
    assert np.array([*by_weight.values()]) == pytest.approx(pulls, rel=1e-3)
    hidden = zip(step.z_hidden.T, step.hidden.T, step.derivative_hidden.T, strict=True)
    units = [*hidden, (step.z_output, step.output, step.derivative_output)]
    by_unit = told(stage.root.locator(CURVES))
    assert list(by_unit) == [*step.units, "ŷ"]
    curves = [np.column_stack(unit).ravel() for unit in units]
    assert np.array([*by_unit.values()]) == pytest.approx(np.array(curves), rel=1e-3)


def test_cells_tell_the_numbers_of_the_step_at_any_epoch_and_after_another(
    open_shared: OpenStage,
) -> None:
    config = TrainConfig(hidden_size=3, biases=True)
    assert 5013 not in trained(config).epochs
    stage = open_shared("?hidden=3&biases=true&lines=pull&units=curves&epoch=5013")
    stage.root.locator("[data-chart=weights][data-lines=pull]").wait_for()
    stage.root.locator("[data-chart=hidden][data-units=curves]").wait_for()
    assert_cells_tell(stage, step_at(config, 5013))
    with stage.rerun():
        stage.button("Step forward").click()
    assert_cells_tell(stage, step_at(config, 5014))
    stage.page.keyboard.press("End")
    stage.settled()
    assert_cells_tell(stage, step_at(config, 10_000))


def test_a_cell_shows_its_numbers_to_a_pointer_and_to_keys_that_walk_there(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?lines=pull&units=curves&epoch=300")
    step = step_at(TrainConfig(), 300)
    tip = stage.root.locator("[data-chart=weights] .multiples .tip")
    stage.root.locator(PULLS).nth(3).hover()
    name, *lines = tip.inner_text().split("\n")
    assert name == "x2 → h2"
    assert [line.partition(" ")[0] for line in lines] == [*ROW_NAMES, "sum", "update"]
    assert number(lines[1].partition(" ")[2]) == pytest.approx(-step.row_gradients[1, 3], rel=1e-3)
    first = stage.root.locator(PULLS).first
    first.focus()
    stage.page.keyboard.press("ArrowDown")
    stage.page.keyboard.press("ArrowDown")
    stage.page.keyboard.press("ArrowRight")
    assert tip.inner_text().startswith("h2 → ŷ\n")
    assert stage.epoch == 300
    stage.leave_field()
    assert tip.is_hidden()


def test_each_curve_has_its_derivatives_written_at_the_inputs(open_shared: OpenStage) -> None:
    stage = open_shared("?units=curves&epoch=300")
    step = step_at(TrainConfig(), 300)
    texts = stage.root.locator("[data-chart=hidden] .multiples text", has_text="σ′")
    expected = [*step.derivative_hidden.T.ravel(), *step.derivative_output]
    written = [text.split(" σ′ ") for text in texts.all_text_contents()]
    assert [name for name, _ in written] == [*ROW_NAMES] * 3
    assert [number(text) for _, text in written] == pytest.approx(expected, rel=0.05)
