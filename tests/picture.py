"""Take the README's picture from the running app: ``python -m tests.picture``."""

from typing import Final

from playwright.sync_api import sync_playwright

from tests.support.chromium import launch
from tests.support.paths import ROOT
from tests.support.server import serve
from tests.support.stage import Stage

PICTURE: Final = ROOT / "docs" / "xorviz.png"
EPOCH: Final = 3_000


def main() -> None:
    """Open the app on the notebook's run, stop it where there is most to see, and take it."""
    with serve(ROOT / "app.py") as server, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server.url)
        stage = Stage(page)
        stage.scrub(EPOCH)
        stage.scrubber.blur()
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
