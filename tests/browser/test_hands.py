"""The tab Hands in the browser: the page follows a handle, and at rest it is Python's."""

import numpy as np
import pytest
from playwright.sync_api import Locator

from tests.support.address import wait_for_address
from tests.support.axe import violations
from tests.support.layout import assert_nothing_overlaps
from tests.support.runs import trained
from tests.support.shown import number
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import decision_surface
from xorviz.core.hand import STEP, Move, descending, hold
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.network import Array, forward_pass
from xorviz.core.truth_table import target_column
from xorviz.step.step import open_step

RUN = TrainConfig(seed=7, epochs=1_000)
EPOCH = 503
"""An epoch between two frames."""
LINK = {"seed": 7, "epochs": 1_000, "tab": "hands"}
TAB = f"?seed=7&epochs=1000&tab=hands&epoch={EPOCH}"
STATE = trained(RUN).state(EPOCH)
NAMES = open_step(RUN, STATE, EPOCH).names


def handle(stage: Stage, name: str) -> Locator:
    return stage.page.get_by_role("slider", name=name, exact=True)


def wait_for_moves(stage: Stage, count: int) -> None:
    """Wait until the page shows the state that Python sent after so many moves."""
    stage.wait("data-hand", str(count))
    stage.settled()


def by_weight(stage: Stage, part: str) -> list[float]:
    """The number at the end of the tooltip that this part of each handle has, in full."""
    rows = stage.page.locator(".hands .handle")
    titles = rows.evaluate_all(
        "(rows, part) => rows.map(row => [row.dataset.name, row.querySelector(part).title])", part
    )
    numbers = {name: title.removesuffix(".").split(" ")[-1] for name, title in titles}
    return [float(numbers[name]) for name in NAMES]


def shown_values(stage: Stage) -> list[float]:
    return by_weight(stage, ".field")


def reads(stage: Stage) -> list[float]:
    return [number(text) for text in stage.readouts().values()]


def numbers_of(parameters: Array) -> list[float]:
    """Losses and predictions of these weights."""
    output, targets = forward_pass(parameters, 2).output, target_column(RUN.targets)
    losses = [loss(output, targets, rows=0)[0] for loss in (mean_abs_error, half_squared_error)]
    return [*map(float, losses), *output[:, 0].tolist()]


def assert_is_held(stage: Stage, parameters: Array) -> None:
    """Whether everything on the page, at rest, is that of these weights."""
    assert shown_values(stage) == parameters.tolist()
    assert reads(stage) == pytest.approx(numbers_of(parameters), rel=1e-3)
    rows = "plot.data[0].z.map(row => [...row])"
    state = parameters[np.newaxis]
    surface = np.array(stage.plot("surface", rows))
    assert surface == pytest.approx(decision_surface(state, 2)[0], abs=6e-4)
    activations = forward_pass(state, 2).hidden[0].T
    assert np.array(stage.plot("hidden", rows)) == pytest.approx(activations, abs=6e-4)
    step = open_step(descending(RUN, EPOCH), parameters, EPOCH)
    assert by_weight(stage, ".update") == step.updates.tolist()


def drag(stage: Stage, name: str, share: float) -> None:
    """Take a handle by the mouse, and move it to a share of its way, without letting go."""
    box = handle(stage, name).bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    at = 0.5 + STATE[NAMES.index(name)] / 20
    mouse = stage.page.mouse
    mouse.move(box["x"] + 9 + (box["width"] - 18) * at, middle)
    mouse.down()
    mouse.move(box["x"] + 9 + (box["width"] - 18) * share, middle, steps=5)


