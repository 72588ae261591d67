"""Server: a Streamlit app in a process of its own, for the browser tests and the bench."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

START_SECONDS: Final = 60
STOP_SECONDS: Final = 10
IS_UP: Final = b"You can now view your Streamlit app"
"""What Streamlit prints once it listens."""
UNWATCHED: Final = "--server.fileWatcherType=none"
"""Flag of a server that looks at no file for changes, which takes it 0.3 s whenever a page opens."""


@dataclass(frozen=True)
class Server:
    """A running app: its base URL, its process, and the file that takes what it prints."""

    url: str
    pid: int
    log: Path


@contextmanager
def serve(script: Path, *flags: str) -> Iterator[Server]:
    """Run `streamlit run SCRIPT` on a free port, from the script's folder, until the block ends."""
    with tempfile.TemporaryDirectory() as folder, _free_port() as port:
        log, is_up = Path(folder) / "log.txt", Event()
        with _process(script, port, flags) as process:
            copier = Thread(target=_copy, args=(process, log, is_up))
            copier.start()
            try:
                if not is_up.wait(START_SECONDS) or process.poll() is not None:
                    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8')}")
                yield Server(f"http://127.0.0.1:{port}", process.pid, log)
            finally:
                _stop(process)
                copier.join()


@contextmanager
def _free_port() -> Iterator[int]:
    """A port that stays ours: while it is bound here, nobody else is given it."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def _process(script: Path, port: int, flags: tuple[str, ...]) -> subprocess.Popen[bytes]:
    options = {
        "server.address": "127.0.0.1",
        "server.port": port,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    return subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script.name, *given, *flags],
        cwd=script.parent,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _copy(process: subprocess.Popen[bytes], log: Path, is_up: Event) -> None:
    """Copy what a process prints to a file, and tell when it is up, or has ended."""
    assert process.stdout
    with log.open("wb", buffering=0) as file:
        for line in process.stdout:
            file.write(line)
            if IS_UP in line:
                is_up.set()
    is_up.set()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
