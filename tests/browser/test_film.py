"""The film of a step: its numbers, its keys, and what lights up beside it."""

from itertools import pairwise

import pytest
from playwright.sync_api import Locator

from tests.support.address import wait_for_address
from tests.support.axe import violations
from tests.support.layout import assert_nothing_overlaps
from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.stage.step_film import BeatSpec, Film, step_film
from xorviz.stage.step_table import table
from xorviz.step.step import Step, open_step

STEP = "?tab=backprop&epoch=300"
NETWORK = "[data-chart=network]"
SHOWN = """() => {
  const all = (selector, around = document) => [...around.querySelectorAll(selector)];
  const isSeen = (part) => part.checkVisibility({ visibilityProperty: true });
  const text = (part) => part.textContent;
  const numbers = all(".layer [data-edge], .layer [data-unit]").map((box) => [
    box.dataset.edge ?? box.dataset.unit,
    all("span:not(.unseen, .name), b", box).filter(isSeen).map(text),
  ]);
  return [
    Object.fromEntries(numbers),
    text(document.querySelector(".film .sentence")),
    document.querySelector("[data-film]").dataset.film,
    all(".stage thead th.filmed").map(text),
  ];
}"""
"""What is written beside each edge and unit, the sentence, and what is lit: a kind, and columns."""
WIDTHS = "lines => lines.map(line => line.getAttribute('stroke-width'))"


def step_of(config: TrainConfig) -> Step:
    return open_step(config, trained(config).state(300), 300)


def wait_for_beat(stage: Stage, beat: int) -> None:
    stage.page.wait_for_selector(f'{NETWORK}[data-beat="{beat}"][data-beats="26"]')


def numbers(stage: Stage) -> dict[str, list[str]]:
    """What is written beside each edge and each unit."""
    written: dict[str, list[str]] = stage.page.evaluate(SHOWN)[0]
    return written


def written(beat: BeatSpec) -> dict[str, list[str]]:
    """What is written at the end of a beat: of a sum, its result."""
    edges = {
        name: [result] if beat.kind == "sum" else [terms, result]
        for name, (terms, result, _) in beat.edges.items()
    }
    return {**edges, **{name: [*lines] for name, lines in beat.units.items()}}


def lines(stage: Stage) -> Locator:
    return stage.root.locator(f"{NETWORK} .drawing path:not([role])")


def test_each_beat_writes_the_numbers_of_the_step_and_lights_up_its_part_of_the_table(
    open_stage: OpenStage,
) -> None:
    stage = open_stage(f"{STEP}&biases=true&beat=0", reduced_motion="reduce").settled()
    step = step_of(TrainConfig(biases=True))
    film: Film = step_film(step)
    names = [column.name for column in table(step).columns]
    for index, beat in enumerate(film.beats):
        wait_for_beat(stage, index)
        assert stage.page.evaluate(SHOWN) == [
            written(beat),
            beat.sentence,
            beat.kind,
            [names[at] for at in beat.columns],
        ]
        stage.page.keyboard.press("ArrowRight")
    wait_for_address(stage, tab="backprop", biases="true", epoch=300, beat=25)
    stage.page.keyboard.press("Shift+ArrowLeft")
    wait_for_beat(stage, 24)


