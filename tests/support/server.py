"""Server: an app in a process of its own, for the browser tests and the bench."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

START_SECONDS: Final = 60
STOP_SECONDS: Final = 10
IS_UP: Final = b"You can now view your Streamlit app"
"""What Streamlit prints once it listens."""
QUIET: Final = {
    "STREAMLIT_SERVER_HEADLESS": "true",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}
UNWATCHED: Final = "--server.fileWatcherType=none"
"""Flag of a server that looks for no changed file, which takes 0.3 s whenever a page opens."""


@dataclass(frozen=True)
class Server:
    """A running app: its base URL, its process, and the file that takes what it prints."""

    url: str
    pid: int
    log: Path


@contextmanager
def serve(script: Path, *flags: str) -> Iterator[Server]:
    """Run `streamlit run SCRIPT` on a free port, from the script's folder, until the block ends."""
    with free_port() as port, serve_at(port, script, *flags) as server:
        yield server


@contextmanager
def serve_at(port: int, script: Path, *flags: str, folder: Path | None = None) -> Iterator[Server]:
    """Run `streamlit run SCRIPT` on this port, as `serve` does, or from another folder."""
    folder = folder or script.parent
    command = [sys.executable, "-m", "streamlit", "run", str(script.relative_to(folder)), *flags]
    with serve_process([*command, *_flags("--server.{}", port)], folder, port) as server:
        yield server


@contextmanager
def serve_command(command: Sequence[str], cwd: Path, flag: str) -> Iterator[Server]:
    """Run a command that serves the app, in a folder, until the block ends.

    It is given a free port and an address of this machine by flags that are spelled so.
    """
    with (
        free_port() as port,
        serve_process([*command, *_flags(flag, port)], cwd, port) as server,
    ):
        yield server


def _flags(flag: str, port: int) -> tuple[str, str]:
    return f"{flag.format('port')}={port}", f"{flag.format('address')}=127.0.0.1"


@contextmanager
def serve_process(
    command: Sequence[str],
    cwd: Path,
    port: int,
    env: Mapping[str, str] = QUIET,
    sign: bytes = IS_UP,
) -> Iterator[Server]:
    """Run a command that serves an app on this port until the block ends.

    The app is up once it prints `sign`.
    """
    with tempfile.TemporaryDirectory() as folder:
        log, is_up = Path(folder) / "log.txt", Event()
        with _process(command, cwd, env) as process:
            copier = Thread(target=_copy, args=(process, log, is_up, sign))
            copier.start()
            try:
                if not is_up.wait(START_SECONDS) or process.poll() is not None:
                    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8')}")
                yield Server(f"http://127.0.0.1:{port}", process.pid, log)
            finally:
                _stop(process)
                copier.join()


@contextmanager
def free_port() -> Iterator[int]:
    """A port that stays ours: while it is bound here, nobody else is given it."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def _process(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **env, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _copy(process: subprocess.Popen[bytes], log: Path, is_up: Event, sign: bytes) -> None:
    """Copy what a process prints to a file, and tell when it is up, or has ended."""
    assert process.stdout
    with log.open("wb", buffering=0) as file:
        for line in process.stdout:
            file.write(line)
            if sign in line:
                is_up.set()
    is_up.set()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
