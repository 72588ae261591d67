"""The check, put to a drawn sample of programs that are written independently of the catalogue."""

from random import Random

import pytest

from tests.support.programs.cases import Case, drawn_pairs, drawn_prints, every_single
from tests.support.programs.judge import judge
from tests.support.programs.mistakes import PARTS
from tests.support.programs.protocol import Train, observed, states
from tests.support.programs.right import OTHER, RIGHT
from tests.support.programs.styles import STYLES
from xorviz.core.config import TrainConfig
from xorviz.mistakes.search import check

EVERY_SINGLE = [case for case in every_single() if case.style in STYLES]
SINGLES = [
    case
    for name in PARTS
    for case in Random(name).sample([case for case in EVERY_SINGLE if case.wrong == {name}], 2)
]
PAIRS = drawn_pairs(12)
ONCE_PRINTED = [*drawn_prints(1, 8, 1), *drawn_prints(100, 8, 1)]
PRINTED_AT_THE_END = Random(4).sample(drawn_prints(10_000, 8, 1), 1)
DIGITS_DECIDE = Case(
    "letters",
    frozenset({"no-rate-hidden"}),
    TrainConfig(seed=42, learning_rate=1.5, hidden_size=2, epochs=10_000),
    (10_000,),
    8,
)
"""Another mistake explains it too, but only if round-off is allowed to have grown a lot."""
ROUNDED = drawn_prints(1, 4, 1)
A_RUN = TrainConfig(seed=3, learning_rate=0.7, hidden_size=3, epochs=60)


@pytest.mark.parametrize(
    "case", [*SINGLES, *ONCE_PRINTED, *PRINTED_AT_THE_END, DIGITS_DECIDE], ids=str
)
def test_a_mistake_is_named_in_whatever_way_the_program_is_written(case: Case) -> None:
    verdict = judge(case)
    assert verdict is not None
    assert verdict.named, verdict


def test_of_two_mistakes_nine_in_ten_pairs_are_named_and_none_gets_a_wrong_name() -> None:
    verdicts = [verdict for verdict in map(judge, PAIRS) if verdict]
    assert not [str(verdict) for verdict in verdicts if verdict.wrong]
    assert sum(verdict.named for verdict in verdicts) >= 0.9 * len(PAIRS)


@pytest.mark.parametrize("case", ROUNDED, ids=str)
def test_weights_rounded_to_four_decimals_never_get_a_wrong_name(case: Case) -> None:
    verdict = judge(case)
    assert verdict is not None
    assert not verdict.wrong, verdict


@pytest.mark.parametrize("biases", [False, True], ids=["", "biases"])
@pytest.mark.parametrize(("train", "way"), RIGHT.values(), ids=RIGHT)
def test_a_right_program_is_said_to_be_right_and_in_which_way(
    train: Train, way: str, biases: bool
) -> None:
    config = TrainConfig(**vars(A_RUN) | {"biases": biases})
    answer = check(observed(states(train, config), config))
    assert answer.answer == "another way" if way else answer.answer in ("equal", "another way")
    assert not way or way in answer.names


@pytest.mark.parametrize("train", OTHER.values(), ids=OTHER)
def test_a_right_program_of_two_ways_at_once_is_not_called_a_mistake(train: Train) -> None:
    assert check(observed(states(train, A_RUN), A_RUN)).answer != "mistake"


@pytest.mark.parametrize(
    ("mistake", "rate", "answer", "name"),
    [
        ("no-rate-output", 1, "equal", ""),
        ("rate-twice", 1, "equal", ""),
        ("rate-twice", 2, "another way", "twice"),
        ("rate-twice", 0.25, "another way", "mean"),
    ],
)
def test_a_mistake_that_is_none_at_this_rate_is_not_called_one(
    mistake: str, rate: float, answer: str, name: str
) -> None:
    config = TrainConfig(learning_rate=rate, epochs=60)
    found = check(observed(states(STYLES["classes"].train, config, {mistake}), config))
    assert found.answer == answer
    assert not name or name in found.names
