"""Picture: what the picture of a page shows: the stage, one chart, a filmstrip, or a tab."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xorviz.core.fields import ConfigError, Whole, quoted
from xorviz.core.recording import Recording, record
from xorviz.export.alternative import film_text, sheet_text, stage_text
from xorviz.export.sheet import SheetError
from xorviz.export.tabs import draw_tab
from xorviz.figures.views import wanted_by
from xorviz.settings import link
from xorviz.settings.lists import Numbers
from xorviz.settings.page import Page
from xorviz.stage.frames import draw, draw_opened
from xorviz.stage.opening import CHARTS, read_opening
from xorviz.stage.payload import pack

MAX_PANELS: Final = 24
"""The most panels of a filmstrip."""
FILMED: Final = "surface"
"""The chart of a filmstrip for which none is named."""


@dataclass(frozen=True)
class Picture:
    """What a picture shows.

    Attributes
    ----------
    recording, pinned
        The page's run, and its pinned ones.
    epoch
        Where the playhead is.
    chart
        The stage's name of the chart that is drawn alone; empty for none.
    drawn
        What is drawn in place of the stage, packed, by the names that the file has for it.
    text
        The alternative text.
    """

    recording: Recording
    pinned: Sequence[Recording]
    epoch: int
    chart: str
    drawn: Mapping[str, bytes]
    text: str


def plan_picture(page: Page, chart: str | None, epochs: Sequence[int] | None) -> Picture:
    """Plan the picture of a page, or of one of its charts, at its epoch or in a filmstrip.

    Raises
    ------
    ConfigError
        Where the epochs are not the run's, or too many.
    SheetError
        Where the open tab can't be drawn.
    """
    is_of_tab = page.tab != link.DEFAULT.tab and not chart
    if epochs:
        _check(epochs, page, is_of_tab)
    epoch = page.epochs if page.epoch is None else page.epoch
    if is_of_tab:
        _check_future(page, epoch)
    recording, pinned = record(page.run), [record(pin) for pin in page.pins]
    name = CHARTS.get(chart or "", chart or "")
    choices = read_opening(page).choices
    views = wanted_by(choices)
    if epochs:
        name = name or FILMED
        film = {"film": _film(recording, epochs, views)}
        text = film_text(recording, name, epochs, views)
        return Picture(recording, pinned, epochs[-1], name, film, text)
    if is_of_tab:
        sheet = draw_tab(page, recording, pinned, epoch)
        drawn = {"sheet": sheet.pack(choices)}
        if sheet.hand:
            drawn["hand"] = sheet.hand
        text = sheet_text(recording, sheet, epoch, views)
        return Picture(recording, pinned, epoch, "", drawn, text)
    shown = [CHARTS.get(part, part) for part in link.CHARTS if part not in page.left_out]
    ends = not chart and "verdict" not in page.left_out and epoch == page.epochs
    text = stage_text(recording, [name] if chart else shown, epoch, views, ends=ends)
    return Picture(recording, pinned, epoch, name, {}, text)


def _film(recording: Recording, epochs: Sequence[int], views: Collection[str]) -> bytes:
    frames = recording.at(epochs)
    return pack({**draw(recording, frames), "views": draw_opened(recording, frames, views)})


def _check(epochs: Sequence[int], page: Page, is_of_tab: bool) -> None:
    """Check the epochs of a filmstrip."""
    field = Numbers("Epochs", Whole("Epochs", 0, page.epochs))
    if len(epochs) > MAX_PANELS:
        raise ConfigError(field.label, f"at most {MAX_PANELS} numbers", f"{len(epochs):,}")
    if max(epochs) > page.epochs:
        raise ConfigError(field.label, field.allowed, quoted(max(epochs)))
    if is_of_tab:
        raise SheetError(
            f"--epochs makes a filmstrip of a chart, and the link opens the tab {page.tab}: "
            "name the chart by --chart"
        )


def _check_future(page: Page, epoch: int) -> None:
    """Check that a tab does not tell what a page hides."""
    if page.tab in link.TELLING and link.FUTURE in page.left_out and epoch < page.epochs:
        raise SheetError(
            f"tab={page.tab} tells how the run ends, which hide={link.FUTURE} hides "
            f"at epoch {epoch:,}"
        )
