from dataclasses import replace

import pytest

from xorviz.core.catalogue import BY_NAME, MISTAKES
from xorviz.mistakes.answer import Answer
from xorviz.sentences.mistakes import CROSS_ENTROPY, answer_text, answer_title, sources

EQUAL = Answer(
    "equal", explanations=((),), difference=0.0, digits=16, is_exact=True, updates=60, compared=60
)
MISTAKE = replace(
    EQUAL,
    answer="mistake",
    names=("sign-hidden",),
    explanations=(("sign-hidden",),),
    chosen=("sign-hidden",),
    since=1,
    layer="hidden",
    change=BY_NAME["sign-hidden"].change,
    losses=(0.6, 0.02),
)
UNKNOWN = Answer(
    "not known",
    since=20,
    layer="hidden",
    difference=1e-6,
    weights=("x1 → h1", "x2 → h1"),
    updates=60,
    compared=60,
    losses=(0.5, 0.25),
)


def test_equal_numbers_are_right() -> None:
    assert answer_title(EQUAL) == "Right: these are the numbers of correct backprop"
    assert answer_text(EQUAL) == [
        "The notebook's loop gives all 60 known states, up to update 60, to the last bit."
    ]
    nearly = replace(EQUAL, is_exact=False, difference=3.2e-9, digits=8, compared=1)
    assert answer_text(nearly) == [
        "The notebook's loop gives these weights, after update 60, to 8 digits: the "
        "largest difference is 3.200e−9."
    ]


def test_a_mistake_is_what_is_done_why_it_is_wrong_and_what_it_does() -> None:
    assert answer_title(MISTAKE) == "A mistake"
    assert answer_text(MISTAKE) == [
        "The program updates the hidden layer with the wrong sign (sign-hidden). With error = "
        "target − prediction the update is added. Subtracted, it makes the loss grow.",
        "From update 1 on, the weights into the hidden layer are not those of the right loop.",
        "The notebook's loop, changed in this way, gives all 60 known states, up to update 60, "
        "to the last bit.",
        "After 60 updates the loss ½ Σ error² is 0.6000; the right loop's is 0.02000.",
    ]
    assert sources(MISTAKE) == []


def test_two_mistakes_and_a_way_are_each_told() -> None:
    names = ("sign-hidden", "early-output-update", "online")
    both = replace(MISTAKE, chosen=names, explanations=(names,), names=names, order=(0, 2, 1, 3))
    assert answer_title(both) == "Two mistakes"
    text = " ".join(answer_text(both))
    assert "(sign-hidden)" in text
    assert "(early-output-update)" in text
    assert "not once for all four: 00, 10, 01, 11 (online)" in text
    assert sources(both) == [BY_NAME["early-output-update"].source]


def test_without_the_derivative_at_the_output_it_is_cross_entropy() -> None:
    for name in ("no-derivative-output", "no-derivatives"):
        assert CROSS_ENTROPY in answer_text(
            replace(MISTAKE, chosen=(name,), explanations=((name,),))
        )
    assert CROSS_ENTROPY not in answer_text(MISTAKE)


def test_what_gives_the_same_numbers_is_told() -> None:
    coinciding = replace(EQUAL, explanations=((), ("rate-twice",), ("no-rate-output",)))
    said = "With these settings, rate-twice and no-rate-output would give the same numbers."
    assert answer_text(coinciding)[-1] == said


@pytest.mark.parametrize(
    ("factor", "pattern"),
    [
        (None, "by up to 1.000e−6, and by no common factor."),
        (0.0, "there is no update at all."),
        (3.0, "the update is 3.000 times the right one."),
        (-0.5, "the update is −0.5000 times the right one."),
    ],
)
def test_what_is_not_known_is_told_by_its_first_numbers(factor: float | None, pattern: str) -> None:
    begin, first, losses = answer_text(replace(UNKNOWN, factor=factor))
    assert begin == "No mistake that is known, alone or with another, gives these numbers."
    assert first == f"At update 20 x1 → h1, x2 → h1 deviate first: {pattern}"
    assert losses == "After 60 updates the loss ½ Σ error² is 0.5000; the right loop's is 0.2500."


def test_too_few_digits_are_told_with_the_programs_that_they_allow() -> None:
    close = replace(UNKNOWN, close=((), ("early-output-update",)))
    assert answer_text(close)[0] == (
        "So few digits are known that several programs fit: the right loop and "
        "early-output-update. Give more decimals, or the weights after more updates."
    )


def test_titles_read_on_from_the_program_and_reasons_are_sentences() -> None:
    for entry in MISTAKES:
        assert entry.title[0].islower()
        assert entry.title[-1] not in ".!"
        assert entry.reason[0].isupper() or entry.reason[0] == "`"
