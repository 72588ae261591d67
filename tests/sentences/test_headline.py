"""The doctor's headline, a case each."""

from dataclasses import replace

import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.doctor.diagnosis import diagnose
from xorviz.doctor.findings import (
    Count,
    Diverged,
    Finding,
    Impossible,
    Plateau,
    RateTooLarge,
    Solved,
    TooSlow,
    WrongOutput,
)
from xorviz.doctor.hessian import Curvature
from xorviz.doctor.look import Look, RowLook
from xorviz.doctor.rate import SmallSteps
from xorviz.sentences.count import count_text
from xorviz.sentences.headline import headline, plain_text, predicted

STAYS = RowLook(0, None, None, True)
LOOK = Look(10_000, 50_000, (STAYS, STAYS, STAYS, replace(STAYS, is_right=False)), None, 0.0)
CURVATURE = Curvature((1.0,), 0, 0, 1, 0.1, 0, 0.5, "valley")
WRONG = (WrongOutput("11", 0.6667, "0"),)
COUNT = Count(WRONG, LOOK, 1e-6, CURVATURE)
STEPS = SmallSteps(TrainConfig(41, 0.25, epochs=20_000), 2, 1272, (0.1, 0.9, 0.9, 0.1))


@pytest.mark.parametrize(
    ("findings", "text"),
    [
        ([Impossible("0110", False)], "Impossible: one hidden unit can't learn this truth table"),
        ([Diverged(12)], "Diverged: the steps were too large"),
        ([Solved(871)], "Solved: all four inputs are predicted right"),
        ([TooSlow(600, 871), COUNT], "Not there yet: 11 is predicted 1"),
        ([RateTooLarge(STEPS, 10_000, 0, None), COUNT], "Steps too large: 11 is predicted 1"),
        ([Plateau(0.45, 0.55, False), COUNT], "Undecided: all four outputs are near 0.5"),
        ([COUNT], "Stuck: 11 is predicted 1"),
        ([replace(COUNT, look=replace(LOOK, loss_change=-0.5))], "Not solved: 11 is predicted 1"),
    ],
)
def test_a_headline_says_what_a_teacher_would(findings: list[Finding], text: str) -> None:
    assert headline(findings) == text


@pytest.mark.parametrize(
    ("outputs", "text"),
    [
        ({"00": 0.7, "11": 0.6}, "00 and 11 are predicted 1"),
        ({"00": 0.7, "01": 0.2, "10": 0.3}, "00 is predicted 1, 01 and 10 are predicted 0"),
        ({"01": 0.5}, "01 is predicted 0.5"),
    ],
)
def test_inputs_with_one_prediction_are_written_together(
    outputs: dict[str, float], text: str
) -> None:
    assert predicted([WrongOutput(row, output, "") for row, output in outputs.items()]) == text


def test_the_plain_text_leaves_the_terrain_to_the_evidence() -> None:
    plain = plain_text(COUNT)
    assert plain == (
        "The output for 11 is 0.6667 instead of 0. If training went on to epoch 50,000, the same "
        "prediction would still be wrong."
    )
    assert count_text(COUNT).startswith(f"{plain} The loss hardly pulls at the weights")
    assert plain_text(Solved(871)) == "All four predictions are right from epoch 871 on."


def test_a_run_that_is_stuck_is_said_to_be() -> None:
    diagnosed = diagnose(trained(TrainConfig(seed=41)), until=15_000)
    assert headline(diagnosed.findings) == "Stuck: 01 is predicted 0"
