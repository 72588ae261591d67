"""``app``: the page, opened by Streamlit with the project's settings."""

import runpy
import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import click

import xorviz
from xorviz.cli.flags import flag
from xorviz.core.fields import Field, Whole

PACKAGE: Final = Path(xorviz.__file__).parent
SCRIPTS: Final = (PACKAGE / "app" / "app.py", PACKAGE.parent / "app.py")
"""The paths where the page's script may be: in an installed package, and in a clone.

Streamlit reads its settings from the folder ``.streamlit`` beside it.
"""


class Address(Field):
    """The IP address at which the page is served."""

    allowed = "an IP address of this machine, such as 127.0.0.1"

    def allows(self, value: object) -> bool:
        """Whether it is a text, as `read` makes of each address."""
        return isinstance(value, str)

    def read(self, text: str) -> str:
        """Read an address."""
        return str(ip_address(text))


@click.command(
    params=[
        flag("port", Whole("Port", 1, 65_535), show_default="8501"),
        flag("address", Address("Address"), show_default="all of this machine's"),
    ]
)
def run(**flags: str | int | None) -> None:
    """Open the page in a browser.

    Streamlit's other settings are read from its environment variables, such as
    STREAMLIT_SERVER_BASE_URL_PATH.
    """
    if find_spec("streamlit") is None:
        raise click.UsageError("app needs the package streamlit; pip install streamlit brings it")
    script = next(path for path in SCRIPTS if path.exists())
    given = [f"--server.{name}={value}" for name, value in flags.items() if value is not None]
    sys.argv = ["streamlit", "run", str(script), *given]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
