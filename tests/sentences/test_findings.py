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
    "With steps 2 times as small, over the same distance (20,000 epochs at the learning rate "
    "0.25), the same start "
)


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            Impossible("0110", biases=False),
            "No weights give the table 0110: one hidden unit without biases is too little.",
        ),
        (
            Impossible("1001", biases=True),
            "No weights give the table 1001: one hidden unit with biases is too little.",
        ),
        (
            Diverged(1234),
            "From epoch 1,234 on there are numbers that are not finite: the learning rate is too "
            "large.",
        ),
        (Solved(1234), "All four predictions are right from epoch 1,234 on."),
        (
            TooSlow(500, 1871),
            "The learning rate is small, or the epochs are few: trained on for 1,371 more epochs, "
            "the run is solved. All four predictions are right from epoch 1,871 on.",
        ),
        (
            TooSlow(870, 871),
            "The learning rate is small, or the epochs are few: trained on for 1 more epoch, the "
            "run is solved. All four predictions are right from epoch 871 on.",
        ),
        (
            Plateau(0.41234, 0.5, is_solved=False),
            "All four outputs are near 0.5, from 0.4123 to 0.5: a plateau, on which the network "
            "can hardly tell the inputs apart.",
        ),
        (
            Plateau(0.49, 0.51, is_solved=True),
            "All four outputs are near 0.5, from 0.49 to 0.51, each on its right side.",
        ),
        (
            Oscillating(0.5, 1000, 2.3456),
            "The loss goes up and down: it rose at 50% of the last 1,000 updates. At the end "
            "learning rate × largest eigenvalue is 2.35; where it is above 2, steps overshoot.",
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
            "is solved from epoch 1,272 on. Here the loss rose at 53 of 10,000 updates, the last "
            "time at epoch 2,048.",
        ),
        (
            RateTooLarge(STEPS, 10_000, 0, None),
            "is solved from epoch 1,272 on. Here none of the 10,000 updates raised the loss.",
        ),
        (
            StuckAnyhow(STUCK, False, "valley"),
            "ends elsewhere, but is not solved either.",
        ),
        (
            StuckAnyhow(STUCK, True, "valley"),
            "ends with the same outputs, within 0.01: the start leads there, not the rate.",
        ),
        (
            StuckAnyhow(STUCK, True, "saddle"),
            "ends with the same outputs, within 0.01: the rate is not too large.",
        ),
        (
            StuckAnyhow(STUCK, True, "slope"),
            "ends with the same outputs, within 0.01: the rate is not too large, but may be too "
            "small.",
        ),
    ],
)
def test_what_smaller_steps_show_reads_as_it_should(finding: Finding, text: str) -> None:
    assert finding_text(finding) == WITH_STEPS + text


def test_steps_of_several_rates_are_told_by_their_factor() -> None:
    assert finding_text(StuckAnyhow(replace(STUCK, config=FORK), False, "slope")).startswith(
        "With steps 2 times as small, over the same distance (20,000 epochs, every learning rate "
        "divided by 2), the same start ends elsewhere"
    )


HIDDEN = (
    (
        ((1, 1.234e-5),),
        True,
        "h1 is saturated: on every input σ′ is at most 1.2e-05, so little of the error gets "
        "through it.",
    ),
    (
        ((1, 1e-4), (3, 2e-4), (4, 0.0)),
        False,
        "h1, h3 and h4 are saturated: on 01, 10 and 11 σ′ is at most 0.0002, so little of the "
        "error gets through them.",
    ),
    (
        ((2, 0.0),),
        True,
        "h2 is saturated: on every input σ′ is 0 but for rounding, so hardly any of the error "
        "gets through it.",
    ),
)
OUTPUT = (
    (
        (("11", 1e-4),),
        "ŷ is saturated on the wrong side for 11: σ′ is 0.0001 there, so hardly any error comes "
        "back.",
    ),
    (
        (("01", 1e-4), ("10", 2e-4)),
        "ŷ is saturated on the wrong side for 01 and 10: σ′ is at most 0.0002 there, so hardly "
        "any error comes back.",
    ),
    (
        (("00", 0.0),),
        "ŷ is saturated on the wrong side for 00: σ′ is 0 but for rounding there, so hardly any "
        "error comes back.",
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
    alike = "have the same activations on every input, within 0.001:"
    merged = "one unit with the sum of their output weights gives the same outputs, within 0.001."
    groups = (
        Group((1, 3), (1.0, 2.0), is_one=True, is_equal=False),
        Group((2, 4, 5), (8000.0, -8000.0, 1.23456), is_one=False, is_equal=False),
        Group((6, 7), (1.0, 1.0), is_one=True, is_equal=True),
    )
    assert finding_text(DuplicateUnits(groups)) == (
        f"h1 and h3 {alike} {merged} h2, h4 and h5 {alike} yet their output weights, 8000, −8000 "
        f"and 1.235, make even so small a difference count. h6 and h7 {alike} {merged} Their "
        "weights are equal, so every update keeps them alike."
    )
