"""Wire: the bytes of a first visit through the balancer, and of the next one."""

import base64
from collections.abc import Iterator
from typing import Any, Final

from playwright.sync_api import Page

from tests.bench.browser import PLAYING, VIEWPORT, new_browser
from tests.bench.table import Row
from tests.support.balancer import balancer

BAR: Final = 1.3
MEGABYTE: Final = 1e6


def measure_wire() -> Iterator[Row]:
    with balancer() as two, new_browser() as browser, browser.new_context() as context:
        page = context.new_page()
        page.set_viewport_size(VIEWPORT)
        first, second = (_visit(page, two.url) for _ in range(2))
    yield Row(
        "wire: a first visit through the balancer",
        f"{first / MEGABYTE:.2f} MB",
        f"<= {BAR} MB",
        first / MEGABYTE <= BAR,
    )
    yield Row("wire: the next visit", f"{second / MEGABYTE:.2f} MB")


def _visit(page: Page, url: str) -> int:
    """Bytes that come until the default run plays, as Chromium counts them."""
    came = 0

    def loaded(event: dict[str, Any]) -> None:
        nonlocal came
        came += int(event["encodedDataLength"])

    def received(event: dict[str, Any]) -> None:
        nonlocal came
        frame = event["response"]
        is_text = frame["opcode"] == 1
        data = frame["payloadData"]
        came += len(data if is_text else base64.b64decode(data))

    session = page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", loaded)
    session.on("Network.webSocketFrameReceived", received)
    session.send("Network.enable")
    page.goto(url)
    page.wait_for_selector(PLAYING)
    page.wait_for_load_state("networkidle")
    session.detach()
    return came
