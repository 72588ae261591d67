"""Payload: charts in the compact bytes that the stage reads.

One zlib stream, so that the browser unpacks it natively. In it, little-endian::

    header length (uint32) | header (JSON, UTF-8) | padding | arrays

Every NumPy array of the header is replaced by ``{"dtype", "offset", "length", "row"}``; equal
arrays are stored once.

Values of two or four bytes are stored as digits. The bits of a value are read as a whole
number, and the number in the row before is subtracted from it. The difference is written in
signed digits of a byte each: all lowest digits come first, all highest ones last. Where values
change slowly, nearly all higher digits are 0, which compresses well.
"""

import dataclasses
import json
import math
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

WHOLE: Final = {2: np.int16, 4: np.int32}
"""The whole numbers of so many bytes."""

NOT_A_NUMBER: Final = -(2**15)
"""The number that stands for NaN in rounded channels."""
LARGEST: Final = 2**15 - 1
"""The largest number in rounded channels, which stands for all above it, too."""


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
        "size": math.prod(data.shape[1:]),
        "choices": channel.choices,
        "scale": None,
    }
    if channel.decimals is not None:
        parts["scale"] = 10.0**-channel.decimals
        data = np.clip(np.rint(data * 10**channel.decimals), -LARGEST, LARGEST)
        data[np.isnan(data)] = NOT_A_NUMBER
        data = data.astype(np.int16)
    return {**parts, "data": data}


def _append(arrays: bytearray, offsets: dict[bytes, int], array: NDArray[Any]) -> dict[str, Any]:
    if array.dtype.name not in DTYPES:
        raise TypeError(f"the stage reads no {array.dtype.name}")
    content = (_digits(array) if array.itemsize in WHOLE else array).tobytes()
    if content not in offsets:
        arrays.extend(bytes(-len(arrays) % ALIGNMENT))
        offsets[content] = len(arrays)
        arrays.extend(content)
    row = math.prod(array.shape[1:])
    return {
        "dtype": array.dtype.name,
        "offset": offsets[content],
        "length": array.size,
        "row": row,
    }


def _digits(array: NDArray[Any]) -> NDArray[np.int8]:
    """Subtract from each row the one before it, and write that as digits, the lowest ones first.

    Digits are from -128 to 127, in powers of 256. So a small difference of either sign has one
    digit that is not 0. What overflows wraps, and wraps back when it is added up.
    """
    rest = np.array(array, order="C").view(WHOLE[array.itemsize])
    rest[1:] -= rest[:-1].copy()
    digits = np.empty((array.itemsize, *array.shape), np.int8)
    for digit in digits:
        digit[...] = rest.astype(np.int8)
        rest = (rest - digit) >> 8
    return digits
