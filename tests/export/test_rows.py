import csv
import math
from pathlib import Path
from typing import Any

import pytest
from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]

from xorviz.core.config import FIELDS
from xorviz.core.verdict import KINDS
from xorviz.export.rows import ROW_GROUP, rows_file
from xorviz.sweeps.table import COLUMNS

Row = tuple[Any, ...]
HIGHEST: Any = [FIELDS[name].high for name in COLUMNS[:4]]  # type: ignore[attr-defined]
LOWEST: Any = [FIELDS[name].low for name in COLUMNS[:4]]  # type: ignore[attr-defined]
ROWS: list[Row] = [
    (*LOWEST, 0.1 + 0.2, 5e-324, 4, 0, "solved"),
    (*HIGHEST, math.inf, 1e308, 0, None, "diverged"),
    *((1, 0.5, 2, 100, 0.5, 0.25, 3, None, kind) for kind in KINDS),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.parquet"


def write(path: Path, *blocks: list[Row]) -> None:
    with rows_file(str(path)) as write_rows:
        for block in blocks:
            write_rows(block)


def read(path: Path) -> list[Row]:
    with ParquetFile(path) as file:
        table = file.read()
    assert tuple(table.column_names) == COLUMNS
    return [*zip(*(column.to_pylist() for column in table.columns), strict=True)]


def test_parquet_reads_back_to_the_last_bit(path: Path) -> None:
    write(path, ROWS[:1], ROWS[1:])
    assert read(path) == ROWS


def test_a_number_that_is_none_stays_so(path: Path) -> None:
    write(path, [(*ROWS[0][:4], math.nan, *ROWS[0][5:])])
    assert math.isnan(read(path)[0][4])


def test_a_file_without_rows_has_its_columns(path: Path) -> None:
    write(path)
    assert read(path) == []


def test_a_file_that_is_given_up_keeps_its_rows(path: Path) -> None:
    file = rows_file(str(path))
    file.__enter__()(ROWS)
    error = KeyboardInterrupt()
    assert not file.__exit__(type(error), error, None)
    assert read(path) == ROWS


def test_many_rows_are_kept_in_few_groups(path: Path) -> None:
    block = ROWS[:1] * (ROW_GROUP // 4)
    write(path, *[block] * 9)
    with ParquetFile(path) as file:
        sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert sizes == [ROW_GROUP, ROW_GROUP, ROW_GROUP // 4]


def test_any_other_name_is_that_of_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.txt"
    write(path, ROWS[:1], ROWS[1:])
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == COLUMNS
    assert rows == [["" if value is None else str(value) for value in row] for row in ROWS]
