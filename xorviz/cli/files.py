"""Files: a link as it is read, and a file as it is written, by the commands that make files."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from xorviz.cli.flags import File
from xorviz.core.fields import ConfigError, quoted
from xorviz.sentences.link import refusal_text
from xorviz.settings.link import PARAMETERS, PIN, parse_link
from xorviz.settings.page import Page
from xorviz.settings.reading import read

IGNORED: Final = ("embed", "embed_options")
"""Parameters that a page's address may have, and on which no file depends."""


def read_link(link: str) -> Page:
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


def writable(file: str, formats: Sequence[str]) -> Path:
    """Check the name of a file to write; raises `ConfigError` where it can't be used."""
    path = Path(file)
    if path.suffix.lower() not in formats:
        raise ConfigError("FILE", f"a name that ends in {', '.join(formats)}", quoted(file))
    if not path.parent.is_dir():
        raise ConfigError("FILE", "in a folder that is there", quoted(file))
    return path


def write_whole(path: Path, content: bytes) -> None:
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
