"""The tab Check: which program somebody's weights come from; programs with a mistake to play."""

from typing import Final

import streamlit as st

from xorviz.core.catalogue import BY_NAME, MISTAKE_NAMES, mistake_fits
from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError, Whole
from xorviz.core.loop import change_of
from xorviz.sentences import check as sentences
from xorviz.settings.link import limits
from xorviz.settings.matrices import read_matrices
from xorviz.stage.scene import pack_view
from xorviz.ui import session, stage, state
from xorviz.ui.tabs import answer
from xorviz.ui.typed import MAX_TYPED

EXAMPLE: Final = (
    "[[0.90571962 7.32475086]\n [0.90572643 7.32731531]]\n[[-27.46354604]\n [ 21.74964594]]"
)
"""What the text area shows while it is empty."""
AFTER: Final = "The number of updates that your program had made when it printed the weights."


def show(config: TrainConfig) -> None:
    """Ask for weights, say which program they come from, and offer programs with a mistake."""
    with st.container(key="check"):
        stage.show_view(pack_view("check"))
        st.markdown("#### Check your own backprop")
        st.caption(sentences.HOW)
        epochs = _ask(config)
        if text := session.get("pasted", "").strip():
            _answer(text, config, epochs)
        if not state.hides_mistake():
            _find(config)


def _ask(config: TrainConfig) -> int | None:
    """Ask for the weights, and after how many epochs they were printed, if that is a number."""
    st.text_area(
        "Weights, as your program prints them",
        key="pasted",
        height=160,
        placeholder=EXAMPLE,
        persist_state="page",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            "After how many epochs",
            f"{config.epochs:,}",
            key=f"after {config.epochs}",
            max_chars=MAX_TYPED,
            width=180,
            help=AFTER,
        )
        st.button("Check", type="primary", icon=":material/fact_check:")
        st.button("Clear", on_click=_clear, disabled=not session.get("pasted"))
    try:
        return int(Whole("Epochs", 1, limits("epochs").high).parse(typed.strip()))
    except ConfigError as error:
        st.text(f"{error}.")
        return None


def _clear() -> None:
    session.put(pasted="")


def _answer(text: str, config: TrainConfig, epochs: int | None) -> None:
    """Say which program made these weights, or why they can't be read."""
    st.caption(sentences.IN_NO_LINK)
    try:
        printed = read_matrices(text, config.hidden_size, config.biases)
    except ConfigError as error:
        st.text(f"{error}.")  # as plain text, since it repeats what was pasted
        return
    if epochs is not None:
        answer.show(config, printed, epochs)


def _find(config: TrainConfig) -> None:
    """Offer the mistakes that the network can have, and explain the one that is played."""
    network = config.hidden_size, config.biases
    fitting = [name for name in MISTAKE_NAMES if mistake_fits(name, *network)]
    session.put(mistake=config.mistake)
    st.selectbox(
        sentences.FIND,
        ["", *fitting],
        format_func=sentences.mistake_label,
        key="mistake",
        on_change=state.forget_problems,
        help=sentences.FIND_HELP,
    )
    if config.mistake:
        entry = BY_NAME[config.mistake]
        st.markdown(entry.reason)
        answer.show_lines(change_of(config.mistake), config.biases)
        if entry.source:
            st.markdown(f"[Where this mistake is documented]({entry.source})")
