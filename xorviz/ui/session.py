"""Session: the only place that touches what Streamlit keeps of a reader's page.

A setting is kept under its own name, which is also its widget's key.
"""

from collections.abc import Iterable
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

OWN_ACCOUNT: Final = ("link", "written", "before", "sweep", "stopped", "ahead")
"""What the page writes for its own use: a change of these is no sign that a reader used it."""
REMEMBERED: Final = 40
"""The most states of the page to remember from before links were opened."""
PRESSED: Final = ("FormSubmitter:", "cure ", "open ", "remove ")
"""How the names of buttons begin that Streamlit keeps: each is pressed for one run of the page,
and that it is not in the next says nothing. What it did is kept under other names."""


def has(name: str) -> bool:
    """Whether there is anything under this name."""
    return name in st.session_state


def get(name: str, default: Any = None) -> Any:
    """What is kept under a name."""
    return st.session_state.get(name, default)


def put(**kept: Any) -> None:
    """Keep these."""
    st.session_state.update(kept)


def keep(names: Iterable[str]) -> None:
    """Hold on to these, which Streamlit would forget where their widgets are not drawn."""
    put(**{name: get(name) for name in names})


def brought() -> dict[str, Any]:
    """What the browser says of each widget that has a key, also of one that is not drawn yet."""
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
    """Keep what the page is like, to tell later whether it was used since."""
    put(written=_used())


def note_before() -> None:
    """Keep what a link is about to replace: requests on their way may still carry it."""
    put(before=[*get("before", []), get("written", {}), _used()][-REMEMBERED:])


def was_used() -> bool:
    """Whether anything of the page was used since it was noted."""
    return any(not is_replaced for is_replaced in _changes().values())


def forget_replaced() -> None:
    """Forget what links have replaced, once the browser says nothing of it any more."""
    if get("before") and not any(_changes().values()):
        put(before=[])


def _changes() -> dict[str, bool]:
    """What is not as it was noted, by name: whether it is what a link has replaced."""
    now, written, before = _used(), get("written", {}), get("before", [])
    return {
        name: now[name] in [old.get(name) for old in before]
        for name in now.keys() & written.keys()
        if now[name] != written[name]
    }


def _used() -> dict[str, Any]:
    """All that the reader has done on the page."""
    present = st.session_state.to_dict()
    return {
        name: value
        for name, value in present.items()
        if name not in OWN_ACCOUNT and not name.startswith(PRESSED)
    }
