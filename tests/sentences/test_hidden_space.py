"""The sentence beside hidden space, on networks whose weights are set by hand."""

from dataclasses import replace

import numpy as np
import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.frames import Frames
from xorviz.core.network import forward_pass
from xorviz.figures.hidden_space import draw
from xorviz.sentences.charts import fill
from xorviz.sentences.hidden_space import hidden_space_sentence

FOLDED = [1.0, 6.0, 1.0, 6.0, -20.0, 15.0]
"""Both inputs count alike, as in the usual solution of XOR."""
OPEN = [6.0, -6.0, -6.0, 6.0, 9.0, -9.0]
"""The two units part 01 from 10."""


def told(config: TrainConfig, parameters: list[float], units: list[int]) -> str:
    states = np.array([parameters])
    predictions = forward_pass(states, config.hidden_size).output[..., 0]
    frames = Frames(config, np.array([7]), states, predictions)
    return fill(hidden_space_sentence(draw(frames, units)), 0, 7)


def test_where_the_square_is_folded_it_says_which_inputs_land_together_and_what_harm() -> None:
    assert told(TrainConfig(), FOLDED, [0, 1]) == (
        "At epoch 7, 01 and 10 lie on the side above 0.5, 00 and 11 on the other. 01 and 10 land "
        "almost together, which does no harm: their targets are equal. The determinant of the "
        "weights from the inputs is 0.000, the sine of the angle between both units' weights "
        "0.000, near 0: the square is folded almost onto a curve."
    )
    harmed = told(TrainConfig(targets="0010"), FOLDED, [0, 1])
    assert "though their targets differ: hardly any line parts them." in harmed


def test_where_it_is_not_folded_no_two_inputs_land_together() -> None:
    sentence = told(TrainConfig(), [5.0, 1.0, 1.0, 5.0, 9.0, -9.0], [0, 1])
    assert "No two inputs land almost together." in sentence
    assert sentence.endswith(
        "The determinant of the weights from the inputs is 24.00, the sine of the angle between "
        "both units' weights 0.9231."
    )


@pytest.mark.parametrize(("weight", "side"), [(1.0, "above"), (-1.0, "below")])
def test_inputs_on_one_side_are_told_as_such_and_one_unit_has_a_segment(
    weight: float, side: str
) -> None:
    assert told(TrainConfig(hidden_size=1), [1.0, 1.0, weight], [0]) == (
        f"At epoch 7, all four inputs lie on one side of the line, where the output is {side} 0.5. "
        "01 and 10 land almost together, which does no harm: their targets are equal. One hidden "
        "unit carries the square onto a segment."
    )


def test_of_more_units_it_says_that_it_is_a_projection_and_tells_outputs_not_sides() -> None:
    config = TrainConfig(hidden_size=3, epochs=300)
    last = trained(config).parameters[-1].tolist()
    sentence = told(config, last, [0, 2])
    assert "This is a projection: h1 and h3 carry" in sentence
    assert "The line takes the other unit at the mean over the four inputs." in sentence
    assert "side" not in sentence
    four = told(replace(config, hidden_size=4), [0.5] * 12, [1, 2])
    assert "h2 and h3 carry 50 % of the output's input" in four
    assert "The line takes the other 2 units at the mean" in four


def test_outputs_that_are_not_finite_are_told() -> None:
    sentence = told(TrainConfig(), [np.nan] * 6, [0, 1])
    assert sentence.startswith("At epoch 7, some outputs are not finite. No two inputs land")
