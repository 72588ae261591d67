"""``app``: the page, opened by Streamlit with the project's settings of it."""

import runpy
import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import xorviz
from xorviz.cli.flags import Commands, add_value
from xorviz.core.fields import Field, Whole

PORT: Final = Whole("Port", 1, 65_535)
PACKAGE: Final = Path(xorviz.__file__).parent
SCRIPTS: Final = (PACKAGE / "app" / "app.py", PACKAGE.parent / "app.py")
"""Where the page's script is: in an installed package, and in a clone.

Streamlit reads its settings from the folder ``.streamlit`` beside it.
"""


class Address(Field):
    """The address to serve: of this machine alone, or of a network that it is in."""

    allowed = "an IP address of this machine, such as 127.0.0.1"

    def allows(self, value: object) -> bool:
        """Whether it is an address."""
        return isinstance(value, str)

    def read(self, text: str) -> str:
        """Read an address."""
        return str(ip_address(text))


def add_command(commands: Commands) -> None:
    """Add the command and its flags."""
    parser = commands.add_parser(
        "app",
        help="open the page in a browser",
        description="Open the page in a browser. Streamlit's other settings are read from its "
        "environment variables, such as STREAMLIT_SERVER_BASE_URL_PATH.",
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    add_value(parser, "port", PORT, 8501)
    add_value(parser, "address", Address("Address"), "all of this machine's")


def run(**flags: str | int) -> None:
    """Run Streamlit in this process, until it is interrupted.

    Raises
    ------
    ModuleNotFoundError
        Where Streamlit is not installed.
    """
    if find_spec("streamlit") is None:
        raise ModuleNotFoundError(name="streamlit")
    script = next(path for path in SCRIPTS if path.exists())
    options = [f"--server.{name}={value}" for name, value in flags.items()]
    sys.argv = ["streamlit", "run", str(script), *options]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
