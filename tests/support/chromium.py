"""Chromium: the browser that the browser tests and the bench drive."""

import subprocess
import sys

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from xorviz.export.chromium import find, flags


def launch(playwright: Playwright) -> Browser:
    """Start a headless Chromium or Chrome: one that is installed, else Playwright's own."""
    return playwright.chromium.launch(executable_path=find(), args=flags())


def path() -> str:
    """Find the browser's path. Playwright is asked in another process: here one may run already."""
    code = "from playwright.sync_api import sync_playwright as p; "
    code += "print(p().start().chromium.executable_path)"
    return find() or subprocess.check_output([sys.executable, "-c", code], text=True).strip()


def main() -> int:
    """Return 0 if there is a browser that starts, else 1."""
    with sync_playwright() as playwright:
        try:
            launch(playwright).close()
        except PlaywrightError as error:
            print(f"No browser yet: {str(error).splitlines()[0]}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
