"""Each finding's sentences, once."""

from dataclasses import replace

import pytest

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.doctor.findings import (
    Diverged,
    DuplicateUnits,
    Finding,
    Group,
    Impossible,
    Oscillating,
    Plateau,
    RateTooLarge,
    SaturatedUnits,
    Solved,
    StuckAnyhow,
    TooSlow,
)
from xorviz.doctor.rate import SmallSteps
from xorviz.sentences.findings import finding_text

STEPS = SmallSteps(TrainConfig(41, 0.25, epochs=20_000), 2, 1272, (0.1, 0.9, 0.9, 0.1))
STUCK = replace(STEPS, solved_at=None)
FORK = replace(STUCK.config, edits=(Edit(100, LEARNING_RATE, 5.0),))
WITH_STEPS = (
    "With a smaller learning rate and more epochs (0.25 and 20,000), training from the same start "
)


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            Impossible("0110", biases=False),
            "No weights can give the targets 0, 1, 1, 0: one hidden unit without biases is not "
            "enough.",
        ),
        (
            Impossible("1001", biases=True),
            "No weights can give the targets 1, 0, 0, 1: one hidden unit with biases is not "
            "enough.",
        ),
        (
            Diverged(1234),
            "From epoch 1,234 on the numbers are too large to compute with (not finite): the "
            "learning rate is too large.",
        ),
        (Solved(1234), "All four predictions are right from epoch 1,234 on."),
        (
            TooSlow(500, 1871),
            "With 1,371 more epochs this run would be solved, from epoch 1,871 on: the learning "
            "rate is small, or the epochs are too few.",
        ),
        (
            TooSlow(870, 871),
            "With 1 more epoch this run would be solved, from epoch 871 on: the learning rate is "
            "small, or the epochs are too few.",
        ),
        (
            Plateau(0.41234, 0.5, is_solved=False),
            "All four outputs are near 0.5, from 0.4123 to 0.5: a plateau. The network can hardly "
            "tell the inputs apart.",
        ),
        (
            Plateau(0.49, 0.51, is_solved=True),
            "All four outputs are near 0.5, from 0.49 to 0.51, but each on its target's side.",
        ),
        (
            Oscillating(0.5, 1000, 2.3456),
            "The loss goes up and down: it rose at 50% of the last 1,000 updates. At the end its "
            "sharpness is 2.35: how steeply it bends, times the learning rate. Above 2, each "
            "update lands farther from the lowest point than the one before.",
        ),
    ],
)
def test_a_finding_reads_as_it_should(finding: Finding, text: str) -> None:
    assert finding_text(finding) == text


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            RateTooLarge(STEPS, 10_000, 53, 2048),
            "solves it, from epoch 1,272 on. In this run the loss rose at 53 of 10,000 updates, "
            "the last time at epoch 2,048.",
        ),
        (
            RateTooLarge(STEPS, 10_000, 0, None),
            "solves it, from epoch 1,272 on. In this run none of the 10,000 updates raised the "
            "loss.",
        ),
        (
            StuckAnyhow(STUCK, False, "valley"),
            "ends with other outputs, but does not solve it either.",
        ),
        (
            StuckAnyhow(STUCK, True, "valley"),
            "ends with the same outputs, to within 0.01. So the starting weights are to blame, "
            "not the learning rate.",
        ),
        (
            StuckAnyhow(STUCK, True, "saddle"),
            "ends with the same outputs, to within 0.01. So the learning rate is not too large.",
        ),
        (
            StuckAnyhow(STUCK, True, "slope"),
            "ends with the same outputs, to within 0.01. So the learning rate is not too large, "
            "but may be too small.",
        ),
    ],
)
def test_what_smaller_steps_show_reads_as_it_should(finding: Finding, text: str) -> None:
    assert finding_text(finding) == WITH_STEPS + text


def test_steps_of_several_rates_are_told_by_their_factor() -> None:
    assert finding_text(StuckAnyhow(replace(STUCK, config=FORK), False, "slope")).startswith(
        "With every learning rate divided by 2 and more epochs (20,000), training from the same "
        "start ends "
    )


HIDDEN = (
    (
        ((1, 1.234e-5),),
        True,
        "h1 hardly learns any more (saturated): on every input its activation is so near 0 or 1 "
        "that the sigmoid is almost flat, with a derivative of at most 1.2e−5.",
    ),
    (
        ((1, 1e-4), (3, 2e-4), (4, 0.0)),
        False,
        "h1, h3 and h4 hardly learn any more (saturated): on 01, 10 and 11 their activations are "
        "so near 0 or 1 that the sigmoid is almost flat, with a derivative of at most 0.0002.",
    ),
    (
        ((2, 0.0),),
        True,
        "h2 hardly learns any more (saturated): on every input its activation is so near 0 or 1 "
        "that the sigmoid is almost flat, with a derivative of practically 0.",
    ),
)
OUTPUT = (
    (
        (("11", 1e-4),),
        "For 11 the output is wrong, and so near 0 or 1 that the sigmoid is almost flat, with a "
        "derivative of at most 0.0001: hardly any of the error goes back to the weights.",
    ),
    (
        (("01", 1e-4), ("10", 2e-4)),
        "For 01 and 10 the output is wrong, and so near 0 or 1 that the sigmoid is almost flat, "
        "with a derivative of at most 0.0002: hardly any of the error goes back to the weights.",
    ),
    (
        (("00", 0.0),),
        "For 00 the output is wrong, and so near 0 or 1 that the sigmoid is almost flat, with a "
        "derivative of practically 0: hardly any of the error goes back to the weights.",
    ),
)


@pytest.mark.parametrize(("hidden", "biases", "text"), HIDDEN)
def test_saturated_hidden_units_read_as_they_should(
    hidden: tuple[tuple[int, float], ...], biases: bool, text: str
) -> None:
    assert finding_text(SaturatedUnits(hidden, (), biases)) == text


@pytest.mark.parametrize(("output", "text"), OUTPUT)
def test_a_saturated_output_reads_as_it_should(
    output: tuple[tuple[str, float], ...], text: str
) -> None:
    assert finding_text(SaturatedUnits((), output, biases=True)) == text


def test_saturated_units_of_both_layers_are_told_one_after_the_other() -> None:
    (hidden, biases, first), (output, second) = HIDDEN[0], OUTPUT[0]
    assert finding_text(SaturatedUnits(hidden, output, biases)) == f"{first} {second}"


def test_duplicate_units_read_as_they_should() -> None:
    alike = "on every input (their activations differ by at most 0.001),"
    merged = "so one unit with the sum of their weights to ŷ could replace them."
    groups = (
        Group((1, 3), (1.0, 2.0), is_one=True, is_equal=False),
        Group((2, 4, 5), (8000.0, -8000.0, 1.23456), is_one=False, is_equal=False),
        Group((6, 7), (1.0, 1.0), is_one=True, is_equal=True),
    )
    assert finding_text(DuplicateUnits(groups)) == (
        f"h1 and h3 do the same {alike} {merged} h2, h4 and h5 do nearly the same {alike} but "
        "their weights to ŷ, 8000, −8000 and 1.235, are so large that even this difference "
        f"matters. h6 and h7 do the same {alike} {merged} Their weights are equal, so every update "
        "keeps them alike."
    )
