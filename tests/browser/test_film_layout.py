"""The film of a step: that its numbers fit, and none covers another."""

from itertools import pairwise

import pytest

from tests.support.film import STEP, numbers, step_of, wait_for_beat
from tests.support.layout import assert_nothing_overlaps
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.stage.step_film import step_film

BOXES = "all => all.map(box => box.getBoundingClientRect().toJSON())"


def at_beat(open_shared: OpenStage, beat: int, run: str = "") -> Stage:
    """Open a film at a beat."""
    stage = open_shared(f"{STEP}&{run}&beat={beat}")
    wait_for_beat(stage, beat)
    return stage


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes have more than a pixel of their borders in common."""
    return all(
        one[start] < other[end] - 1 and other[start] < one[end] - 1
        for start, end in (("left", "right"), ("top", "bottom"))
    )


@pytest.mark.parametrize("beat", [10, 11, 24, 25])
def test_the_numbers_of_an_open_film_fit_every_window_and_none_covers_another(
    open_shared: OpenStage, beat: int
) -> None:
    stage = at_beat(open_shared, beat, "hidden=4&biases=true")
    for size in ((1440, 900, "light"), (1280, 720, "light"), (390, 844, "dark")):
        stage.resize(*size)
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


COVERED = """() => {
  const all = (selector) => [...document.querySelectorAll(`[data-chart=network] ${selector}`)];
  const numbers = all(":is(.chip, .note)");
  const box = (part) => part.getBoundingClientRect();
  const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const isOwn = (number, node) => number.matches(".inside") && node.matches(".noted");
  const name = ({ dataset, textContent }) => dataset.edge ?? dataset.unit ?? textContent;
  return numbers.flatMap((number, index) => [...numbers.slice(index + 1), ...all(".node")]
    .filter((other) => meet(box(number), box(other)) && !isOwn(number, other))
    .map((other) => [name(number), name(other)]));
}"""
"""Numbers that cover another one, or a unit; an input's own stands in it."""
OVERFULL = """chips => chips.filter(chip => chip.scrollWidth > chip.clientWidth + 1)
  .map(chip => chip.dataset.edge)"""


@pytest.mark.parametrize("run", ["hidden=2&biases=true", "hidden=4&biases=true", "hidden=16"])
def test_in_no_beat_a_number_covers_another_one_or_a_unit(open_stage: OpenStage, run: str) -> None:
    stage = open_stage(f"{STEP}&{run}&beat=6", reduced_motion="reduce").settled()
    beats = [*range(6, 12), 24, 25]
    for width, height in ((390, 844), (1280, 720)):
        stage.resize(width, height)
        for beat in beats:
            stage.page.get_by_role("button", name="Skip to input 01").click()
            for _ in range(beat - 6):
                stage.page.keyboard.press("ArrowRight")
            wait_for_beat(stage, beat)
            stage.next_frames()
            assert stage.page.evaluate(COVERED) == []
            assert stage.root.locator(".chip").evaluate_all(OVERFULL) == []


def test_where_room_lacks_the_chosen_or_pointed_unit_has_its_numbers_in_full(
    open_shared: OpenStage,
) -> None:
    stage = at_beat(open_shared, 25, "hidden=4&biases=true")
    stage.resize(1440, 900)
    film = step_film(step_of(TrainConfig(hidden_size=4, biases=True)))

    def expected(unit: str) -> dict[str, list[str]]:
        edges = film.beats[25].edges.items()
        full = {name: [terms, result] for name, (terms, result, _) in edges}
        short = {name: [result] for name, (_, result, _) in edges}
        into = {name for name in full if name.endswith("ŷ") or unit in name}
        return {name: full[name] if name in into else short[name] for name in full}

    def shown() -> dict[str, list[str]]:
        return {name: lines for name, lines in numbers(stage).items() if "→" in name}

    assert shown() == expected("h1")
    stage.root.locator(".node", has_text="h3").focus()
    stage.page.get_by_text(film.in_full.format(unit="h3")).wait_for()
    assert shown() == expected("h3")


def test_a_line_that_is_not_due_yet_covers_nothing(open_shared: OpenStage) -> None:
    stage = at_beat(open_shared, 10)
    read = "boxes => boxes.map(box => getComputedStyle(box).backgroundColor)"
    assert {*stage.root.locator(".note").evaluate_all(read)} == {"rgba(0, 0, 0, 0)"}
    assert len(stage.root.locator(".note > span:not(.unseen)").all()) == 4


def test_an_input_that_is_1_has_the_colour_of_1_with_its_value_in_it(
    open_shared: OpenStage,
) -> None:
    stage = at_beat(open_shared, 6)
    read = "node => getComputedStyle(node).backgroundColor.match(/[0-9.]+/g).map(Number)"
    lit = stage.root.locator(".node.beats.plain")
    red, _, blue, *_ = lit.evaluate(read)
    assert red > 1.5 * blue
    (circle,) = lit.evaluate_all(BOXES)
    (value,) = stage.root.locator(".note", has_text="x2 = 1").evaluate_all(BOXES)
    assert circle["left"] <= value["left"] < value["right"] <= circle["right"]
    assert circle["top"] < value["top"] < value["bottom"] < circle["bottom"]
    stage.page.keyboard.press("ArrowRight")
    wait_for_beat(stage, 7)
    assert stage.root.locator(".node.plain b").first.is_visible()


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
    stage = at_beat(open_shared, 25)
    stage.resize(1440, 900)
    table = stage.root.locator(".table")
    assert table.evaluate("table => table.scrollHeight <= table.clientHeight")
    (last,) = table.locator("tbody tr").last.evaluate_all(BOXES)
    assert last["bottom"] <= 900
