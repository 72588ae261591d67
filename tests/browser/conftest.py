"""The running app and a browser, shared by all tests of the page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.chromium import launch
from tests.support.paths import APP
from tests.support.server import UNWATCHED, Server, serve
from tests.support.stage import OpenStage, Stage
from tests.support.windows import SIZE, Windows, tidy


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve(APP, UNWATCHED) as running:
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
    with browser.new_context(viewport=SIZE) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context


@pytest.fixture(scope="session")
def windows(context: BrowserContext) -> Windows:
    return Windows(context)


@pytest.fixture
def open_stage(server: Server, windows: Windows) -> Iterator[OpenStage]:
    """Open the page in a window of its own; a test fails on any error in its console.

    Whoever opens it is a new reader, who may prefer what `Page.emulate_media` knows.
    """

    def open_window(query: str = "", **preferences: Any) -> Stage:
        page = windows.lend()
        page.emulate_media(**preferences)
        page.goto(f"{server.url}/{query}")
        return Stage(page)

    yield open_window
    windows.take_back()


@pytest.fixture(scope="session")
def home(context: BrowserContext) -> Page:
    """A page that many cases share, one after another."""
    return context.new_page()


@pytest.fixture
def stage(server: Server, home: Page, windows: Windows) -> Iterator[Stage]:
    """The notebook's run, at rest at its start, on a page that many cases share.

    A case that leaves behind what no address tells, such as a zoom or a dialog, opens a
    page of its own.
    """
    if not re.fullmatch(r".*/\?epoch=\d+", home.url):
        home.goto(f"{server.url}/?epoch=0")
    stage = Stage(home)
    stage.restart()
    stage.leave_field()
    yield stage
    stage.button("Restart").click()
    tidy(home)
    windows.assert_no_faults()


@pytest.fixture
def page(stage: Stage) -> Page:
    return stage.page
