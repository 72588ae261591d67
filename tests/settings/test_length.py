"""How long a page's link may become."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import given

from tests.support.links import pages
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.fields import Choice, Field, Flag, Name, Number, Targets, Whole
from xorviz.core.hand import Move
from xorviz.settings import link
from xorviz.settings.length import MAX_CHANGES, MAX_QUERY, MAX_RANGE, overflow
from xorviz.settings.lists import Names, Pair, Typed, Weight
from xorviz.settings.page import Page
from xorviz.settings.reading import read

LONG_NUMBERS = (2.2250738585072014e-308, 0.00012345678901234567, 0.012345678901234567, 1 / 3)


def candidates(field: Field) -> Iterable[Any]:
    """Values of a field, among them one of those whose text is longest in a link."""
    match field:
        case Whole() | Number():
            return field.low, field.high, *LONG_NUMBERS
        case Flag():
            return False, True
        case Targets():
            return "1111", "0000"
        case Choice():
            return field.choices
        case Name() | Weight():
            return field.names
        case Pair():
            return ["h1_h16"]
        case Names():
            return [field.choices]
        case Typed():
            return ["1" + "\t" * (MAX_RANGE - 1)]  # a tab takes three characters
    raise TypeError(field)


def longest(setting: str, field: Field) -> Any:
    """The value of a setting whose text is longest in a link, which has no defaults."""
    default = getattr(Page(), setting)
    values = [one for one in candidates(field) if field.allows(one) and one != default]
    return max(values, key=lambda value: len(link.query({"": [field.write(value)]})))


CHANGES = ("edits", "hands")
"""Settings whose length has a bound of its own."""
LONGEST = Page(
    **{
        setting: longest(setting, field)
        for setting, field in link.PARAMETERS.values()
        if setting not in CHANGES
    }
)
HUNDREDS = tuple(Edit(epoch, "x1 → h1", 0.1234567890123456) for epoch in range(100, 200))


def test_what_a_page_may_write_stays_below_four_kilobytes() -> None:
    written = link.write(LONGEST)
    assert written.keys() == link.PARAMETERS.keys() - {*CHANGES}
    assert MAX_QUERY - len(link.query(written)) > MAX_CHANGES


@given(chosen=pages())
def test_no_page_without_edits_and_pins_writes_more_than_the_longest(
    chosen: dict[str, Any],
) -> None:
    written = link.write(replace(Page(**chosen), edits=(), hands=(), pins=()))
    assert len(link.query(written)) <= len(link.query(link.write(LONGEST)))


def test_edits_that_fit_are_taken_and_one_more_is_refused_with_the_numbers() -> None:
    fitting = next(n for n in range(100) if overflow(HUNDREDS[: n + 1], ()))
    assert overflow(HUNDREDS[:fitting], ()) is None
    length = len(link.query({"edits": [FIELDS["edits"].write(HUNDREDS[: fitting + 1])]}))
    assert length > MAX_CHANGES
    assert overflow(HUNDREDS[: fitting + 1], ()) == (
        "The page's link has room for 2,500 characters of edits and pinned runs, and this would "
        f"make it {length:,}: undo edits or remove a pinned run first."
    )


def test_moves_by_hand_take_their_part_of_the_room() -> None:
    hands = 98 * (Move("x1 → h1", 0.1234567890123456),)
    edits = HUNDREDS[:20]
    assert overflow(edits, ()) is overflow((), (), hands) is None
    length = len(link.query(link.write(Page(edits=edits, hands=hands))))
    assert overflow(edits, (), hands) == (
        "The page's link has room for 2,500 characters of moves by hand, edits and pinned runs, "
        f"and this would make it {length:,}: undo moves or edits, or remove a pinned run first."
    )


def test_pinned_runs_leave_room_to_be_opened() -> None:
    edited = TrainConfig(edits=HUNDREDS[:40])
    assert overflow((), (edited,)) == overflow(edited.edits, (edited,))
    both = (edited, TrainConfig(seed=7, edits=HUNDREDS[40:80]))
    assert overflow((), both)


def test_a_longer_link_is_still_read() -> None:
    given = {"edits": [FIELDS["edits"].write(HUNDREDS)], "pin": [f"seed={n}" for n in range(4)]}
    assert len(link.query(given)) > MAX_CHANGES
    page, problems = read(given)
    assert (len(page.edits), len(page.pins), problems) == (100, 4, [])
