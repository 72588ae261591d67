import numpy as np
import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.landscape.stationary import Kind, Stationary
from xorviz.landscape.survey import Asked, Ground, Survey, lay, survey
from xorviz.sentences.charts import fill
from xorviz.sentences.landscape import landscape_sentence, plane_texts, points_text, reading

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


def test_where_the_path_leaves_the_plane_both_losses_and_the_distance_are_told() -> None:
    ground, over = surveyed(Asked("path"))
    sentence = reading(ground, over, np.full(len(over.losses), 200.0))
    assert fill(sentence, 0, 0) == (
        "Loss 0.5883; on the plane, at the nearest point, 0.5427; distance from the plane 0.4844. "
        "The arrow is the update times 200."
    )


def test_on_a_plane_that_moves_with_the_run_there_is_one_loss() -> None:
    ground, over = surveyed(Asked("weights"))
    sentence = reading(ground, over, np.full(len(over.losses), 1.0))
    assert fill(sentence, 0, 0) == (
        "Loss 0.5883; the playhead is on the plane. The arrow is the update times 1."
    )


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
