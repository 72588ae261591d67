"""A whole link: which values of it can be used only together."""

from dataclasses import replace

import pytest

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
        "Hands must be at most 2,500 characters long with edits and pinned runs, not "
        f"{len(link.query(given)):,}, so it is ignored."
    )


@pytest.mark.parametrize(
    ("other", "came"),
    [
        ({}, "tab=watch"),
        ({"tab": ["hands"]}, "tab=hands"),
        ({"tab": ["backprop"], "hide": ["loss,network"]}, "hide=network"),
    ],
)
def test_a_beat_is_read_where_its_film_can_open_and_another_gets_a_sentence(
    other: dict[str, list[str]], came: str
) -> None:
    assert read({"tab": ["backprop"], "beat": ["7"]}) == (Page(tab="backprop", beat=7), [])
    page, (problem,) = read({"beat": ["7"], **other})
    assert page == read(other)[0]
    assert problem_text(problem) == (
        f"Beat must be given with tab=backprop and the network, not with {came}, so it is ignored."
    )


@pytest.mark.parametrize(
    ("other", "network"),
    [
        ({}, "2 hidden units and no biases"),
        ({"hidden": ["1"]}, "1 hidden unit and no biases"),
    ],
)
def test_a_mistake_that_the_network_can_not_have_gets_a_sentence(
    other: dict[str, list[str]], network: str
) -> None:
    page, (problem,) = read({"mistake": ["bias-sign"], **other})
    assert page == read(other)[0]
    assert problem_text(problem) == (
        f"Mistake must be one that a network with {network} can have, not 'bias-sign', so it is "
        "ignored."
    )


def test_a_mistake_is_left_out_of_a_page_whose_network_no_longer_fits() -> None:
    page, _ = read({"mistake": ["bias-sign"], "biases": ["true"]})
    assert page.run.mistake == "bias-sign"
    assert replace(page, biases=False).fitting_run.mistake == ""
