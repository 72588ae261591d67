"""Hidden space and the output in 3-D as data, against the run that they draw."""

import numpy as np
import pytest
from hypothesis import given

from tests.support.payload import unpack
from tests.support.runs import runs, trained
from xorviz.core import hidden_space as space
from xorviz.core.config import TrainConfig
from xorviz.core.network import forward_pass
from xorviz.core.recording import record
from xorviz.figures import solid
from xorviz.figures.hidden_space import draw
from xorviz.figures.views import animated, draw_views, known, wanted_by
from xorviz.stage.payload import pack


@given(config=runs())
def test_grid_and_inputs_are_where_the_units_put_them_to_the_decimals_sent(
    config: TrainConfig,
) -> None:
    frames = trained(config).frames
    units = space.units_with_largest_weights(frames.parameters[-1], config.hidden_size)
    drawn = draw(frames, units)
    sent = unpack(pack({"view": drawn}))["view"]
    (channel,) = drawn.channels
    carried = space.carry(frames.parameters, config.hidden_size, units, space.grid().points)
    np.testing.assert_array_equal(channel.data[:, : len(units)], carried)
    hidden = forward_pass(frames.parameters, config.hidden_size).hidden
    points = drawn.values["points"][:, : len(units)].transpose(0, 2, 1)
    np.testing.assert_allclose(points, hidden[:, :, units], atol=1e-6)
    if len(units) == 1:
        assert np.all(channel.data[:, 1] == 0.5)
    assert sent["look"]["pair"] == [f"h{unit + 1}" for unit in units]


def test_a_picked_pair_is_drawn_and_one_that_the_network_lacks_is_not() -> None:
    recording = record(TrainConfig(hidden_size=4, epochs=50))
    own = space.units_with_largest_weights(recording.parameters[-1], 4)
    for name, pair in (
        ("surface=hidden", [f"h{unit + 1}" for unit in own]),
        ("surface=hidden:h4_h1", ["h4", "h1"]),
        ("surface=hidden:h9_h1", [f"h{unit + 1}" for unit in own]),
    ):
        drawn = draw_views(recording, recording.frames, [name])[name]
        assert vars(drawn)["look"]["pair"] == pair


def test_a_detail_is_part_of_a_views_name_and_others_are_not_known() -> None:
    choices = {"surface": "hidden", "pair": "h2_h1"}
    assert wanted_by(choices) == ("surface=hidden:h2_h1",)
    assert "surface=hidden:h2_h1" in animated(choices)
    assert "surface=3d" not in animated(choices)
    good = ("surface=hidden", "surface=hidden:h16_h1", "units=curves")
    bad = ("surface=hidden:h1_h1", "surface=hidden:h1_h17", "surface=hidden:", "units=curves:h1_h2")
    assert known([*good, *bad, "<script>", "surface=input"]) == good


@pytest.mark.parametrize("targets", ["0110", "1111"])
def test_pins_of_the_output_in_3d_have_their_dots_at_the_targets(targets: str) -> None:
    _, *pins = solid.surface(targets).traces
    dots = {pin["text"][2]: (pin["x"][1], pin["y"][1], pin["z"][1]) for pin in pins}
    expected = {f"{a}{b}": (a, b, int(targets[2 * a + b])) for a in (0, 1) for b in (0, 1)}
    assert dots == expected
    assert all(pin["z"][0] == 0 and pin["z"][2] == 1 for pin in pins)