def test_a_step_is_watched_with_its_own_keys_and_the_run_rests_meanwhile(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(STEP)
    stage.button("Watch this step").click()
    wait_for_beat(stage, 2)
    stage.page.keyboard.press(" ")
    stage.button("Play the film").wait_for()
    beat = int(stage.root.locator(NETWORK).get_attribute("data-beat") or -1)
    for key, change in (("ArrowRight", 1), ("ArrowLeft", -1), ("ArrowLeft", -1)):
        stage.page.keyboard.press(key)
        beat += change
        wait_for_beat(stage, beat)
    stage.page.get_by_role("button", name="Skip to input 10").click()
    wait_for_beat(stage, 12)
    stage.page.get_by_text("The film is at input 10, and so are the formulas.").wait_for()
    wait_for_address(stage.settled(), tab="backprop", epoch=300, beat=12)
    assert (stage.state, stage.epoch) == ("paused", 300)
    stage.page.keyboard.press("End")  # the run's own, or the page's
    stage.button("Close the film").click()
    stage.button("Watch this step").wait_for()
    assert stage.root.locator(NETWORK).get_attribute("data-beat") is None
    wait_for_address(stage.settled(), tab="backprop", epoch=stage.epoch)
    assert stage.page.locator("[data-film]").count() == 0


def test_a_press_of_a_formula_goes_to_its_beat_of_the_present_input(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{STEP}&beat=12")
    wait_for_beat(stage, 12)
    page = stage.page
    page.get_by_role("button", name="Show in the film: the error").press("Enter")
    wait_for_beat(stage, 14)
    page.get_by_text("predicted_output = sigmoid(final_layer_activation)").click()
    wait_for_beat(stage, 13)
    stage.leave_field()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    wait_for_beat(stage, 24)
    stage.page.get_by_text("The film is at all four inputs, and so are the gradients.").wait_for()
    page.get_by_role("button", name="Show in the film: the output").click()
    wait_for_beat(stage, 19)


def test_the_update_ends_with_the_new_widths_and_a_closed_film_leaves_the_old_ones(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?tab=backprop&lr=10&epoch=225")
    old = lines(stage).evaluate_all(WIDTHS)
    stage = open_shared("?tab=backprop&lr=10&epoch=226")
    new = lines(stage).evaluate_all(WIDTHS)
    assert new != old
    stage = open_shared("?tab=backprop&lr=10&epoch=225&beat=25")
    wait_for_beat(stage, 25)
    assert lines(stage).evaluate_all(WIDTHS) == new
    stage.button("Close the film").click()
    assert lines(stage).evaluate_all(WIDTHS) == old


def test_of_many_units_the_chosen_or_pointed_one_has_its_numbers(open_shared: OpenStage) -> None:
    stage = open_shared(f"{STEP}&hidden=16&weight=x1_h7&beat=0")
    wait_for_beat(stage, 0)
    assert {*numbers(stage)} == {"x1", "x2", "x1 → h7", "x2 → h7", "h7"}
    stage.root.locator(".node", has_text="h12").focus()
    stage.page.wait_for_selector(".layer [data-edge='x2 → h12']")
    film = step_film(step_of(TrainConfig(hidden_size=16)))
    assert numbers(stage)["h12"] == film.beats[0].units["h12"]
    assert {*numbers(stage)} == {"x1", "x2", "x1 → h12", "x2 → h12", "h12"}
    sentence = f"{film.beats[0].sentence} {film.focus.format(unit='h12')}"
    assert stage.root.locator(".film .sentence").inner_text() == sentence


def test_another_epoch_shows_its_own_numbers_in_the_same_beat(open_shared: OpenStage) -> None:
    stage = open_shared("?tab=backprop&lr=10&epoch=225&beat=8")
    wait_for_beat(stage, 8)
    before = numbers(stage)
    stage.page.get_by_role("button", name="Next").click()
    stage.wait_for_step(226)
    config = TrainConfig(learning_rate=10)
    after = step_film(open_step(config, trained(config).state(226), 226))
    wait_for_beat(stage, 8)
    assert numbers(stage) == written(after.beats[8]) != before


BOXES = "all => all.map(box => box.getBoundingClientRect().toJSON())"


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes have more than a pixel of their borders in common."""
    return all(
        one[start] < other[end] - 1 and other[start] < one[end] - 1
        for start, end in (("left", "right"), ("top", "bottom"))
    )


def assert_the_numbers_fit(stage: Stage) -> None:
    assert_nothing_overlaps(stage)
    (drawing,) = stage.root.locator(".drawing").evaluate_all(BOXES)
    for box in stage.root.locator(".layer > div").evaluate_all(BOXES):
        assert drawing["left"] - 1 <= box["left"] < box["right"] <= drawing["right"] + 1
    middle = drawing["left"] + drawing["width"] / 2
    chips = stage.root.locator(".chip").evaluate_all(BOXES)
    units = stage.root.locator(".node").evaluate_all(BOXES)
    assert not [chip for chip in chips for unit in units if overlap(chip, unit)]
    for is_left in (True, False):
        column = [chip for chip in chips if (chip["left"] < middle) == is_left]
        column.sort(key=lambda chip: float(chip["top"]))
        assert all(upper["bottom"] <= lower["top"] for upper, lower in pairwise(column))


TO_NEXT = {10: ["ArrowRight"], 11: ["Shift+ArrowRight"] * 3, 24: ["ArrowRight"], 25: []}
"""Beats, and the keys that lead from each to the next of them."""


@pytest.mark.parametrize("size", [(1440, 900, "light"), (1280, 720, "light"), (390, 844, "dark")])
def test_the_numbers_of_an_open_film_fit_every_window_and_none_covers_another(
    open_shared: OpenStage, size: tuple[int, int, str]
) -> None:
    stage = open_shared(f"{STEP}&hidden=4&biases=true&beat=10")
    stage.page.emulate_media(reduced_motion="reduce")
    for beat, keys in TO_NEXT.items():
        wait_for_beat(stage, beat)
        stage.resize(*size)
        stage.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
        assert_the_numbers_fit(stage)
        for key in keys:
            stage.page.keyboard.press(key)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_each_number_that_stays_has_the_name_of_its_connection(
    open_shared: OpenStage, size: int
) -> None:
    stage = open_shared(f"{STEP}&hidden={size}&biases=true&beat=23")
    stage.page.emulate_media(reduced_motion="reduce")
    names = stage.root.locator(".chip .name")
    expected = {f"{name}: " for name in step_of(TrainConfig(hidden_size=size, biases=True)).names}
    for beat in (23, 24, 25):
        wait_for_beat(stage, beat)
        assert {*names.all_text_contents()} == expected
        assert all(name.is_visible() for name in names.all())
        stage.page.keyboard.press("ArrowRight")


def test_on_a_laptop_an_open_film_leaves_the_whole_table_of_two_units_in_view(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{STEP}&beat=25")
    wait_for_beat(stage, 25)
    stage.resize(1440, 900)
    table = stage.root.locator(".table")
    assert table.evaluate("table => table.scrollHeight <= table.clientHeight")
    (last,) = table.locator("tbody tr").last.evaluate_all(BOXES)
    assert last["bottom"] <= 900


def test_axe_finds_nothing_in_an_open_film(open_shared: OpenStage) -> None:
    stage = open_shared(f"{STEP}&beat=4")
    stage.page.get_by_role("button", name="Show in the film: the error").wait_for()
    assert violations(stage.page) == []
    stage.resize(390, 844, "dark")
    assert violations(stage.page, NETWORK) == []
