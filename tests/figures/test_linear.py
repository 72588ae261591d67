"""The charts of a program whose output has no sigmoid, against its own predictions."""

import numpy as np
import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import GRID_SIZE, decision_surface, grid_axis
from xorviz.core.network import forward_pass
from xorviz.core.recording import Recording
from xorviz.figures import hidden_space, network, surface

CORNERS = [int(np.abs(grid_axis(GRID_SIZE) - corner).argmin()) for corner in (0, 1)]
"""Where the inputs' coordinates are on the grid."""


@pytest.fixture(params=[False, True])
def recording(request: pytest.FixtureRequest) -> Recording:
    return trained(TrainConfig(7, epochs=1000, biases=request.param, mistake="no-sigmoid-output"))


def test_the_surface_is_the_programs_own_output(recording: Recording) -> None:
    drawn = surface.chart(recording.frames).channels[0].data
    at_inputs = drawn[:, CORNERS][:, :, CORNERS].transpose(0, 2, 1).reshape(-1, 4)
    np.testing.assert_allclose(at_inputs, recording.frames.predictions, rtol=0, atol=1e-9)
    assert drawn.max() > 1


def test_the_picture_of_the_output_in_the_network_is_the_surface(recording: Recording) -> None:
    picture = network.chart(recording.frames).pictures[-1].data
    whole = surface.chart(recording.frames).channels[0].data
    np.testing.assert_allclose(picture, whole[:, ::3, ::3], rtol=0, atol=1e-9)


def test_the_line_in_hidden_space_is_where_the_programs_output_is_one_half(
    recording: Recording,
) -> None:
    lines = hidden_space.draw(recording.frames, [0, 1]).values["line"]
    hidden = forward_pass(recording.frames.parameters, 2).hidden
    heights = np.einsum("fru,fu->fr", hidden, lines[:, :2]) + lines[:, 2:]
    np.testing.assert_allclose(heights + 0.5, recording.frames.predictions, rtol=0, atol=1e-5)


def test_the_line_is_drawn_by_weights_whose_sigmoid_is_one_half_just_there(
    recording: Recording,
) -> None:
    frames = recording.frames
    above = decision_surface(frames.dividing, 2) > 0.5
    np.testing.assert_array_equal(above, decision_surface(frames.parameters, 2, True) > 0.5)
