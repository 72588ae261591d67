"""Fingers: a touch screen in place of the mouse, for one page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import CDPSession, Locator, Page

STEPS: Final = 8
"""Touches of the screen on a swipe's way."""
IN_VIEW: Final = "part => part.scrollIntoView({ block: 'center' })"


class Fingers:
    """What a reader does on a touch screen, as the browser takes it from the screen."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    def swipe(self, part: Locator, right: float = 0, down: float = 0) -> None:
        """Put a finger on the middle of a part and draw it so many pixels."""
        x, y = middle(part)
        self._touch("Start", x, y)
        for step in range(1, STEPS + 1):
            self._touch("Move", x + right * step / STEPS, y + down * step / STEPS)
        self._touch("End")

    def tap(self, part: Locator, right: float = 0, down: float = 0) -> None:
        """Tap so far from the middle of a part."""
        x, y = middle(part)
        self._touch("Start", x + right, y + down)
        self._touch("End")

    def _touch(self, kind: str, *point: float) -> None:
        points = [dict(zip("xy", point, strict=True))] if point else []
        event = {"type": f"touch{kind}", "touchPoints": points}
        self._session.send("Input.dispatchTouchEvent", event)


def middle(part: Locator) -> tuple[float, float]:
    """Bring a part to the middle of the window; return where its own middle then is."""
    part.evaluate(IN_VIEW)
    box = part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@contextmanager
def fingers(page: Page) -> Iterator[Fingers]:
    """Give the page a touch screen until the block ends."""
    session = page.context.new_cdp_session(page)
    touch = "Emulation.setTouchEmulationEnabled"
    session.send(touch, {"enabled": True})
    yield Fingers(session)
    session.send(touch, {"enabled": False})
    session.detach()
