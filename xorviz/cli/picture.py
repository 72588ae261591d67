"""``picture``: what a link shows, as a picture or as a page in one file."""

import argparse
import json
import os
import sys
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from xorviz.cli.flags import Commands, Once
from xorviz.core.config import ConfigError, shorten
from xorviz.core.recording import record
from xorviz.export.card import write_card
from xorviz.export.chromium import BrowserError, evaluate
from xorviz.export.html import write_page
from xorviz.settings.link import CHARTS, PARAMETERS, PIN, config_of, parameters_of, read
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
    """Write the file; raises `ConfigError` where it can't be written, or nothing be drawn."""
    path = Path(file)
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise ConfigError(f"FILE must end in one of {', '.join(FORMATS)}, not {shorten(file)}")
    if kind == ".html" and (chart or dark):
        raise ConfigError("--chart and --dark go with a picture; a page has all, in both themes")
    if not path.parent.is_dir():
        raise ConfigError(f"FILE must be in a folder that is there, not {shorten(file)}")
    settings = _settings(link)
    if kind == ".html":
        _write(path, _page(settings, read_opening(settings)).encode())
    else:
        _write(path, _picture(settings, chart, kind.removeprefix("."), dark))


def _settings(link: str) -> dict[str, Any]:
    """What a link asks for; a sentence for each value that can't be used ends the command."""
    try:
        given = parameters_of(link) if "?" in link or "://" not in link else {}
        settings, problems = read(given)
    except ValueError as error:
        raise ConfigError(f"LINK can't be read: {error}") from None
    known = (*PARAMETERS, PIN, *IGNORED)
    unknown = [f"{shorten(name)} in LINK is ignored" for name in given if name not in known]
    _tell([*unknown, *(problem.reason for problem in problems)])
    if problems:
        sys.exit(2)
    config_of(settings)
    return settings


def _tell(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        print(f"xorviz: {sentence}.", file=sys.stderr)


def _picture(settings: dict[str, Any], chart: str, kind: str, dark: bool) -> bytes:
    """Have a browser open the page where the link says, and draw."""
    epoch = settings["epochs"] if settings["epoch"] is None else settings["epoch"]
    page = _page(settings, replace(read_opening(settings), epoch=epoch, plays=False))
    wanted = json.dumps([STAGE_NAMES.get(chart, chart), kind])
    try:
        address = evaluate(page, f'import("alone.js").then((page) => page.take(...{wanted}))', dark)
    except BrowserError as error:
        raise ConfigError(str(error)) from None
    return b64decode(str(address).partition(",")[2])


def _page(settings: dict[str, Any], opening: Opening) -> str:
    recording = record(config_of(settings))
    scene = pack_scene(recording, [record(pin) for pin in settings["pins"]])
    return write_page(recording, scene, opening, write_card(recording))


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        why = error.strerror or error
        raise ConfigError(f"FILE must be one that can be written, not {path!s}: {why}") from None
    finally:
        if beside.exists():
            beside.unlink()
