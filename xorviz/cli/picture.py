"""``picture``: the page that a link opens, as a picture or as a page in one file."""

import os
import sys
from base64 import b64decode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import click

from xorviz.cli.flags import File, flag
from xorviz.core.fields import Choice, ConfigError, Whole, quoted
from xorviz.core.recording import Recording, record
from xorviz.export.card import write_card
from xorviz.export.chromium import BrowserError, open_page
from xorviz.export.html import NOTHING, write_page
from xorviz.export.picture import Picture, plan_picture
from xorviz.export.sheet import SheetError
from xorviz.figures.views import wanted_by
from xorviz.sentences.link import refusal_text
from xorviz.settings.link import CHARTS, FIELDS_OF_RUN, PARAMETERS, PIN, parse_link
from xorviz.settings.lists import Numbers
from xorviz.settings.page import Page
from xorviz.settings.reading import read
from xorviz.stage.opening import Opening, read_opening
from xorviz.stage.scene import pack_scene

CHART: Final = Choice("Chart", CHARTS)
EPOCHS: Final = Numbers("Epochs", Whole("Epochs", 0, FIELDS_OF_RUN["epochs"].high))
WIDTH: Final = Whole("Width", 100, 8_000)
TEXT: Final = File("Text")
FORMATS: Final = (".png", ".svg", ".html")
IGNORED: Final = ("embed", "embed_options")
"""Parameters that a page's address may have, and on which no picture depends."""


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
    path = Path(file)
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise ConfigError("FILE", f"a name that ends in {', '.join(FORMATS)}", quoted(file))
    if kind == ".html" and (text or any(value not in (None, False) for value in wanted.values())):
        raise click.UsageError(
            "--chart, --epochs, --dark, --width, --transparent and --text go with a picture; "
            "a page has all, in both themes"
        )
    if not path.parent.is_dir():
        raise ConfigError("FILE", "in a folder that is there", quoted(file))
    if text and Path(text) == path:
        raise ConfigError("Text", "another file than the picture", quoted(text))
    page = _read(link)
    if kind == ".html":
        pinned = [record(pin) for pin in page.pins]
        _write(path, _html(record(page.run), pinned, read_opening(page)).encode())
        return
    try:
        planned = plan_picture(page, wanted.pop("chart"), wanted.pop("epochs"))
    except SheetError as error:
        raise click.UsageError(str(error)) from None
    _write(path, _picture(page, planned, format=kind.removeprefix("."), **wanted))
    if text:
        _write_text(text, planned.text)


def _read(link: str) -> Page:
    """Read a link; a sentence about each value that can't be used ends the command."""
    try:
        given = parse_link(link) if "?" in link or "://" not in link else {}
        page, problems = read(given)
    except ValueError as error:
        raise click.UsageError(f"LINK can't be read: {error}") from None
    known = (*PARAMETERS, PIN, *IGNORED)
    unknown = [f"{quoted(name)} in LINK is ignored" for name in given if name not in known]
    for sentence in (*unknown, *map(refusal_text, problems)):
        click.echo(f"xorviz: {sentence}.", err=True)
    if problems:
        sys.exit(2)
    _ = page.run  # raises where an edit does not fit
    return page


def _picture(page: Page, planned: Picture, dark: bool, **wanted: Any) -> bytes:
    """Have a browser draw a picture. What is wanted goes to the page as its address's fragment."""
    opening = replace(read_opening(page), epoch=planned.epoch, plays=False)
    views = wanted_by(opening.choices)
    html = _html(planned.recording, planned.pinned, opening, planned.drawn, views)
    wanted |= {"chart": planned.chart, "theme": "dark" if dark else "light"}
    try:
        text = open_page(html, urlencode({name: one for name, one in wanted.items() if one}))
    except BrowserError as error:
        raise click.UsageError(str(error)) from None
    if not text.startswith("data:"):
        raise click.UsageError(f"The picture could not be drawn: {text.rstrip('.')}")
    return b64decode(text.partition(",")[2])


def _html(
    recording: Recording,
    pinned: Sequence[Recording],
    opening: Opening,
    drawn: Mapping[str, bytes] = NOTHING,
    views: Collection[str] | None = None,
) -> str:
    scene = pack_scene(recording, pinned)
    card, others = write_card(recording), (pinned, None)
    return write_page(recording, scene, opening, card, drawn, views, others)


def _write_text(file: str, text: str) -> None:
    """Write the alternative text to a file or to standard output."""
    try:
        with click.open_file(file, "w", "utf-8") as opened:
            opened.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise TEXT.failure(file, error) from None


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        raise File("FILE").failure(str(path), error) from None
    finally:
        if beside.exists():
            beside.unlink()
