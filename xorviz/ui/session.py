"""Session: the only file that touches the values that Streamlit keeps for a reader's page.

A setting is kept under its own name, which is also its widget's key.
"""

from collections.abc import Iterable
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

OWN_ACCOUNT: Final = (
    *("link", "opening", "opened", "noted", "replaced"),
    *("sweep", "stopped", "ahead", "reached", "shown", "before", "held", "put_down"),
    *("answered", "theirs", "note", "arrived", "started"),
)
"""Names under which the page keeps its own account: no reader changes those."""
REMEMBERED: Final = 40
"""The most replaced states of the page to remember."""
PRESSED: Final = ("FormSubmitter:", "cure ", "fold ", "given ", "open ", "remove ", "typed ")
"""How the names of buttons, folds and settings' fields begin that Streamlit keeps. They change by
themselves: a button is pressed for one run of the page, a fold opens with a smaller network, and a
setting's field shows the setting. What a reader did by them is kept under other names."""


def has(name: str) -> bool:
    """Whether a value is kept under this name."""
    return name in st.session_state


def get(name: str, default: Any = None) -> Any:
    """The value that is kept under a name."""
    return st.session_state.get(name, default)


def put(**values: Any) -> None:
    """Keep values under their names."""
    st.session_state.update(values)


def keep(names: Iterable[str]) -> None:
    """Keep values that Streamlit would forget, because their widgets are not drawn."""
    put(**{name: get(name) for name in names})


def brought() -> dict[str, Any]:
    """The value that the browser sent for each widget with a key, even for one not drawn yet."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return {}
    states = context.session_state.get_widget_states()
    # Streamlit calls a widget $$ID-HASH-KEY.
    return {
        state.id.split("-", 2)[-1]: getattr(state, str(state.WhichOneof("value")))
        for state in states
    }


def count(name: str) -> str:
    """A count as ``SESSION.COUNT``: the session's random name tells it from those of others."""
    return f"{get('session')}.{get(name)}"


def note() -> None:
    """Note the state of the page, to tell later whether the reader has used the page since."""
    put(noted=_used())


def note_replaced() -> None:
    """Note the state that a link is about to replace: requests on their way may still carry it."""
    put(replaced=[*get("replaced", []), get("noted", {}), _used()][-REMEMBERED:])


def was_used() -> bool:
    """Whether the reader has used the page since its state was noted."""
    return any(not is_replaced for is_replaced in _changes().values())


def forget_replaced() -> None:
    """Forget the replaced states, once no request carries any of their values."""
    if get("replaced") and not any(_changes().values()):
        put(replaced=[])


def _changes() -> dict[str, bool]:
    """The names of values that differ from the noted ones: whether a link has replaced the value.

    Such a value is not the reader's: an older request brings it back.
    """
    now, noted, replaced = _used(), get("noted", {}), get("replaced", [])
    return {
        name: now[name] in [old.get(name) for old in replaced]
        for name in now.keys() & noted.keys()
        if now[name] != noted[name]
    }


def _used() -> dict[str, Any]:
    """The values that a reader changes by using the page."""
    present = st.session_state.to_dict()
    return {
        name: value
        for name, value in present.items()
        if name not in OWN_ACCOUNT and not name.startswith(PRESSED)
    }
