"""Contents: the arrays and the card in the bytes of an NPZ, JSON or CSV file from anywhere.

Sizes are checked before anything is unpacked, and nothing is unpickled.
"""

import csv
import io
import json
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

import numpy as np

from xorviz.core.fields import ConfigError, quoted
from xorviz.core.names import parameter_names, read_name, spelled
from xorviz.core.network import Array
from xorviz.core.reference import array_entry

MAX_BYTES: Final = 5 * 2**20
"""The largest file that the page takes."""
UNPACKED: Final = 4
"""How many times as large a file may be unpacked."""
MAX_ENTRIES: Final = 100
ALIASES: Final = {
    "weights_input_hidden": "weights_input_hidden",
    "weights_hidden_output": "weights_hidden_output",
    "weights_hidden": "weights_input_hidden",
    "weights_output": "weights_hidden_output",
    "biases_hidden": "biases_hidden",
    "biases_output": "biases_output",
    "epochs": "epochs",
    "epoch": "epochs",
}
"""The arrays that are read: the notebook's names, and those of this program's files for them."""
CARD: Final = "card"
BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, csv.Error),
    *(ValueError, TypeError, AttributeError, LookupError, OverflowError, EOFError, OSError),
    RuntimeError,
)
"""What reading a file raises that is not what it says it is; `RuntimeError` for deep nesting."""
_ENTRY: Final = re.compile(r"(\w+?)((?:\W|_)\d.*)")


@dataclass(frozen=True)
class Contents:
    """What a file holds.

    Attributes
    ----------
    name
        The file's name, for sentences.
    arrays
        Its arrays by the notebook's names, and `epochs`, as far as it has them; their shapes
        and numbers may be any.
    card
        Its card, with `settings`, `versions` and `weights_sha256`; empty for none.
    """

    name: str
    arrays: Mapping[str, Array]
    card: Mapping[str, Any] = field(default_factory=dict)


def read_contents(
    content: bytes, name: str, most: int = MAX_BYTES, names: Mapping[str, str] = ALIASES
) -> Contents:
    """Read a file by the end of its name.

    `names` maps the names that arrays may have to the notebook's; other arrays are left out.

    Raises
    ------
    ConfigError
        Where it is larger than `most` bytes, or can't be read.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        raise ConfigError("The file", f"one whose name ends in {', '.join(READERS)}", quoted(name))
    if len(content) > most:
        allowed = f"a file of at most {most / 2**20:.0f} MB"
        raise ConfigError(quoted(name), allowed, f"one of {len(content) / 2**20:.1f} MB")
    try:
        return READERS[suffix](content, name, most, names)
    except ConfigError:
        raise
    except BROKEN:
        kind = (
            f"a{'n' if suffix == '.npz' else ''} {suffix[1:].upper()} file with arrays of numbers"
        )
        raise ConfigError(quoted(name), kind, "one that can't be read") from None


def _read_npz(content: bytes, name: str, most: int, names: Mapping[str, str]) -> Contents:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        size = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_ENTRIES or size > UNPACKED * most:
            allowed = f"at most {UNPACKED * most / 2**20:.0f} MB in {MAX_ENTRIES} arrays, unpacked"
            raise ConfigError(quoted(name), allowed, f"{size / 2**20:,.1f} MB in {len(entries)}")
        found = {
            entry.filename.removesuffix(".npy"): _read_entry(archive, entry)
            for entry in entries
            if entry.filename.removesuffix(".npy") in (*names, CARD)
        }
    card = json.loads(str(found.pop(CARD))) if CARD in found else {}
    return Contents(name, _arrays(found, names), _card(card))


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Any:
    """Read an array; its header must ask for as many bytes as there are, before they are taken."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(entry.filename)
    with archive.open(entry) as opened:
        stream = io.BytesIO(opened.read(entry.file_size))
    version = np.lib.format.read_magic(stream)
    formats = np.lib.format
    read = formats.read_array_header_1_0 if version == (1, 0) else formats.read_array_header_2_0
    shape, _, dtype = read(stream)
    asked = math.prod(shape) * dtype.itemsize
    if dtype.kind not in "fiuU" or asked != len(stream.getbuffer()) - stream.tell():
        raise ValueError(entry.filename)
    stream.seek(0)
    return formats.read_array(stream, allow_pickle=False)


