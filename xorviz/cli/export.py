"""``export``: the run that a link opens as data, as code or as a page in one file."""

import click

from xorviz.cli.files import read_link, writable, write_whole
from xorviz.core.recording import record
from xorviz.export.files import FORMATS, PAGE, write_run
from xorviz.export.html import draw_animated


@click.command()
@click.argument(
    "link",
    help="a page's address, or the part of it after the question mark, such as 'seed=7&hidden=3'",
)
@click.argument("file", help=f"ends in {', '.join(FORMATS)}")
def run(link: str, file: str) -> None:
    """Write the run that a link opens as data, code or a page."""
    path = writable(file, FORMATS)
    page = read_link(link)
    suffix = path.suffix.lower()
    is_page = suffix == PAGE  # which has pinned runs, and opens as the link says
    content = draw_animated(page).encode() if is_page else write_run(record(page.run), suffix)
    write_whole(path, content)
