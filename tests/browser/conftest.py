"""The running app, and windows on it, shared by all tests of the page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.paths import APP
from tests.support.server import UNWATCHED, Server, serve
from tests.support.shared import Shared
from tests.support.stage import OpenStage, Stage
from tests.support.windows import SIZE, Windows


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve(APP, UNWATCHED) as running:
        yield running
        log = running.log.read_text("utf-8")
    assert "Traceback" not in log, log
    assert "Warning" not in log, log


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
def new_window(windows: Windows) -> Iterator[Callable[[], Page]]:
    """Open an empty window; a test fails on any error in its console."""
    yield windows.lend
    windows.take_back()


@pytest.fixture
def open_stage(server: Server, new_window: Callable[[], Page]) -> OpenStage:
    """Open the page in a window of its own, as a new reader with preferences of the media."""

    def open_link(query: str = "", **preferences: Any) -> Stage:
        page = new_window()
        page.emulate_media(**preferences)
        page.goto(f"{server.url}/{query}")
        return Stage(page)

    return open_link


@pytest.fixture(scope="session")
def shared(server: Server, context: BrowserContext, request: pytest.FixtureRequest) -> Shared:
    return Shared(context.new_page(), server.url, request.session)


@pytest.fixture
def open_shared(shared: Shared, windows: Windows) -> Iterator[OpenStage]:
    """Open links, at rest, in a page that cases share.

    A case that leaves behind what no address tells, such as a zoom, opens a window of
    its own.
    """
    yield shared.open
    shared.leave()
    windows.assert_no_faults()


@pytest.fixture
def stage(open_shared: OpenStage) -> Stage:
    """The notebook's run, at rest at its start."""
    return open_shared()


@pytest.fixture
def page(stage: Stage) -> Page:
    return stage.page
