"""Payload: charts in the compact bytes that the stage reads.

One zlib stream, so that the browser unpacks it natively. In it, little-endian::

    header length (uint32) | header (JSON, UTF-8) | padding | arrays

Every NumPy array of the header is replaced by ``{"dtype", "offset", "length"}``; equal
arrays are stored once. A rounded channel is stored as whole-number differences between
frames. Each has two bytes: all lower bytes come first, then all upper ones. Upper bytes are
nearly always 0, so slow changes compress well.
"""

import dataclasses
import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.figures.chart import Channel

ALIGNMENT: Final = 8
DTYPES: Final = ("float64", "float32", "int32", "int16", "int8", "uint8")
"""Those with an array of their own in the browser, which payload.js finds by this name."""

LEVEL: Final = 5
"""Of zlib's nine: a quarter fewer bytes than by the first, at 7 to 20 ms a run."""

NOT_A_NUMBER: Final = -(2**15)
"""The number that stands for NaN in rounded channels."""


def pack(content: Mapping[str, Any]) -> bytes:
    """Pack JSON-like content that may hold arrays and the dataclasses of the figures."""
    arrays = bytearray()
    offsets: dict[bytes, int] = {}

    def replace(value: Any) -> Any:
        if isinstance(value, Channel):
            return encode_channel(value)
        if isinstance(value, np.ndarray):
            return _append(arrays, offsets, value)
        if dataclasses.is_dataclass(value):
            return vars(value)
        raise TypeError(f"{type(value).__name__} can't be packed")

    header = json.dumps(content, default=replace, allow_nan=False).encode()
    start = len(header).to_bytes(4, "little") + header
    padding = bytes(-len(start) % ALIGNMENT)
    return zlib.compress(start + padding + arrays, level=LEVEL)


def encode_channel(channel: Channel) -> dict[str, Any]:
    """Describe a channel by its parts, its data flattened and, where asked, rounded."""
    data = channel.data
    parts: dict[str, Any] = {
        "trace": channel.trace,
        "attribute": channel.attribute,
        "shape": data.shape[1:],
        "choices": channel.choices,
        "scale": None,
    }
    if channel.decimals is not None:
        parts["scale"] = 10.0**-channel.decimals
        data = _differences(data, channel.decimals)
    return {**parts, "data": data}


def _differences(data: NDArray[Any], decimals: int) -> NDArray[np.int8]:
    """Round, and subtract from each frame the one before it; an overflow wraps, and wraps back.

    Returns
    -------
    The lower byte of each difference, signed, and the rest in units of 256; (2, frames, ...).
    """
    whole = np.rint(data * 10**decimals)
    whole[np.isnan(whole)] = NOT_A_NUMBER
    frames: NDArray[np.int16] = whole.astype(np.int16)
    frames[1:] -= frames[:-1].copy()
    lower = frames.astype(np.int8)
    return np.stack([lower, ((frames - lower) >> 8).astype(np.int8)])


def _append(arrays: bytearray, offsets: dict[bytes, int], array: NDArray[Any]) -> dict[str, Any]:
    if array.dtype.name not in DTYPES:
        raise TypeError(f"the stage reads no {array.dtype.name}")
    content = array.tobytes()
    if content not in offsets:
        arrays.extend(bytes(-len(arrays) % ALIGNMENT))
        offsets[content] = len(arrays)
        arrays.extend(content)
    return {"dtype": array.dtype.name, "offset": offsets[content], "length": array.size}
