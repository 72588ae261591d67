"""Layout: where the parts of the page are, and whether they leave each other room."""

import itertools

from playwright.sync_api import FloatRect, Locator

from tests.support.stage import Stage

PARTS = ".transport, .summary, section, .table"
SCROLLERS = "html, [data-testid=stMain], .stage, .stage section, .st-key-backprop"
NOT_SCROLLED = f"""() => [...document.querySelectorAll("{SCROLLERS}")]
  .every((box) => box.scrollWidth <= box.clientWidth)"""
UNCOVERED = """text => {
  const box = text.getBoundingClientRect();
  const at = (x, y) => text.contains(document.elementFromPoint(x, y));
  return box.height > 0 && at(box.x + 2, box.y + 8) && at(box.right - 2, box.bottom - 8);
}"""


def apart(one: FloatRect, other: FloatRect) -> bool:
    """Whether two boxes of the page share no more than an edge."""
    gap_x = max(one["x"], other["x"]) - min(one["x"] + one["width"], other["x"] + other["width"])
    gap_y = max(one["y"], other["y"]) - min(one["y"] + one["height"], other["y"] + other["height"])
    return max(gap_x, gap_y) > -1


def boxes(parts: Locator) -> list[FloatRect]:
    """The boxes of those parts that are seen."""
    return [box for part in parts.all() if (box := part.bounding_box())]


def chart_boxes(stage: Stage) -> list[FloatRect]:
    return boxes(stage.root.locator("section"))


def assert_nothing_overlaps(stage: Stage) -> None:
    """Whether no part that is seen overlaps another, or makes the page scroll sideways."""
    assert stage.page.evaluate(NOT_SCROLLED)
    parts = boxes(stage.root.locator(PARTS))
    assert all(apart(one, other) for one, other in itertools.combinations(parts, 2))


def fits(stage: Stage) -> bool:
    """Whether the whole page is seen without scrolling."""
    main = stage.page.get_by_test_id("stMain")
    return bool(main.evaluate("main => main.scrollHeight <= main.clientHeight + 1"))


def is_uncovered(text: Locator) -> bool:
    """Whether nothing lies over a text."""
    return bool(text.evaluate(UNCOVERED))
