"""A browser that is open already, for the pictures that the command takes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    with browser.new_context(offline=True) as context:
        yield context.new_page()


@pytest.fixture
def open_browser(
    window: Page, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Have pictures taken in a browser that runs already: to start one takes most of the time."""
    file = tmp_path_factory.mktemp("picture") / "page.html"

    def open_page(page: str, fragment: str) -> str:
        file.write_text(page, "utf-8")
        window.goto(f"{file.as_uri()}#{fragment}")
        return window.locator(":root:not(:has(*))").text_content() or ""

    monkeypatch.setattr("xorviz.cli.picture.open_page", open_page)
