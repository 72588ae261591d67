"""How long a page's link may become."""

from typing import Any

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.settings import link
from xorviz.settings.length import MAX_CHANGES, MAX_QUERY, MAX_RANGE, overflow
from xorviz.settings.page import Page


def longest_settings() -> dict[str, Any]:
    """Every setting but edits and pins at the value whose text is longest in a link."""
    rate = 0.012345678901234567
    widest = "+1,+2,+3,+4,+5,+6,+7,+8,+9," * 4  # signs and commas take three characters each
    return {
        **vars(Page()),
        "seed": 999,
        "learning_rate": rate,
        "hidden_size": 16,
        "epochs": 50_000,
        "biases": True,
        "targets": "1111",
        "tab": "backprop",
        "row": "all",
        "weight": "x1 → h16",
        "map": "seed-hidden",
        "hide": link.PARTS,
        **{f"{name}_range": widest[:MAX_RANGE] for name in SWEPT},
        "epoch": 50_000,
        "play": False,
        "speed": "0.25",
        "loss": "half",
        "axis": "log",
        "colour": "epochs",
    }


SWEPT = ("seed", "learning_rate", "hidden_size")
HUNDREDS = tuple(Edit(epoch, "x1 → h1", 0.1234567890123456) for epoch in range(100, 200))


def test_what_a_page_may_write_stays_below_four_kilobytes() -> None:
    others = longest_settings()
    assert set(others) == set(vars(Page()))
    room = MAX_QUERY - len(link.query(link.write(Page(**others))))
    assert room > MAX_CHANGES


def test_edits_that_fit_are_taken_and_one_more_is_refused_with_the_numbers() -> None:
    fitting = next(n for n in range(100) if overflow(HUNDREDS[: n + 1], ()))
    assert overflow(HUNDREDS[:fitting], ()) is None
    length = len(link.query({"edits": [FIELDS["edits"].write(HUNDREDS[: fitting + 1])]}))
    assert length > MAX_CHANGES
    assert overflow(HUNDREDS[: fitting + 1], ()) == (
        "The page's link has room for 2,800 characters of edits and pinned runs, and this would "
        f"make it {length:,}: undo edits or remove a pinned run first."
    )


def test_pinned_runs_leave_room_to_be_opened() -> None:
    edited = TrainConfig(edits=HUNDREDS[:40])
    assert overflow((), (edited,)) == overflow(edited.edits, (edited,))
    both = (edited, TrainConfig(seed=7, edits=HUNDREDS[40:80]))
    assert overflow((), both)


def test_a_longer_link_is_still_read() -> None:
    given = {"edits": [FIELDS["edits"].write(HUNDREDS)], "pin": [f"seed={n}" for n in range(4)]}
    assert len(link.query(given)) > MAX_CHANGES
    page, problems = link.read(given)
    assert (len(page.edits), len(page.pins), problems) == (100, 4, [])
