"""The cells of weights and units as data, against the steps that they draw."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given

from tests.support.payload import unpack
from tests.support.runs import runs, trained
from xorviz.core.config import TrainConfig
from xorviz.core.names import ends
from xorviz.figures.curves import REACH
from xorviz.figures.multiples import Multiples
from xorviz.figures.pulls import pulls
from xorviz.figures.sigmoids import sigmoids
from xorviz.figures.theme import BLUE, ORANGE
from xorviz.stage.payload import pack
from xorviz.step.step import Step, open_step


def steps_of(config: TrainConfig, count: int = 5) -> list[Step]:
    """The steps from some of a run's recorded states, the first and the last among them."""
    recording = trained(config)
    epochs = recording.epochs[np.linspace(0, len(recording.epochs) - 1, count, dtype=int)]
    return [open_step(config, recording.state(int(epoch)), int(epoch)) for epoch in epochs]


@given(config=runs())
def test_an_inputs_pull_is_minus_its_part_of_the_gradient_and_the_sum_minus_all_of_it(
    config: TrainConfig,
) -> None:
    steps = steps_of(config)
    drawn = pulls(steps)
    assert drawn.names == steps[0].names
    with np.errstate(over="ignore"):
        for frame, step in enumerate(steps):
            by_row = drawn.values["pulls"][frame]
            np.testing.assert_array_equal(by_row, -step.row_gradients.T.astype(np.float32))
            sums, updates = drawn.values["sums"][frame], drawn.values["updates"][frame]
            np.testing.assert_array_equal(sums, -step.gradients.astype(np.float32))
            np.testing.assert_array_equal(updates, step.updates.astype(np.float32))


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("size", [1, 16])
def test_a_weight_stands_in_the_row_and_column_of_its_ends(size: int, biases: bool) -> None:
    drawn = pulls(steps_of(TrainConfig(hidden_size=size, biases=biases, epochs=100), 1))
    assert drawn.places is not None
    assert len({*drawn.places}) == len(drawn.names)
    for name, (row, column) in zip(drawn.names, drawn.places, strict=True):
        source, target = ends(name)
        heading = f"→ {target}" if target == "ŷ" else f"{source} →"
        assert drawn.rows[row] == heading
        assert drawn.columns[column] == (source if target == "ŷ" else target)


@given(config=runs())
def test_each_input_has_the_sum_activation_and_derivative_of_every_unit(
    config: TrainConfig,
) -> None:
    steps = steps_of(config)
    drawn = sigmoids(steps)
    assert drawn.names == [*steps[0].units, "ŷ"]
    hidden = ("z_hidden", "hidden", "derivative_hidden")
    output = ("z_output", "output", "derivative_output")
    with np.errstate(over="ignore"):
        for frame, step in enumerate(steps):
            for name, of_hidden, of_output in zip(
                ("sums", "activations", "derivatives"), hidden, output, strict=True
            ):
                numbers = drawn.values[name][frame]
                expected = getattr(step, of_hidden).T.astype(np.float32)
                np.testing.assert_array_equal(numbers[:-1], expected)
                expected = getattr(step, of_output).astype(np.float32)
                np.testing.assert_array_equal(numbers[-1], expected)
            flattest = drawn.values["derivatives"][frame].min(axis=1)
            np.testing.assert_array_equal(drawn.values["flattest"][frame], flattest)


def test_an_input_has_its_targets_colour_and_is_marked_where_its_output_is_wrong() -> None:
    steps = steps_of(TrainConfig(targets="0111"))
    drawn = sigmoids(steps)
    assert drawn.look["inputs"] == [BLUE, ORANGE, ORANGE, ORANGE]
    wrong = drawn.values["wrong"]
    assert not wrong[:, :-1].any()
    for frame, step in enumerate(steps):
        assert list(wrong[frame, -1]) == [
            (a > 0.5) != t for a, t in zip(step.output, (0, 1, 1, 1), strict=True)
        ]


def test_the_curve_is_drawn_from_minus_the_reach_to_the_reach() -> None:
    curve = np.array(sigmoids(steps_of(TrainConfig(epochs=100), 1)).look["curve"])
    assert curve == pytest.approx(1 / (1 + np.exp(-np.linspace(-REACH, REACH, len(curve)))))


@pytest.mark.parametrize("draw", [pulls, sigmoids])
def test_the_stage_gets_every_number_in_single_precision(
    draw: Callable[[Sequence[Step]], Multiples],
) -> None:
    drawn = draw(steps_of(TrainConfig(hidden_size=3, biases=True)))
    came = unpack(pack({"drawn": drawn}))["drawn"]
    assert (came["kind"], came["names"]) == (drawn.kind, drawn.names)
    for name, values in drawn.values.items():
        assert came["values"][name].tobytes() == values.tobytes()
