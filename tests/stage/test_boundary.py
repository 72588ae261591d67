"""The decision boundary that the stage draws, against where the output really is 0.5."""

from dataclasses import replace

import numpy as np
import pytest

from tests.support.boundary import Real, drawn_paths, farthest, is_even, wrong_sides
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import decision_surface, hard_to_bound
from xorviz.core.edit import Edit
from xorviz.core.recording import Recording, record
from xorviz.figures import surface

BAR = 0.005
FRAMES = 12
"""Of each run, evenly spaced."""
RUNS = [
    TrainConfig(epochs=1000),
    TrainConfig(60, epochs=2000),
    TrainConfig(9, epochs=2000),
    TrainConfig(656, 1.0, 2, 3000),
    TrainConfig(161, 10.0, 2, 3000, True),
    TrainConfig(464, 5.8, 2, 2000),
    TrainConfig(3, 10.0, 16, 500, True),
    TrainConfig(42, 0.01, 2, 5000),
    TrainConfig(7, epochs=1000, mistake="no-sigmoid-output"),
    TrainConfig(7, epochs=1000, biases=True, mistake="no-sigmoid-output"),
]
EVEN = TrainConfig(
    hidden_size=3,
    epochs=2,
    edits=tuple(
        Edit(0, f"{source} → h{unit}", 1.0) for source in ("x1", "x2") for unit in (1, 2, 3)
    )
    + tuple(Edit(0, f"h{unit} → ŷ", v) for unit, v in ((1, 1 / 3), (2, 1 / 3), (3, -2 / 3))),
)
"""Its first state gives 0.5 for every input, but for rounding: three units cancel out."""


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[TrainConfig, list[str]]:
    folder = tmp_path_factory.mktemp("scenes")
    configs = [*RUNS, EVEN]
    drawn = drawn_paths([trained(config) for config in configs], folder)
    return dict(zip(configs, drawn, strict=True))


def some_frames(recording: Recording) -> list[int]:
    last = len(recording.epochs) - 1
    return [int(frame) for frame in np.unique(np.linspace(0, last, FRAMES).round())]


@pytest.mark.parametrize("config", RUNS, ids=repr)
def test_the_line_is_where_the_output_is_one_half_and_on_no_wrong_side_of_an_input(
    config: TrainConfig, paths: dict[TrainConfig, list[str]]
) -> None:
    recording = trained(config)
    for frame in some_frames(recording):
        real = Real(recording, frame)
        if not is_even(real):
            assert farthest(real, paths[config][frame]) <= BAR
            assert wrong_sides(real, paths[config][frame]) == 0


def test_where_the_output_is_one_half_everywhere_no_line_is_drawn(
    paths: dict[TrainConfig, list[str]],
) -> None:
    recording = trained(EVEN)
    real, points = Real(recording, 0), np.random.default_rng(0).random((1000, 2))
    assert is_even(real)
    assert (real.z(points) < 0).any()
    assert (real.z(points) > 0).any()
    assert paths[EVEN][0] == ""


def test_a_state_with_a_nearly_even_output_is_sent_with_further_digits() -> None:
    recording = trained(TrainConfig(161, 10.0, 2, 3000, True))
    boundary = surface.chart(recording.frames).picture
    assert boundary is not None
    assert boundary.boundary is not None
    frames, digits = boundary.boundary.frames, boundary.boundary.digits
    assert len(frames) == len(digits) > 100
    rounded = np.array(boundary.boundary.weights).T[frames].astype(np.float64)
    restored = rounded * (1 + digits * (2.0**-24 / 32767))
    np.testing.assert_allclose(restored, recording.parameters[frames], rtol=2e-12, atol=0)


def test_a_run_with_a_clear_line_is_sent_hardly_any_further_digits() -> None:
    recording = trained(TrainConfig(epochs=1000))
    outputs = decision_surface(recording.parameters, 2)
    assert len(hard_to_bound(outputs, recording.parameters, 2)) < 0.05 * len(recording.epochs)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_sent_as_they_are(bad: float) -> None:
    recording = record(TrainConfig(epochs=3))
    parameters = recording.parameters.copy()
    parameters[-1] = bad
    broken = replace(recording, parameters=parameters)
    picture = surface.chart(broken.frames).picture
    assert picture is not None
    assert picture.boundary is not None
    assert len(picture.boundary.frames) == len(picture.boundary.digits)
