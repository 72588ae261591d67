"""``app``: the page, opened by Streamlit with the project's settings."""

import os
import runpy
import socket
import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import click

import xorviz
from xorviz.cli.flags import flag
from xorviz.core.fields import ConfigError, Field, Whole

PACKAGE: Final = Path(xorviz.__file__).parent
SCRIPTS: Final = (PACKAGE / "app" / "app.py", PACKAGE.parent / "app.py")
"""The paths where the page's script may be: in an installed package, and in a clone.

Streamlit reads its settings from the folder ``.streamlit`` beside it.
"""

DEFAULT_PORT: Final = 8501
PORT_VARIABLE: Final = "STREAMLIT_SERVER_PORT"
"""The environment variable by which Streamlit is given another one."""


class Address(Field):
    """The IP address at which the page is served."""

    allowed = "an IP address of this machine, such as 127.0.0.1"

    def allows(self, value: object) -> bool:
        """Whether it is a text, as `read` makes of each address."""
        return isinstance(value, str)

    def read(self, text: str) -> str:
        """Read an address, and see that it is one of this machine."""
        address = str(ip_address(text))
        try:
            _open_and_close(address, 0)
        except OSError as error:
            raise ValueError(error) from error
        return address


@click.command(
    params=[
        flag("port", Whole("Port", 1, 65_535), show_default=str(DEFAULT_PORT)),
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
    port = flags["port"] or (None if PORT_VARIABLE in os.environ else DEFAULT_PORT)
    if port is not None:
        _check_port(str(flags["address"] or ""), int(port))
    script = next(path for path in SCRIPTS if path.exists())
    given = [f"--server.{name}={value}" for name, value in flags.items() if value is not None]
    sys.argv = ["streamlit", "run", str(script), *given]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _check_port(address: str, port: int) -> None:
    """Raise `ConfigError` where a port of an address, or of all addresses, can't be opened."""
    try:
        _open_and_close(address, port)
    except OSError as error:
        came = f"{port}: {error.strerror}"
        raise ConfigError("Port", "one that can be opened", came) from error


def _open_and_close(address: str, port: int) -> None:
    """Open a port, or any one for 0; raises `OSError` where it can't be opened."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        opened.bind((address, port))
