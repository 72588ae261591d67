"""Server: a Streamlit app in a process of its own, for the browser tests and the bench."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

START_SECONDS: Final = 60
STOP_SECONDS: Final = 10

_open: Final = build_opener(ProxyHandler({})).open  # local addresses go through no proxy


@dataclass(frozen=True)
class Server:
    """A running app: its base URL, its process, and the file that takes what it prints."""

    url: str
    pid: int
    log: Path


@contextmanager
def serve(script: Path) -> Iterator[Server]:
    """Run `streamlit run SCRIPT` on a free port, from the script's folder, until the block ends."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        with log.open("wb") as output, _process(script, port, output.fileno()) as process:
            server = Server(f"http://127.0.0.1:{port}", process.pid, log)
            try:
                _wait(server, process)
                yield server
            finally:
                _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _process(script: Path, port: int, output: int) -> subprocess.Popen[bytes]:
    options = {
        "server.address": "127.0.0.1",
        "server.port": port,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script.name, *flags],
        cwd=script.parent,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _healthy(server.url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server did not start:\n{server.log.read_text('utf-8')}")
        time.sleep(0.1)


def _healthy(url: str) -> bool:
    try:
        with _open(f"{url}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