def test_the_page_follows_a_handle_that_is_dragged_and_at_rest_has_pythons_numbers(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(TAB)
    wait_for_moves(stage, 0)
    assert_is_held(stage, STATE)
    drag(stage, "x1 → h1", 0.75)
    stage.wait("data-hand", "held")
    stage.next_frames()
    held = hold(RUN, STATE, EPOCH, [Move("x1 → h1", shown_values(stage)[0])])
    assert held[0] == pytest.approx(5, abs=0.2)
    assert reads(stage) == pytest.approx(numbers_of(held), rel=1e-3)
    assert stage.root.locator(".verdict").inner_text().startswith("By hand: ")
    assert stage.page.locator(".hands .arrow").first.is_hidden()
    stage.page.mouse.up()
    wait_for_moves(stage, 1)
    assert_is_held(stage, held)
    assert stage.page.locator(".hands .arrow").first.is_visible()
    wait_for_address(stage, **LINK, hands=f"x1_h1_{held[0]:g}", epoch=EPOCH)


def test_keys_fields_and_buttons_move_the_weights_too_and_undo_takes_that_back(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(TAB)
    wait_for_moves(stage, 0)
    slider = handle(stage, "h1 → ŷ")
    slider.focus()
    for _ in range(3):
        stage.page.keyboard.press("ArrowRight")
    wait_for_moves(stage, 1)  # three keys in a row are one move
    value = shown_values(stage)[NAMES.index("h1 → ŷ")]
    assert value == pytest.approx(STATE[4] + 0.6, abs=0.02)
    moves = [Move("h1 → ŷ", value)]
    field = stage.page.get_by_role("textbox", name="x2 → h2: exact value")
    field.fill("two")
    stage.page.keyboard.press("Enter")
    stage.page.get_by_text("x2 → h2 must be a number from -1000 to 1000, not 'two'.").wait_for()
    wait_for_moves(stage, 1)
    assert_is_held(stage, hold(RUN, STATE, EPOCH, moves))
    field.fill("-2,125")
    stage.page.keyboard.press("Enter")
    wait_for_moves(stage, 2)
    moves.append(Move("x2 → h2", -2.125))
    stage.page.get_by_role("button", name="Let it take one step").click()
    wait_for_moves(stage, 3)
    assert_is_held(stage, hold(RUN, STATE, EPOCH, [*moves, Move(STEP)]))
    stage.page.get_by_role("button", name="Undo", exact=True).click()
    wait_for_moves(stage, 2)
    assert_is_held(stage, hold(RUN, STATE, EPOCH, moves))
    stage.page.get_by_role("button", name="Undo all").click()
    wait_for_moves(stage, 0)
    assert_is_held(stage, STATE)
    assert stage.root.locator(".verdict").inner_text().startswith("At epoch 503: ")


def test_a_link_opens_the_held_weights_and_another_tab_or_epoch_the_runs_own(
    open_shared: OpenStage,
) -> None:
    moves = [Move("x1 → h1", 4.0), Move("h2 → ŷ", -3.5), Move(STEP)]
    stage = open_shared(f"{TAB}&hands=x1_h1_4~h2_y_-3.5~step")
    wait_for_moves(stage, 3)
    assert_is_held(stage, hold(RUN, STATE, EPOCH, moves))
    surface = stage.root.locator("[data-chart=surface] .plot")
    described = str(surface.get_attribute("aria-label"))
    assert described.startswith("With weights set by hand at epoch 503 the output is ")
    with stage.rerun():
        stage.tab("Watch").click()
    assert reads(stage) == pytest.approx(numbers_of(STATE), rel=1e-3)
    with stage.rerun():
        stage.tab("Hands").click()
    wait_for_moves(stage, 3)
    with stage.rerun():
        stage.button("Step forward").click()
    wait_for_moves(stage, 0)
    assert stage.epoch == EPOCH + 1
    assert shown_values(stage) == trained(RUN).state(EPOCH + 1).tolist()
    stage.page.get_by_text("3 moves").or_(stage.page.get_by_text("2 moves and 1 update")).wait_for()


def test_an_edge_of_the_network_leads_to_its_handle_and_training_goes_on_from_the_moved_weights(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{TAB}&hands=x1_h1_4")
    wait_for_moves(stage, 1)
    stage.choose_edge("x2 → h1")
    assert handle(stage, "x2 → h1").evaluate("slider => slider === document.activeElement")
    run = stage.run
    with stage.rerun():
        stage.page.get_by_role("button", name="Let it train on from here").click()
        stage.wait_for_run_other_than(run)
    assert stage.epoch == EPOCH
    held = hold(RUN, STATE, EPOCH, [Move("x1 → h1", 4.0)])
    assert reads(stage) == pytest.approx(numbers_of(held), rel=1e-3)
    assert stage.page.get_by_role("radio", name="Watch").is_checked()


def test_the_tab_breaks_no_rule_of_accessibility_and_fits_every_window(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?tab=hands&hidden=16&biases=true&epochs=300&hands=x1_h1_4")
    wait_for_moves(stage, 1)
    assert violations(stage.page, "[data-testid=stMain]") == []
    for size in ((1440, 900, "light"), (800, 600, "dark"), (390, 844, "light")):
        stage.resize(*size)
        assert_nothing_overlaps(stage)
    handle(stage, "1 → h1").scroll_into_view_if_needed()
    surface = stage.root.locator("[data-chart=surface]")
    tops = [part.bounding_box() for part in (surface, handle(stage, "1 → h1"))]
    assert tops[0]
    assert tops[1]
    assert 0 <= tops[0]["y"] < tops[0]["y"] + tops[0]["height"] <= tops[1]["y"] < 844


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_no_handle_moves_as_the_sentences_about_the_aim_grow(
    open_shared: OpenStage, size: tuple[int, int]
) -> None:
    stage = open_shared(TAB)
    stage.resize(*size)
    wait_for_moves(stage, 0)
    stage.page.get_by_role("button", name="Let it take one step").click()
    wait_for_moves(stage, 1)
    with stage.rerun():
        stage.button("Step forward").click()
    wait_for_moves(stage, 0)
    stage.page.get_by_role("button", name="Make it here").wait_for()
    top = "slider => slider.getBoundingClientRect().top + slider.closest('.stMain').scrollTop"
    before = handle(stage, "x1 → h1").evaluate(top)
    stage.page.get_by_role("button", name="Let it take one step").click()
    wait_for_moves(stage, 1)
    stage.page.get_by_text("Gradient descent alone needs 1 update").wait_for()
    assert handle(stage, "x1 → h1").evaluate(top) == before


SWIPE = """slider => {
  const send = (event) => slider.dispatchEvent(event);
  send(new PointerEvent("pointerdown"));
  slider.value = "3";
  send(new Event("input"));
  send(new PointerEvent("pointercancel"));
  send(new Event("change"));
}"""
"""What a browser tells of a finger that comes down on a slider and then scrolls the page."""


def test_a_swipe_that_scrolls_the_page_moves_no_handle(open_shared: OpenStage) -> None:
    stage = open_shared("?tab=hands&epochs=300&epoch=200")
    wait_for_moves(stage, 0)
    before = reads(stage)
    handle(stage, "x2 → h1").evaluate(SWIPE)
    wait_for_moves(stage, 0)
    assert reads(stage) == before
    assert "hands=" not in stage.page.url
