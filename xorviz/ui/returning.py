"""Returning: a page that is older than its session, as where the server was started anew.

Its link says what the last server wrote. Its widgets also have what that one never answered.
"""

from typing import Any, Final

from xorviz.settings.link import PARAMETERS, RUN_PARAMETERS
from xorviz.ui import session

WIDGETS: Final = {PARAMETERS[name][0]: name for name in (*RUN_PARAMETERS, "tab")}
"""The settings that are asked of widgets, by their keys, and the parameters for them."""


def parameters() -> dict[str, list[str]]:
    """What such a page's widgets say, as a link would; nothing where the page is new."""
    brought = session.brought()
    return {name: [_text(brought[key])] for key, name in WIDGETS.items() if key in brought}


def _text(value: Any) -> str:
    """A widget's value as a link spells it: an option has a capital, or its name before it."""
    (value, *_) = getattr(value, "data", [value]) or [""]
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).rpartition(": ")[2].replace(" ", "").lower()
