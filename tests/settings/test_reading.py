"""A whole link: which values of it can be used only together."""

from dataclasses import replace

from xorviz.core.edit import Edit
from xorviz.core.hand import Move
from xorviz.sentences.link import problem_text
from xorviz.settings import link
from xorviz.settings.length import overflow
from xorviz.settings.page import Page
from xorviz.settings.reading import read


def test_moves_by_hand_are_read_where_a_page_may_write_them_and_others_get_a_sentence() -> None:
    hands = 200 * (Move("x1 → h1", 0.1234567890123456),)
    fitting = next(n for n in range(200) if overflow((), (), hands[: n + 1]))
    assert read(link.write(Page(hands=hands[:fitting]))) == (Page(hands=hands[:fitting]), [])
    page = Page(hands=hands[:fitting], edits=(Edit(100, "x1 → h1", 0.1234567890123456),))
    given = link.write(page)
    (problem,) = read(given)[1]
    assert read(given)[0] == replace(page, hands=())
    assert problem_text(problem) == (
        "Hands must be at most 2,600 characters long with edits and pinned runs, not "
        f"{len(link.query(given)):,}, so it is ignored."
    )
