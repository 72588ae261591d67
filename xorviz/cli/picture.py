"""``picture``: the page that a link opens, as a picture or as a page in one file."""

from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import click

from xorviz.cli.files import read_link, writable, write_whole
from xorviz.cli.flags import File, flag
from xorviz.core.fields import Choice, ConfigError, Whole, quoted
from xorviz.export.chromium import BrowserError, open_page
from xorviz.export.html import draw_animated, draw_page
from xorviz.export.picture import Picture, plan_picture
from xorviz.export.sheet import SheetError
from xorviz.figures.views import wanted_by
from xorviz.settings.link import CHARTS, FIELDS_OF_RUN
from xorviz.settings.lists import Numbers
from xorviz.settings.page import Page
from xorviz.stage.opening import read_opening

CHART: Final = Choice("Chart", CHARTS)
EPOCHS: Final = Numbers("Epochs", Whole("Epochs", 0, FIELDS_OF_RUN["epochs"].high))
WIDTH: Final = Whole("Width", 100, 8_000)
TEXT: Final = File("Text")
FORMATS: Final = (".png", ".svg", ".html")


@click.command(
    params=[
        flag("chart", CHART, help=f"a picture of this chart alone, {CHART.allowed}"),
        flag(
            "epochs",
            EPOCHS,
            metavar="LIST",
            help="a filmstrip: a panel for each of these epochs, such as 0,300,871, of the chart, "
            "or of the decision surface",
        ),
        flag("width", WIDTH, metavar="PIXELS", help=f"the picture's width, {WIDTH.allowed}"),
        flag(
            "text",
            TEXT,
            metavar="FILE",
            help="write the alternative text there; - is standard output",
        ),
    ]
)
@click.option("--dark", is_flag=True, help="a picture in dark colours")
@click.option("--transparent", is_flag=True, help="a picture without a ground of its own")
@click.argument(
    "link",
    help="a page's address, or the part of it after the question mark, such as "
    "'seed=7&hidden=3&epoch=2000'; without an epoch a picture is of the run's end",
)
@click.argument("file", help=f"ends in {', '.join(FORMATS)}")
def run(link: str, file: str, text: str | None, **wanted: Any) -> None:
    """Write the page that a link opens as PNG, SVG or HTML."""
    path = writable(file, FORMATS)
    kind = path.suffix.lower()
    if kind == ".html" and (text or any(value not in (None, False) for value in wanted.values())):
        raise click.UsageError(
            "--chart, --epochs, --dark, --width, --transparent and --text go with a picture; "
            "a page has all, in both themes"
        )
    if text and Path(text) == path:
        raise ConfigError("Text", "another file than the picture", quoted(text))
    page = read_link(link)
    if kind == ".html":
        write_whole(path, draw_animated(page).encode())
        return
    try:
        planned = plan_picture(page, wanted.pop("chart"), wanted.pop("epochs"))
    except SheetError as error:
        raise click.UsageError(str(error)) from None
    write_whole(path, _picture(page, planned, format=kind.removeprefix("."), **wanted))
    if text:
        _write_text(text, planned.text)


def _picture(page: Page, planned: Picture, dark: bool, **wanted: Any) -> bytes:
    """Have a browser draw a picture. What is wanted goes to the page as its address's fragment."""
    opening = replace(read_opening(page), epoch=planned.epoch, plays=False)
    views = wanted_by(opening.choices)
    html = draw_page(planned.recording, planned.pinned, opening, planned.drawn, views)
    wanted |= {"chart": planned.chart, "theme": "dark" if dark else "light"}
    try:
        text = open_page(html, urlencode({name: one for name, one in wanted.items() if one}))
    except BrowserError as error:
        raise click.UsageError(str(error)) from None
    if not text.startswith("data:"):
        raise click.UsageError(f"The picture could not be drawn: {text.rstrip('.')}")
    return b64decode(text.partition(",")[2])


def _write_text(file: str, text: str) -> None:
    """Write the alternative text to a file or to standard output."""
    try:
        with click.open_file(file, "w", "utf-8") as opened:
            opened.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise TEXT.failure(file, error) from None
