"""Engine: what the smoke test asks of a browser, whichever protocol drives it."""

from collections.abc import Sequence
from typing import Any, Protocol

PATIENCE = 120
"""Seconds that a page may take for anything."""


class Engine(Protocol):
    """A browser with one window."""

    name: str

    def open(self, address: str) -> None:
        """Open an address, and wait until the page has loaded."""

    def evaluate(self, expression: str) -> Any:
        """Evaluate JavaScript, and wait for its value where it is promised."""

    def press(self, key: str) -> None:
        """Press a key, by the number that WebDriver has for it."""

    def faults(self) -> Sequence[str]:
        """Errors in the console so far."""

    def close(self) -> None:
        """End the browser."""


def key_actions(key: str) -> list[dict[str, Any]]:
    """Write a key's press as WebDriver and BiDi take it: https://www.w3.org/TR/webdriver2/#actions."""
    strokes = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": strokes}]
