"""Payload: what was packed for the stage, read back."""

import dataclasses
import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xorviz.figures.chart import Channel


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


def unpack_scene(scene: bytes) -> Any:
    """Read a scene, and the name ahead of it as `shown`."""
    return {"shown": scene[:16].decode("ascii"), **unpack(scene[16:])}


def values(channel: Mapping[str, Any]) -> NDArray[Any]:
    """All values of an unpacked channel, a row a frame, its differences undone."""
    data = channel["data"]
    if channel["scale"] is None:
        return np.asarray(data.reshape(-1, *channel["shape"]))
    lower, upper = data.astype(np.int16).reshape(2, -1, *channel["shape"])
    whole = np.cumsum(lower + 256 * upper, axis=0, dtype=np.int16)
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
