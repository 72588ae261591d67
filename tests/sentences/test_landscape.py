from dataclasses import replace

import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.figures.heights import heights_of
from xorviz.landscape.stationary import Kind, Stationary
from xorviz.landscape.survey import Asked, Ground, Survey, lay, survey
from xorviz.sentences.charts import fill
from xorviz.sentences.landscape import (
    landscape_sentence,
    pinned_texts,
    plane_texts,
    points_text,
    readings,
)

RUN = TrainConfig(seed=7, epochs=1_000)
STILL = TrainConfig(
    hidden_size=1,
    epochs=100,
    targets="1111",
    edits=tuple(Edit(0, name, 1000.0) for name in ("x1 → h1", "x2 → h1", "h1 → ŷ")),
)
"""Its path is a point: no gradient is left."""


def surveyed(asked: Asked) -> tuple[Ground, Survey]:
    recording = trained(RUN)
    ground = lay(recording, asked)
    return ground, survey(ground, recording.frames)


def told(asked: Asked, frame: int) -> str:
    """What is written below the landscape."""
    ground, over = surveyed(asked)
    sentences = readings(ground, over, heights_of(over.grids)).values()
    return " ".join(fill(sentence, frame, 0) for sentence in sentences)


def test_where_the_path_leaves_the_plane_both_losses_and_the_distance_are_told() -> None:
    assert told(Asked("path"), 0) == (
        "Loss 0.5883; on the plane, at the nearest point, 0.5427; distance from the plane 0.4844. "
        "From one contour to the next the loss is 4.7 % larger. The arrow is the update times 10."
    )


def test_on_a_plane_that_moves_there_is_one_loss_and_contours_of_the_epoch() -> None:
    assert told(Asked("weights"), 0) == (
        "Loss 0.5883; the playhead is on the plane. From one contour to the next the loss is "
        "1.2 % larger. The arrow is the update times 50."
    )


def test_pinned_runs_that_a_plane_does_not_show_are_listed_with_the_reason() -> None:
    pinned = [
        replace(RUN, epochs=500),
        replace(RUN, hidden_size=3),
        replace(RUN, targets="0001"),
        replace(RUN, seed=8),
    ]
    alike = [trained(run) for run in (pinned[0], pinned[3])]
    texts = pinned_texts(lay(trained(RUN), Asked("path"), alike), pinned)
    assert texts == [
        "Pinned run 1, seed 7, rate 0.5, 500 epochs, runs along this run's path.",
        "Pinned run 2, seed 7, rate 0.5, 3 units, 1,000 epochs, has other weights, so it is not "
        "in this space.",
        "Pinned run 3, seed 7, rate 0.5, AND, 1,000 epochs, has other targets, so its loss is "
        "another.",
    ]


def test_a_pinned_run_far_away_lies_outside_the_part_drawn() -> None:
    far = replace(RUN, seed=8)
    recording = replace(trained(far), parameters=trained(far).parameters + 900)
    (text,) = pinned_texts(lay(trained(RUN), Asked("path"), [recording]), [far])
    assert text.endswith("lies outside the part drawn.")


@pytest.mark.parametrize("asked", [Asked("path"), Asked("weights"), Asked("states")])
def test_the_sentence_about_a_frame_has_its_numbers(asked: Asked) -> None:
    ground, over = surveyed(asked)
    text = fill(landscape_sentence(ground, over), 3, 17)
    assert text.startswith("At epoch 17 the run is at ")
    assert ("nearest point" in text) is (asked.kind != "weights")
    assert "not finite" not in text


def test_the_shares_of_the_variance_are_told() -> None:
    recording = trained(RUN)
    ground = lay(recording, Asked("path"))
    first, second = (f"{100 * share:.3g} %" for share in ground.shares)
    assert plane_texts(ground, recording) == [
        f"The two directions carry {first} and {second} of the variance of the run's 240 recorded "
        "states."
    ]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (
            Asked("path"),
            "The path gives no direction, so the plane has those of the first weights instead.",
        ),
        (
            Asked("states"),
            "These three states give no direction, so the plane has those of the first weights "
            "instead.",
        ),
    ],
)
def test_where_states_span_no_plane_a_sentence_says_so(asked: Asked, text: str) -> None:
    recording = trained(STILL)
    assert plane_texts(lay(recording, asked), recording) == [text]


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        ([], "In the part drawn, this plane has no stationary point."),
        (["saddle"], "In the part drawn, this plane has 1 saddle."),
        (
            ["flat", "minimum", "flat", "saddle"],
            "In the part drawn, this plane has 1 minimum, 1 saddle and 2 flat points.",
        ),
    ],
)
def test_stationary_points_are_counted_by_kind(kinds: list[Kind], text: str) -> None:
    assert points_text([Stationary(0, 0, 0.5, kind, 0.1) for kind in kinds]) == text
