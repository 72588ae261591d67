"""Chromium: an installed browser, which opens a page of this program without a window.

The page turns itself into a text while it loads; the browser prints the text and ends, by its own
flag ``--dump-dom``. A library that sends a browser commands costs more than it saves. A picture
takes 4 to 5 s here, and no less with choreographer, which brings four packages (3 MB) and leaves a
browser that never answers running until Python ends. Playwright takes a second more, and 165 MB.
"""

import os
import re
import shutil
import signal
import subprocess
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

VARIABLE: Final = "XORVIZ_CHROMIUM"
"""The environment variable that names the browser to use."""

BROWSERS: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
"""Commands and applications, of which the first that is installed is used."""

FLAGS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-gpu-watchdog",  # as software may draw a picture in 3-D for seconds
    "--disable-quic",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-proxy-server",
)
TIMEOUT: Final = 60.0
"""Seconds after which a browser that still runs is ended."""

_TEXT_ALONE: Final = re.compile("<html[^>]*>([^<]*)</html>")


class BrowserError(Exception):
    """There is no browser, or it printed no text. The message is a sentence for people."""


def find() -> str | None:
    """Find the path of the browser to use; None without one."""
    return os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, BROWSERS)), None)


def flags() -> list[str]:
    """Flags for the same colours everywhere, and no network; Chromium's sandbox refuses root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, *(["--no-sandbox"] if is_root else [])]


def open_page(page: str, fragment: str = "", timeout: float = TIMEOUT) -> str:
    """Open a page in a browser, and return the text that is all the page holds once it is loaded.

    Parameters
    ----------
    page
        The HTML, whose scripts turn the page into a text while it loads. It is opened from a file.
    fragment
        The part of the page's address after the ``#``.
    timeout
        Seconds that the browser may take from its start to its end.

    Raises
    ------
    BrowserError
        Where there is no browser, or the page has not become a text in time.
    """
    path = _path()
    with TemporaryDirectory(prefix="xorviz-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, "utf-8")
        mode = ["--headless", "--dump-dom", f"--user-data-dir={folder}/profile"]
        printed = _output([path, *flags(), *mode, f"{file.as_uri()}#{fragment}"], timeout)
    if text := _TEXT_ALONE.search(printed):
        return unescape(text[1])
    raise BrowserError(f"The browser {path} did not start, or did not answer in time")


def _output(command: list[str], timeout: float) -> str:
    """Run a program, and return the text that it prints; empty where it can't start or end."""
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process:
            try:
                return process.communicate(timeout=timeout)[0]
            finally:
                if process.returncode is None:
                    os.killpg(process.pid, signal.SIGKILL)
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _path() -> str:
    if not (path := find()):
        names = ", ".join(Path(browser).name for browser in BROWSERS)
        raise BrowserError(
            f"A picture needs Chromium or Chrome, and none of {names} is on the PATH or among the "
            f"applications: install one, or name it by {VARIABLE}"
        )
    if not shutil.which(path):
        raise BrowserError(f"{VARIABLE} names {path}, and there is no such program")
    return path
