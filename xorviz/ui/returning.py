"""Returning: a page that is older than its session, as where the server was started anew.

Its link says what the last server wrote. Its widgets also have what that one never answered.
"""

from typing import Any, Final

from streamlit.runtime.scriptrunner import get_script_run_ctx

from xorviz.settings.link import PARAMETERS, RUN_PARAMETERS

WIDGETS: Final = {PARAMETERS[name][0]: name for name in (*RUN_PARAMETERS, "tab")}
"""The settings that are asked of widgets, by their keys, and the parameters for them."""


def parameters() -> dict[str, list[str]]:
    """What such a page's widgets say, as a link would; nothing where the page is new."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return {}
    states = {_key(state.id): state for state in context.session_state.get_widget_states()}
    return {parameter: [_text(states[key])] for key, parameter in WIDGETS.items() if key in states}


def _key(widget_id: str) -> str:
    """The key of a widget that Streamlit calls ``$$ID-HASH-KEY``."""
    return widget_id.split("-", 2)[-1]


def _text(state: Any) -> str:
    """A widget's value as a link spells it: an option has a capital, or its name before it."""
    value = getattr(state, state.WhichOneof("value"))
    (value, *_) = getattr(value, "data", [value]) or [""]
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).rpartition(": ")[2].replace(" ", "").lower()
