"""The running app and a browser, shared by all tests of the page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.stage import Stage
from tests.chromium import launch
from tests.server import Server, serve

APP = Path(__file__).parents[2] / "app.py"

OpenStage = Callable[..., Stage]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve(APP) as running:
        yield running
        log = running.log.read_text("utf-8")
    assert "Traceback" not in log, log
    assert "Warning" not in log, log


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_stage(server: Server, browser: Browser) -> Iterator[OpenStage]:
    """Open the page in a window of its own; a test fails on any error in its console."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_window(query: str = "", width: int = 1440, height: int = 900, **context: str) -> Stage:
        contexts.append(
            browser.new_context(viewport={"width": width, "height": height}, **context)  # type: ignore[arg-type]
        )
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{server.url}/{query}")
        return Stage(page)

    yield open_window
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture
def stage(open_stage: OpenStage) -> Stage:
    """The page on the notebook's settings."""
    return open_stage()


@pytest.fixture
def page(stage: Stage) -> Page:
    return stage.page
