"""``picture``: the page that a link opens, as a picture or as a page in one file."""

import os
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import click

from xorviz.cli.flags import File, flag
from xorviz.core.fields import Choice, ConfigError, quoted
from xorviz.core.recording import record
from xorviz.export.card import write_card
from xorviz.export.chromium import BrowserError, open_page
from xorviz.export.html import write_page
from xorviz.sentences.link import refusal_text
from xorviz.settings.link import CHARTS, PARAMETERS, PIN, parse_link, read
from xorviz.settings.page import Page
from xorviz.stage.opening import CHARTS as STAGE_NAMES
from xorviz.stage.opening import Opening, read_opening
from xorviz.stage.scene import pack_scene

CHART: Final = Choice("Chart", CHARTS)
FORMATS: Final = (".png", ".svg", ".html")
IGNORED: Final = ("embed", "embed_options")
"""Parameters that a page's address may have, and on which no picture depends."""


@click.command(
    params=[flag("chart", CHART, help=f"a picture of this chart alone, {CHART.allowed}")]
)
@click.option("--dark", is_flag=True, help="a picture in dark colours")
@click.argument(
    "link",
    help="a page's address, or the part of it after the question mark, such as "
    "'seed=7&hidden=3&epoch=2000'; without an epoch a picture is of the run's end",
)
@click.argument("file", help=f"ends in {', '.join(FORMATS)}")
def run(link: str, file: str, chart: str | None, dark: bool) -> None:
    """Write the page that a link opens as PNG, SVG or HTML."""
    path = Path(file)
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise ConfigError("FILE", f"a name that ends in {', '.join(FORMATS)}", quoted(file))
    if kind == ".html" and (chart or dark):
        raise click.UsageError(
            "--chart and --dark go with a picture; a page has all, in both themes"
        )
    if not path.parent.is_dir():
        raise ConfigError("FILE", "in a folder that is there", quoted(file))
    page = _read(link)
    if kind == ".html":
        _write(path, _html(page, read_opening(page)).encode())
    else:
        _write(path, _picture(page, chart or "", kind.removeprefix("."), dark))


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


def _picture(page: Page, chart: str, kind: str, dark: bool) -> bytes:
    """Have a browser draw the charts at the link's epoch, or the last one."""
    epoch = page.epochs if page.epoch is None else page.epoch
    html = _html(page, replace(read_opening(page), epoch=epoch, plays=False))
    theme = "dark" if dark else "light"
    wanted = {"chart": STAGE_NAMES.get(chart, chart), "format": kind, "theme": theme}
    try:
        text = open_page(html, urlencode(wanted))
    except BrowserError as error:
        raise click.UsageError(str(error)) from None
    if not text.startswith("data:"):
        raise click.UsageError(f"The picture could not be drawn: {text.rstrip('.')}")
    return b64decode(text.partition(",")[2])


def _html(page: Page, opening: Opening) -> str:
    recording = record(page.run)
    scene = pack_scene(recording, [record(pin) for pin in page.pins])
    return write_page(recording, scene, opening, write_card(recording))


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
