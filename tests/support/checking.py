"""Checking: ``xorviz check`` of the notebook's program and of programs like it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.notebook import NOTEBOOK as WHOLE
from xorviz.cli import main

NOTEBOOK = WHOLE.replace("epochs = 10000", "epochs = 60")
"""The notebook's program, with fewer epochs."""


def check(
    capsys: pytest.CaptureFixture[str], file: Path, *flags: str
) -> tuple[int, dict[str, Any], str]:
    """Run the command; its exit status, what it prints as JSON, and its error."""
    with pytest.raises(SystemExit) as caught:
        main(["check", str(file), "--json", *flags])
    out, error = capsys.readouterr()
    return int(caught.value.code or 0), json.loads(out or "{}"), error


def written(folder: Path, text: str, name: str = "mine.py") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file
