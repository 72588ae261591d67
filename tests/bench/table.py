"""Table: what was measured, beside its bar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

HEADINGS: Final = ("what", "measured", "bar", "met")


@dataclass(frozen=True)
class Row:
    """One line of the table; a row without a bar is there to be read only."""

    what: str
    measured: str
    bar: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        met = "" if self.met is None else "yes" if self.met else "NO"
        return self.what, self.measured, self.bar, met


def table(rows: Iterable[Row]) -> str:
    """Lay rows out in columns, as Markdown does."""
    cells = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "\n".join(_line(line, widths) for line in (cells[0], rule, *cells[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"
