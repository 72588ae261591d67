"""The command that opens the page; that it does so from a wheel is shown by tests/wheel."""

import runpy
import socket
import sys
from typing import Any

import pytest

from tests.support.command import Capture, refused
from tests.support.paths import APP
from tests.support.server import free_port
from xorviz.cli import main

ADDRESS = "Address must be an IP address of this machine, such as 127.0.0.1"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines that Streamlit is given in place of running them."""
    lines: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["xorviz"])

    def run_module(name: str, **_: Any) -> None:
        lines.append([name, *sys.argv[1:]])

    monkeypatch.setattr(runpy, "run_module", run_module)
    return lines


def test_the_page_is_the_script_that_has_its_settings_beside_it(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "8600")  # that is left to Streamlit
    main(["app"])
    assert ran == [["streamlit", "run", str(APP)]]
    assert (APP.parent / ".streamlit" / "config.toml").exists()


def test_port_and_address_are_those_that_are_given(ran: list[list[str]]) -> None:
    with free_port() as port:
        main(["app", "--port", str(port), "--address", "127.0.0.1"])
    assert ran[0][3:] == [f"--server.port={port}", "--server.address=127.0.0.1"]


def test_a_port_that_is_in_use_is_one_sentence(capsys: Capture, ran: list[list[str]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as used:
        port = used.getsockname()[1]
        message = refused(capsys, "app", "--address", "127.0.0.1", "--port", str(port))
    allowed = "Port must be one that can be opened"
    assert message == f"xorviz: {allowed}, not {port}: Address already in use.\n"
    assert not ran


@pytest.mark.parametrize(
    ("flag", "text", "allowed"),
    [
        ("--port", "0", "Port must be a whole number from 1 to 65,535"),
        ("--port", "65536", "Port must be a whole number from 1 to 65,535"),
        ("--port", "http", "Port must be a whole number from 1 to 65,535"),
        ("--address", "", ADDRESS),
        (
            "--address",
            "192.0.2.1",
            ADDRESS,
        ),
        ("--address", "a b", ADDRESS),
    ],
)
def test_a_value_that_can_not_be_used_is_one_sentence(
    capsys: Capture, ran: list[list[str]], flag: str, text: str, allowed: str
) -> None:
    assert refused(capsys, "app", flag, text) == f"xorviz: {allowed}, not {text!r}.\n"
    assert not ran


def test_without_streamlit_one_sentence_says_how_to_get_it(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, ran: list[list[str]]
) -> None:
    monkeypatch.setattr("xorviz.cli.app.find_spec", lambda _: None)
    message = refused(capsys, "app")
    assert message == "xorviz: app needs the package streamlit; pip install streamlit brings it.\n"
    assert not ran
