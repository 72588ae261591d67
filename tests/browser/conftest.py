"""The running app and a browser, shared by all tests of the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.chromium import launch
from tests.support.paths import APP
from tests.support.server import Server, serve
from tests.support.stage import OpenStage, Stage


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


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests: its cache holds the app's scripts, which take seconds to load anew."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        yield context


@pytest.fixture
def open_stage(server: Server, browser: Browser, context: BrowserContext) -> Iterator[OpenStage]:
    """Open the page in a window of its own; a test fails on any error in its console."""
    pages: list[Page] = []
    errors: list[str] = []

    def open_window(query: str = "", **own: str) -> Stage:
        page = browser.new_context(**own).new_page() if own else context.new_page()  # type: ignore[arg-type]
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{server.url}/{query}")
        return Stage(page)

    yield open_window
    for page in pages:
        page.close() if page.context is context else page.context.close()
    assert not errors


@pytest.fixture
def stage(open_stage: OpenStage) -> Stage:
    """The page on the notebook's settings."""
    return open_stage()


@pytest.fixture
def page(stage: Stage) -> Page:
    return stage.page
