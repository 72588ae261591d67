"""Chromium: the browser that the browser tests and the bench drive."""

import subprocess
import sys

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from xorviz.export.chromium import FLAGS, find, sandbox_flags


def launch(playwright: Playwright) -> Browser:
    """Start a headless Chromium or Chrome: one that is installed, else Playwright's own."""
    return playwright.chromium.launch(executable_path=find(), args=[*FLAGS, *sandbox_flags()])


def path() -> str:
    """The browser's path; asked of Playwright in a process of its own, as one may run here."""
    code = "from playwright.sync_api import sync_playwright as p; "
    code += "print(p().start().chromium.executable_path)"
    return find() or subprocess.check_output([sys.executable, "-c", code], text=True).strip()


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
