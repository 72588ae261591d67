"""State: the only place that touches the session and the page's link.

A setting lives in the session under its own name, which is also its widget's key.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from xorviz.config import TrainConfig
from xorviz.ui import link


def is_new() -> bool:
    """Whether the page has just been opened."""
    return "link" not in st.session_state


def adopt_link() -> None:
    """Take over the link's settings where it is not the one this page wrote.

    So it is when the page opens, and when the reader goes back or forward. A widget
    that was used counts for more: its request may still carry an older link.
    """
    given = {name: st.query_params.get_all(name) for name in link.PARAMETERS}
    if is_new() or (given != st.session_state["link"] and not _touched()):
        settings, problems = link.read(given)
        st.session_state.update(settings, link=given, problems=problems)


def write_link() -> None:
    """Make the page's link that of its settings; parameters of others stay."""
    ours = link.write(_settings())
    given = st.query_params.to_dict()
    others = {name: st.query_params.get_all(name) for name in given if name not in link.PARAMETERS}
    if {**ours, **others}.keys() != given.keys() or any(given[name] != ours[name] for name in ours):
        st.query_params.from_dict({**ours, **others})
    st.session_state["link"] = {
        name: [ours[name]] if name in ours else [] for name in link.PARAMETERS
    }
    st.session_state["written"] = _settings()


def config() -> TrainConfig:
    """The run that the page's settings ask for."""
    return TrainConfig(**_settings())


def _settings() -> dict[str, Any]:
    return {name: st.session_state[name] for name in link.DEFAULTS}


def _touched() -> bool:
    """Whether a widget was used since the link was written."""
    written: dict[str, Any] = st.session_state.get("written", _settings())
    return _settings() != written


def value(setting: str) -> Any:
    """The present value of a setting."""
    return st.session_state[setting]


def problems() -> Sequence[str]:
    """What could not be used of the link, a sentence each."""
    problems: Sequence[str] = st.session_state["problems"]
    return problems


def forget_problems() -> None:
    """The reader has moved on: a widget was used."""
    st.session_state["problems"] = []


def reset() -> None:
    """Go back to the notebook's settings."""
    st.session_state.update(link.DEFAULTS)
    forget_problems()
