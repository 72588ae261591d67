import dataclasses
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import plotly.offline
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

import xorviz
from xorviz.config import TrainConfig
from xorviz.figures import charts
from xorviz.figures.chart import Channel
from xorviz.recording import record
from xorviz.stage.payload import pack
from xorviz.stage.scene import pack_scene
from xorviz.verdict import judge

BUDGET = 300_000
"""Bytes of a run on its way to the browser."""


def unpack(payload: bytes) -> Any:
    """Read a payload by its description: inflate, then put the arrays back in the header."""
    content = zlib.decompress(payload)
    length = int.from_bytes(content[:4], "little")
    start = -(-(4 + length) // 8) * 8

    def place(value: dict[str, Any]) -> Any:
        if "dtype" not in value:
            return value
        dtype = np.dtype(value["dtype"]).newbyteorder("<")
        assert (start + value["offset"]) % 8 == 0
        return np.frombuffer(content, dtype, value["length"], start + value["offset"])

    return json.loads(content[4 : 4 + length], object_hook=place)


def values(channel: Mapping[str, Any]) -> NDArray[Any]:
    """All values of an unpacked channel, a row a frame, its differences undone."""
    data = channel["data"].reshape(-1, *channel["shape"])
    if channel["scale"] is None:
        return np.asarray(data)
    whole = np.cumsum(data, axis=0, dtype=np.int16)
    return np.where(whole == -(2**15), np.nan, whole * channel["scale"])


def assert_came_through(came: Any, sent: Any) -> None:
    """Compare unpacked content with what was packed, array by array."""
    if isinstance(sent, Channel):
        assert (came["trace"], came["attribute"]) == (sent.trace, sent.attribute)
        assert came["choices"] == (None if sent.choices is None else list(sent.choices))
        if sent.decimals is None:
            assert_came_through(came["data"], sent.data)
        else:
            half_a_unit = 0.5 * 10.0**-sent.decimals + 1e-12
            np.testing.assert_allclose(values(came), sent.data, rtol=0, atol=half_a_unit)
    elif isinstance(sent, np.ndarray):
        assert came.dtype == sent.dtype
        assert came.tobytes() == sent.tobytes()
    elif dataclasses.is_dataclass(sent):
        assert_came_through(came, vars(sent))
    elif isinstance(sent, Mapping):
        assert list(came) == list(sent)
        for key, value in sent.items():
            assert_came_through(came[key], value)
    elif isinstance(sent, list | tuple):
        assert len(came) == len(sent)
        for one, other in zip(came, sent, strict=True):
            assert_came_through(one, other)
    else:
        assert came == sent


@pytest.mark.parametrize(
    "config",
    [TrainConfig(epochs=1200), TrainConfig(hidden_size=16, biases=True, epochs=30, targets="0001")],
    ids=repr,
)
def test_the_browser_gets_the_charts_as_they_were_drawn(config: TrainConfig) -> None:
    drawn = charts(record(config))
    assert_came_through(unpack(pack({"charts": drawn})), {"charts": drawn})


@settings(deadline=None, max_examples=60)
@given(
    data=arrays(
        np.float64,
        array_shapes(min_dims=2, max_dims=3, max_side=6),
        elements=st.floats(0, 1) | st.just(np.nan),
    ),
    decimals=st.integers(0, 4),
)
def test_a_rounded_channel_is_right_to_half_a_unit_and_keeps_nan(
    data: NDArray[np.float64], decimals: int
) -> None:
    channel = Channel(0, "z", data, decimals=decimals)
    (came,) = unpack(pack({"channels": [channel]}))["channels"]
    assert came["data"].dtype == np.int16
    np.testing.assert_array_equal(np.isnan(values(came)), np.isnan(data))
    assert_came_through(came, channel)


@settings(deadline=None, max_examples=60)
@given(
    data=arrays(
        st.sampled_from([np.float64, np.float32, np.int32, np.int16, np.uint8]),
        array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=7),
    ),
    padding=st.text(max_size=9),
)
def test_an_array_arrives_to_the_last_bit(data: NDArray[Any], padding: str) -> None:
    content = {padding: [data, {"again": data}], "word": padding}
    assert_came_through(unpack(pack(content)), content)


