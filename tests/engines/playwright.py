"""An engine that Playwright brings, for systems without the browsers of Debian."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, Final

from playwright.sync_api import sync_playwright

from tests.engines.engine import PATIENCE

KEYS: Final = {" ": "Space", "\ue011": "Home", "\ue014": "ArrowRight"}


class Bundled:
    """A browser of Playwright's own."""

    def __init__(self, kind: str) -> None:
        self.name = kind
        self._open = ExitStack()
        playwright = self._open.enter_context(sync_playwright())
        browser = self._open.enter_context(getattr(playwright, kind.lower()).launch())
        self._page = browser.new_page(viewport={"width": 1440, "height": 900})
        self._page.set_default_timeout(1000 * PATIENCE)
        self._faults: list[str] = []
        self._page.on("pageerror", lambda error: self._faults.append(str(error)))
        self._page.on("console", self._note)

    def open(self, address: str) -> None:
        self._page.goto(address)

    def evaluate(self, expression: str) -> Any:
        return self._page.evaluate(expression)

    def press(self, key: str) -> None:
        self._page.keyboard.press(KEYS[key])

    def faults(self) -> Sequence[str]:
        return self._faults

    def close(self) -> None:
        self._open.close()

    def _note(self, message: Any) -> None:
        if message.type == "error":
            self._faults.append(message.text)
