"""Mistake: what the page says about a mistake that its run has on purpose, or keeps to itself."""

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.sentences import on_purpose
from xorviz.ui import session, state


def show(config: TrainConfig) -> None:
    """Mark a run that has a mistake, with the way back."""
    if config.mistake and not state.hides_mistake():
        with st.container(horizontal=True, vertical_alignment="center", key="mistaken"):
            st.markdown(on_purpose.mistake_text(config), width="stretch")
            st.button(on_purpose.BACK, on_click=_correct)


def _correct() -> None:
    """Go back to the right loop."""
    session.put(mistake="")
    state.forget_problems()


def closed(tab: str, config: TrainConfig) -> str | None:
    """Say why a tab is closed; None where it is open."""
    if state.hides_mistake():
        return on_purpose.WHILE_HIDDEN.get(tab)
    return on_purpose.RIGHT_ONLY.get(tab) if config.mistake else None


def caption(tab: str, config: TrainConfig) -> None:
    """Say where a tab shows the right loop in spite of a mistake, or of one that is hidden."""
    if config.mistake or state.hides_mistake():
        st.caption(on_purpose.BY_THE_RIGHT_LOOP[tab])