def _read_json(content: bytes, name: str, _most: int, names: Mapping[str, str]) -> Contents:
    whole = json.loads(content.decode("utf-8-sig"))
    arrays = whole.get("arrays", whole)
    found = {key: value for key, value in arrays.items() if key in names}
    return Contents(name, _arrays(found, names), _card(whole.get(CARD, {})))


def _read_csv(content: bytes, name: str, _most: int, names: Mapping[str, str]) -> Contents:
    """Read a row a state; a column is a weight, as files of this program or the notebook name it.

    ``h1_y``, ``weights_hidden_output_0_0`` and ``weights_hidden_output[0, 0]`` are the same.
    """
    head, *rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row]
    columns = {key: [row[index] for row in rows] for index, key in enumerate(head)}
    if not rows or len(columns) != len(head) or any(len(row) != len(head) for row in rows):
        raise ValueError(name)
    weights = {_spelled(key, names): values for key, values in columns.items()}
    size = sum(key.startswith("x1_h") for key in weights)
    shapes: dict[str, list[Any]] = {}
    for parameter in parameter_names(size, biases="1_y" in weights):
        entry = shapes.setdefault(array_entry(parameter)[0], [])
        entry.append([float(value) for value in weights[spelled(parameter)]])
    found: dict[str, Any] = {key: np.array(values).T for key, values in shapes.items()}
    if size:
        found["weights_input_hidden"] = found["weights_input_hidden"].reshape(-1, 2, size)
        found["weights_hidden_output"] = found["weights_hidden_output"].reshape(-1, size, 1)
    if "epoch" in columns:
        found["epochs"] = [float(epoch) for epoch in columns["epoch"]]
    card = _card_of_row(dict(zip(head, rows[-1], strict=True)))
    return Contents(name, _arrays(found, ALIASES), card)


def _spelled(column: str, names: Mapping[str, str]) -> str:
    """Spell a weight that a column names by the notebook's array and indices as links do."""
    match = _ENTRY.fullmatch(column)
    if match is None:
        return column
    indices = tuple(map(int, re.findall(r"\d{1,3}", match[2])))
    units = range(1, 17)
    candidates = [f"{x}_h{unit}" for x in ("x1", "x2", "1") for unit in units]
    candidates += [f"h{unit}_y" for unit in units] + ["1_y"]
    known = {array_entry(read_name(one)): one for one in candidates}
    return known.get((names.get(match[1], match[1]), indices), column)


READERS: Final[Mapping[str, Callable[[bytes, str, int, Mapping[str, str]], Contents]]] = {
    ".npz": _read_npz,
    ".json": _read_json,
    ".csv": _read_csv,
}
"""What reads a file whose name ends so."""


def _card_of_row(row: Mapping[str, str]) -> Mapping[str, Any]:
    """Put the card together that a CSV has in its last columns."""
    if "weights_sha256" not in row:
        return {}
    versions = {"xorviz": row["xorviz"][1:], "NumPy": row["numpy"][1:]}
    settings = {**row, "targets": row["targets"].replace(" ", "")}
    return {
        "settings": settings,
        "versions": versions,
        "weights_sha256": row["weights_sha256"],
    }


def _card(card: Any) -> Mapping[str, Any]:
    parts: Sequence[tuple[str, type]]
    parts = (("settings", dict), ("versions", dict), ("weights_sha256", str))
    is_card = isinstance(card, dict) and all(isinstance(card.get(key), of) for key, of in parts)
    return card if is_card else {}


def _arrays(found: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Array]:
    return {names[name]: np.array(values, dtype=np.float64) for name, values in found.items()}
