"""Chromium: an installed browser, which opens a page of this program without a window.

It takes commands through a pipe, in the DevTools protocol
(https://chromedevtools.github.io/devtools-protocol/). So no port is opened, no server runs,
and no answer has to be polled for on a busy machine.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any, Final

VARIABLE: Final = "XORVIZ_CHROMIUM"
"""The environment variable that names the browser to use."""

COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS: Final = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
FLAGS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
HEADLESS: Final = (
    "--headless",
    "--remote-debugging-pipe",
    "--force-color-profile=srgb",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--window-size=1440,900",
)
TIMEOUT: Final = 60.0
"""Seconds after which a browser that has not answered is ended."""

CHUNK: Final = 2**16
"""The most bytes that are read at once."""

PIPES: Final = 'exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null'
"""Shell command that starts the browser with the pipes at the numbers where it expects them."""


class BrowserError(Exception):
    """There is no browser, or a command failed in it; the text is a sentence for people."""


def find() -> str | None:
    """Find the path of an installed browser; None without one."""
    if named := os.environ.get(VARIABLE):
        return named
    commands = (shutil.which(command) for command in COMMANDS)
    apps = (str(app) for app in MAC_APPS if app.exists())
    return next((path for path in (*commands, *apps) if path), None)


def sandbox_flags() -> list[str]:
    """Flags that let root start Chromium, whose sandbox refuses root."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def evaluate(page: str, expression: str, dark: bool = False, timeout: float = TIMEOUT) -> Any:
    """Open a page, and evaluate JavaScript in it.

    Parameters
    ----------
    page
        The HTML of the page; it is opened from a file.
    expression
        JavaScript whose value, or promised value, fits JSON.
    dark
        Whether the page sees a reader who prefers dark colours.
    timeout
        Seconds for opening and evaluating together.

    Raises
    ------
    BrowserError
        Where there is no browser, it does not answer, or the expression throws.
    """
    with TemporaryDirectory(prefix="xorviz-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, "utf-8")
        with _started(Path(folder) / "profile", timeout) as browser:
            browser.open(file.as_uri(), dark)
            return browser.evaluate(expression)


class _Browser:
    """A running browser with one page, at the other end of two pipes."""

    def __init__(self, process: subprocess.Popen[bytes], path: str) -> None:
        self._process = process
        self._path = path
        self._numbers = count(1)
        self._session: dict[str, str] = {}
        self._rest = b""

    def open(self, address: str, dark: bool) -> None:
        """Open the page, and wait until its scripts have run."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])
        self._call("Page.enable")
        self._send("Page.navigate", url=address)
        self._wait("method", "Page.loadEventFired")

    def evaluate(self, expression: str) -> Any:
        """Evaluate in the page."""
        options = {"awaitPromise": True, "returnByValue": True}
        answer = self._call("Runtime.evaluate", expression=expression, **options)
        if details := answer.get("exceptionDetails"):
            raised = details.get("exception", {}).get("description", details["text"])
            raise BrowserError(f"The picture could not be drawn: {raised.splitlines()[0]}")
        return answer["result"].get("value")

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        answer = self._wait("id", self._send(method, **parameters))
        if error := answer.get("error"):
            raise BrowserError(f"The browser refused {method}: {error['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _send(self, method: str, **parameters: Any) -> int:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters, **self._session}
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\0")
        except BrokenPipeError:
            raise self._gone() from None
        return number

    def _wait(self, key: str, value: object) -> dict[str, Any]:
        """Read the next message with this value, and drop those before it, which answer nothing."""
        while True:
            message: dict[str, Any] = json.loads(self._read())
            if message.get(key) == value:
                return message

    def _read(self) -> bytes:
        """Read one message; each ends with a zero byte."""
        assert self._process.stdout
        while b"\0" not in self._rest:
            if not (more := os.read(self._process.stdout.fileno(), CHUNK)):
                raise self._gone()
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        return message

    def _gone(self) -> BrowserError:
        return BrowserError(f"The browser {self._path} did not start, or did not answer in time")


@contextmanager
def _started(profile: Path, timeout: float) -> Iterator[_Browser]:
    """Start a browser with a profile of its own, and end it and all of its processes."""
    path = _path()
    command = [path, *FLAGS, *HEADLESS, *sandbox_flags(), f"--user-data-dir={profile}"]
    with subprocess.Popen(
        ["/bin/sh", "-c", PIPES, "sh", *command],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        timer = Timer(timeout, _end, [process])
        timer.start()
        try:
            yield _Browser(process, path)
        finally:
            timer.cancel()
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _path() -> str:
    path = find()
    if path and shutil.which(path) is None:
        raise BrowserError(f"{VARIABLE} names {path}, and there is no such program")
    if path:
        return path
    apps = " and ".join(app.stem for app in MAC_APPS)
    raise BrowserError(
        f"A picture needs Chromium or Chrome, and none of {', '.join(COMMANDS)} is on the PATH, "
        f"nor is {apps} among the applications: install one, or name it by {VARIABLE}"
    )
