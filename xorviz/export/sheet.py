"""Sheet: what the picture of a tab shows, beside the run's name and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xorviz.figures.chart import Chart
from xorviz.stage.payload import pack


class SheetError(Exception):
    """A picture that can't be drawn. The message is a sentence for people."""


@dataclass(frozen=True)
class Sheet:
    """The charts, lines and numbers of a tab.

    Attributes
    ----------
    title
        The heading.
    rows
        Names of the charts side by side in each row: the stage's, and those of `figures`.
    sentences
        What the charts show that the stage lacks, for readers who don't see them.
    figures
        Those charts.
    chosen
        Name of the edge that stands out in the network and in the table; empty for none.
    lines
        Paragraphs below the charts.
    table
        Rows of texts, the head first.
    hand, described
        A state held by hand, packed, that the stage's charts show, and what they show of it, for
        readers who don't see them. Empty where they show the run's own state.
    """

    title: str
    rows: Sequence[Sequence[str]]
    sentences: Sequence[str] = ()
    figures: Sequence[Chart] = ()
    chosen: str = ""
    lines: Sequence[str] = ()
    table: Sequence[Sequence[str]] = ()
    hand: bytes = b""
    described: Sequence[str] = ()

    @property
    def names(self) -> list[str]:
        """The names of the charts."""
        return [name for row in self.rows for name in row]

    def pack(self, choices: Mapping[str, str]) -> bytes:
        """Pack it, and the positions of the charts' switches."""
        return pack(
            {
                "title": self.title,
                "rows": self.rows,
                "charts": self.figures,
                "chosen": self.chosen,
                "lines": self.lines,
                "table": self.table,
                "choices": choices,
            }
        )