def test_an_array_that_is_not_stored_in_order_arrives_in_order() -> None:
    data = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert unpack(pack({"column": data[:, 1]}))["column"].tolist() == [1, 5, 9]


def test_packing_leaves_a_channels_data_alone() -> None:
    data = np.linspace(0, 1, 12).reshape(3, 4)
    before = data.copy()
    pack({"channels": [Channel(0, "z", data, decimals=3)]})
    np.testing.assert_array_equal(data, before)


@pytest.mark.parametrize(
    ("content", "error"), [(object(), TypeError), ({1, 2}, TypeError), (float("nan"), ValueError)]
)
def test_what_the_browser_can_not_read_is_not_packed(
    content: object, error: type[Exception]
) -> None:
    with pytest.raises(error):
        pack({"content": content})


@pytest.mark.parametrize(
    "config",
    [TrainConfig(), TrainConfig(hidden_size=16, biases=True, epochs=50_000)],
    ids=["default", "largest"],
)
def test_a_run_is_small_to_send(config: TrainConfig) -> None:
    assert len(pack_scene(config)) <= BUDGET


def test_a_scene_holds_the_run() -> None:
    config = TrainConfig(epochs=1000, biases=True)
    recording = record(config)
    came = unpack(pack_scene(config))
    assert came["epochs"].tolist() == recording.epochs.tolist()
    assert came["verdict"] == {"kind": judge(recording).kind, "text": str(judge(recording))}
    assert set(came["palettes"]) == {"light", "dark"}
    assert_came_through(came["charts"], charts(recording))


def test_a_scenes_read_outs_are_the_losses_and_predictions_of_every_frame() -> None:
    config = TrainConfig(epochs=1000)
    recording = record(config)
    mean_abs, half_squared, *predictions = unpack(pack_scene(config))["readouts"]
    at = recording.epochs
    assert mean_abs["values"] == pytest.approx(recording.mean_abs_error[at], rel=1e-6)
    assert half_squared["values"] == pytest.approx(recording.half_squared_error[at], rel=1e-6)
    assert [readout["label"] for readout in predictions] == ["ŷ(00)", "ŷ(01)", "ŷ(10)", "ŷ(11)"]
    for row, readout in enumerate(predictions):
        assert readout["values"] == pytest.approx(recording.predictions[at, row], rel=1e-6)
        assert readout["right"].tolist() == recording.right[at, row].astype(int).tolist()


def test_equal_settings_are_one_scene_and_any_other_setting_is_another() -> None:
    config = TrainConfig(epochs=100)
    others = [
        dataclasses.replace(config, **change)
        for change in (
            {"seed": 1},
            {"learning_rate": 0.25},
            {"hidden_size": 3},
            {"epochs": 101},
            {"biases": True},
            {"targets": "0001"},
        )
    ]
    assert pack_scene(config) == pack_scene(TrainConfig(epochs=100))
    ids = [unpack(pack_scene(one))["id"] for one in (config, *others)]
    assert len(set(ids)) == len(ids)


def test_a_whole_learning_rate_is_the_same_scene_as_its_float() -> None:
    whole, decimal = (
        TrainConfig(epochs=9, learning_rate=1),
        TrainConfig(epochs=9, learning_rate=1.0),
    )
    assert whole == decimal
    assert unpack(pack_scene(whole))["id"] == unpack(pack_scene(decimal))["id"]


def test_the_browsers_plotly_is_the_one_the_figures_were_checked_with() -> None:
    folder = Path(xorviz.__file__).parent / "stage" / "vendor"
    with (folder / "plotly-cartesian.min.js").open(encoding="utf-8") as bundle:
        heading = bundle.read(300)
    assert f"plotly.js (cartesian - minified) v{plotly.offline.get_plotlyjs_version()}\n" in heading


def test_what_the_stage_can_not_read_is_refused() -> None:
    with pytest.raises(TypeError, match="int64"):
        pack({"charts": [], "epochs": np.arange(3, dtype=np.int64)})
