"""Payload: what was packed for the stage, read back."""

import dataclasses
import json
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xorviz.figures.chart import Channel


def unpack(payload: bytes) -> Any:
    """Read a payload by its description: inflate, then put the arrays back in the header.

    An array that is stored once is one object.
    """
    content = zlib.decompress(payload)
    length = int.from_bytes(content[:4], "little")
    start = -(-(4 + length) // 8) * 8

    @cache
    def array(dtype: str, offset: int, length: int, row: int) -> NDArray[Any]:
        kind, at = np.dtype(dtype), start + offset
        assert at % 8 == 0
        if kind.itemsize not in (2, 4):
            return np.frombuffer(content, kind.newbyteorder("<"), length, at)
        digits = np.frombuffer(content, np.int8, kind.itemsize * length, at).astype(np.int64)
        powers = 256 ** np.arange(kind.itemsize)
        differences = powers @ digits.reshape(kind.itemsize, length)
        whole = differences.reshape(-1, row or 1).cumsum(axis=0)
        return whole.ravel().astype(f"i{kind.itemsize}").view(kind)

    def place(value: dict[str, Any]) -> Any:
        return array(**value) if "dtype" in value else value

    return json.loads(content[4 : 4 + length], object_hook=place)


def unpack_scene(scene: bytes) -> Any:
    """Read a scene, and the name ahead of it as `shown`."""
    return {"shown": scene[:16].decode("ascii"), **unpack(scene[16:])}


def values(channel: Mapping[str, Any]) -> NDArray[Any]:
    """All values of an unpacked channel, a row a frame, its rounding undone."""
    data = channel["data"]
    if channel["scale"] is None:
        return np.asarray(data.reshape(-1, *channel["shape"]))
    whole = data.reshape(-1, *channel["shape"])
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
