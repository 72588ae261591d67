"""Browser: a page of the app, and what a reader does with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.support.chromium import launch
from tests.support.paths import APP
from tests.support.server import Server, serve

VIEWPORT: Final = ViewportSize(width=1440, height=900)
STAGE: Final = "[data-testid=stage]"
PLAYING: Final = f"{STAGE}[data-state=playing]:not([data-epoch='0'])"

RECORD_SENDS: Final = """
window.sent = [];
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  sent.push(performance.now());
  return send.call(this, data);
};
"""
# From the first request sent from now on, until the new run has been painted.
AWAIT_NEW_RUN: Final = """(stage) => {
  sent.length = 0;
  window.painted = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("no new run came")), 30_000);
    const finish = () => resolve(performance.now() - sent[0]);
    new MutationObserver((_, observer) => {
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(finish));
    }).observe(stage, { attributeFilter: ["data-run"] });
  });
}"""
# Until so many milliseconds of pictures have been drawn.
DRAW_FOR: Final = """(milliseconds) => new Promise((resolve) => {
  const start = performance.now();
  const look = (now) => (now - start < milliseconds ? requestAnimationFrame(look) : resolve());
  requestAnimationFrame(look);
})"""


@contextmanager
def new_browser() -> Iterator[Browser]:
    """Start a browser that has cached nothing."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@contextmanager
def app_page(query: str = "", ready: str = PLAYING) -> Iterator[tuple[Page, Server]]:
    """Open the app, from a server of its own that has cached no run, and wait until it plays.

    Or until the page holds another element that `ready` selects.
    """
    with serve(APP) as server, new_browser() as browser:
        page = browser.new_page(viewport=VIEWPORT)
        page.add_init_script(RECORD_SENDS)
        page.goto(f"{server.url}/{query}")
        page.wait_for_selector(ready)
        yield page, server


def replay(page: Page) -> None:
    """Play the run from its start."""
    page.get_by_role("button", name="Restart", exact=True).click()
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_selector(PLAYING)


def watch(page: Page, milliseconds: float) -> None:
    """Look at the page for a while, whatever it does."""
    page.evaluate(DRAW_FOR, milliseconds)


def change_seed(page: Page) -> float:
    """Take the next seed while a run plays; return the milliseconds from request to picture."""
    page.wait_for_selector(PLAYING)
    page.locator(STAGE).evaluate(AWAIT_NEW_RUN)
    page.get_by_test_id("stSidebar").get_by_role("slider", name="Seed").focus()
    page.keyboard.press("ArrowRight")
    milliseconds: float = page.evaluate("painted")
    return milliseconds
