"""Returning: a page that is older than its session, because the server was restarted.

Its link is the one that the last server wrote. Its widgets also hold a change that the last
server did not answer, and its stage has reported where the playhead rests.
"""

import json
from typing import Any, Final

from xorviz.core.fields import Field
from xorviz.settings.link import CONTROLS, PARAMETERS, limits
from xorviz.ui import session

WIDGETS: Final = {PARAMETERS[name][0]: name for name in (*CONTROLS, "tab")}
"""The keys of the widgets that ask for a setting, and the link's parameters for the settings."""


def parameters() -> dict[str, list[str]]:
    """The settings that such a page's widgets hold, as link parameters; none on a new page."""
    brought = session.brought()
    return {
        name: [_text(limits(key), brought[key])] for key, name in WIDGETS.items() if key in brought
    }


def epoch(default: int) -> int:
    """The epoch at which such a page's playhead rests, as `state.adopt_rest` takes it over."""
    match json.loads(session.brought().get("stage") or "{}"):
        case {"rest": [_, int(rests), _]}:
            return max(rests, 0)
    return default


def _text(field: Field, value: Any) -> str:
    """A widget's value as a link spells it.

    An option is sent as the page shows it, with a capital or after its name: ``XOR: 0 1 1 0``. A
    slider sends whole numbers as floats, too.
    """
    (value, *_) = getattr(value, "data", [value]) or [""]
    if isinstance(value, str):
        return value.rpartition(": ")[2].replace(" ", "").lower()
    is_whole = isinstance(value, float) and value.is_integer()
    return field.write(int(value) if is_whole else value)
