"""``picture``: what a link shows, as a picture or as a page in one file."""

import argparse
import json
import os
import sys
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from xorviz.cli.flags import CommandError, Commands, Once
from xorviz.core.fields import ConfigError, quoted
from xorviz.core.recording import record
from xorviz.export.card import write_card
from xorviz.export.chromium import BrowserError, evaluate
from xorviz.export.html import write_page
from xorviz.sentences.link import refusal_text
from xorviz.settings.link import CHARTS, PARAMETERS, PIN, parse_link, read
from xorviz.settings.page import Page
from xorviz.stage.opening import CHARTS as STAGE_NAMES
from xorviz.stage.opening import Opening, read_opening
from xorviz.stage.scene import pack_scene

FORMATS: Final = (".png", ".svg", ".html")
IGNORED: Final = ("embed", "embed_options")
"""Parameters of a page's address that are about the page around the run."""


def add_command(commands: Commands) -> None:
    """Add the command and its flags."""
    parser = commands.add_parser(
        "picture", help="write what a link shows as PNG, SVG or HTML", allow_abbrev=False
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "link",
        metavar="LINK",
        help="a page's address, or the part of it after the question mark, such as "
        "'seed=7&hidden=3&epoch=2000'; without an epoch a picture is of the run's end",
    )
    parser.add_argument("file", metavar="FILE", help=f"ends in {', '.join(FORMATS)}")
    parser.add_argument(
        "--chart",
        action=Once,
        default=argparse.SUPPRESS,
        choices=CHARTS,
        help="a picture of this chart alone",
    )
    parser.add_argument("--dark", action="store_true", help="a picture in dark colours")


def run(link: str, file: str, dark: bool, chart: str = "") -> None:
    """Write the file; raises `ConfigError` or `CommandError` where that fails."""
    path = Path(file)
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise ConfigError("FILE", f"a name that ends in {', '.join(FORMATS)}", quoted(file))
    if kind == ".html" and (chart or dark):
        raise CommandError("--chart and --dark go with a picture; a page has all, in both themes")
    if not path.parent.is_dir():
        raise ConfigError("FILE", "in a folder that is there", quoted(file))
    page = _read(link)
    if kind == ".html":
        _write(path, _html(page, read_opening(page)).encode())
    else:
        _write(path, _picture(page, chart, kind.removeprefix("."), dark))


def _read(link: str) -> Page:
    """Read a link; a sentence for each value that can't be used ends the command."""
    try:
        given = parse_link(link) if "?" in link or "://" not in link else {}
        page, problems = read(given)
    except ValueError as error:
        raise CommandError(f"LINK can't be read: {error}") from None
    known = (*PARAMETERS, PIN, *IGNORED)
    unknown = [f"{quoted(name)} in LINK is ignored" for name in given if name not in known]
    _tell([*unknown, *map(refusal_text, problems)])
    if problems:
        sys.exit(2)
    _ = page.run  # raises where an edit does not fit
    return page


def _tell(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        print(f"xorviz: {sentence}.", file=sys.stderr)


def _picture(page: Page, chart: str, kind: str, dark: bool) -> bytes:
    """Have a browser open the page where the link says, and draw."""
    epoch = page.epochs if page.epoch is None else page.epoch
    html = _html(page, replace(read_opening(page), epoch=epoch, plays=False))
    wanted = json.dumps([STAGE_NAMES.get(chart, chart), kind])
    try:
        address = evaluate(html, f'import("alone.js").then((page) => page.take(...{wanted}))', dark)
    except BrowserError as error:
        raise CommandError(str(error)) from None
    return b64decode(str(address).partition(",")[2])


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
        why = error.strerror or error
        raise ConfigError("FILE", "one that can be written", f"{path!s}: {why}") from None
    finally:
        if beside.exists():
            beside.unlink()
