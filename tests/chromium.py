"""Chromium: the browser that the browser tests and the bench drive."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

VARIABLE: Final = "XORVIZ_CHROMIUM"
"""Environment variable that names the browser to use."""

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


def launch(playwright: Playwright) -> Browser:
    """Start a headless Chromium or Chrome: one that is installed, else Playwright's own."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=find(), args=[*FLAGS, *(["--no-sandbox"] if root else [])]
    )


def find() -> str | None:
    """Find an installed browser; none means Playwright's own."""
    if named := os.environ.get(VARIABLE):
        return named
    commands = (shutil.which(command) for command in COMMANDS)
    apps = (str(app) for app in MAC_APPS if app.exists())
    return next((path for path in (*commands, *apps) if path), None)


def main() -> int:
    """Tell by the exit status whether there is a browser that starts."""
    with sync_playwright() as playwright:
        try:
            launch(playwright).close()
        except PlaywrightError as error:
            print(f"No browser yet: {str(error).splitlines()[0]}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
