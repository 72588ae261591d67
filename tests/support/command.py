"""Command: the command line called in this process, and what it printed."""

import json
from typing import Any, NoReturn

import pytest

from xorviz.cli import main

Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture, *flags: str) -> str:
    main(["train", *flags])
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: Capture, *arguments: str) -> str:
    """What is said of arguments that can't be used."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (2, "")
    return err


def strict_json(text: str) -> Any:
    def refuse(token: str) -> NoReturn:
        raise AssertionError(f"{token} is not JSON")

    return json.loads(text, parse_constant=refuse)
