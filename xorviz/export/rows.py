"""Rows of a sweep as a file, written as they come: CSV, or Parquet."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from xorviz.sweeps.stream import Write
from xorviz.sweeps.table import COLUMNS

PARQUET: Final = ".parquet"
ROW_GROUP: Final = 2**16
"""Rows that a Parquet file keeps together: fewer make it larger and slower to read."""
TYPES: Final = ("uint32", "float64", "uint8", "int32", "float64", "float64", "int8", "int32")
"""The types of `COLUMNS` in a Parquet file, but for the verdict, which is a word."""


@contextmanager
def rows_file(path: str) -> Iterator[Write]:
    """Open a file of rows, which is whole once the block ends, and give what writes into it.

    Parameters
    ----------
    path
        Ends in `PARQUET`, or is that of a CSV file; ``-`` is standard output.

    Raises
    ------
    OSError
        Where it can't be written.
    """
    with _parquet(path) if path.endswith(PARQUET) else _csv(path) as write:
        yield write


@contextmanager
def _csv(path: str) -> Iterator[Write]:
    with click.open_file(path, "w", "utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")

        def write(rows: Any) -> None:
            writer.writerows(rows)
            file.flush()

        write([COLUMNS])
        yield write


@contextmanager
def _parquet(path: str) -> Iterator[Write]:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow.parquet import ParquetWriter  # type: ignore[import-untyped]

    types = [*map(pa.type_for_alias, TYPES), pa.dictionary(pa.int8(), pa.string())]
    schema = pa.schema([*zip(COLUMNS, types, strict=True)])
    waiting: list[Any] = []

    def write_group() -> None:
        writer.write_table(pa.Table.from_batches(waiting, schema))
        waiting.clear()

    def write(rows: Any) -> None:
        columns = zip(*rows, strict=True)
        arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
        waiting.append(pa.record_batch(arrays, schema=schema))
        if sum(map(len, waiting)) >= ROW_GROUP:
            write_group()

    with Path(path).open("wb") as file, ParquetWriter(file, schema) as writer:
        try:
            yield write
        finally:
            write_group()
