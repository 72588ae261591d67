"""The tab Check: which program somebody's weights come from; programs with a mistake to play."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import streamlit as st

from xorviz.core.catalogue import BY_NAME, MISTAKE_NAMES, mistake_fits
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.fields import ConfigError, Whole
from xorviz.core.loop import change_of
from xorviz.core.names import LEARNING_RATE
from xorviz.core.observed import Observed
from xorviz.core.trainer import Trainer
from xorviz.export.contents import MAX_BYTES
from xorviz.export.reading import Saved, read_file
from xorviz.pool.worker import LostError
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
KINDS: Final = ("npz", "csv", "json")
MAX_NAME: Final = 60
"""Characters of a file's name that the page repeats."""


def show(config: TrainConfig) -> None:
    """Ask for weights, say which program they come from, and offer programs with a mistake."""
    with st.container(key="check"):
        stage.show_view(pack_view("check"))
        st.markdown("#### Check your own backprop")
        st.caption(sentences.HOW)
        text, epochs, file = _ask(config)
        if text or file:
            st.caption(sentences.IN_NO_LINK)
            _answer(replace(config, mistake=""), text, epochs, file)
        if not state.hides_mistake():
            _find(config)


def holds() -> bool:
    """Whether the page holds weights that were pasted, or a file."""
    return bool(session.get("pasted") or session.get(_file_key()))


def _file_key() -> str:
    return f"given {session.get('cleared', 0)}"


def _ask(config: TrainConfig) -> tuple[str, str, Any]:
    """Ask for weights, as a text or a file, and after how many epochs they were printed."""
    text = st.text_area(
        sentences.PASTE,
        key="pasted",
        height=150,
        placeholder=EXAMPLE,
        persist_state="page",
    )
    with st.expander(sentences.FILE):
        file = st.file_uploader(
            sentences.FILE_HELP,
            type=KINDS,
            key=_file_key(),
            max_upload_size=MAX_BYTES // 2**20,
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        epochs = st.text_input(
            "After how many epochs",
            f"{config.epochs:,}",
            key=f"after {config.epochs}",
            max_chars=MAX_TYPED,
            width=180,
            help=sentences.AFTER,
        )
        st.button("Check", icon=":material/fact_check:")
        st.button("Clear", on_click=_clear, disabled=not (text or file))
    return (text or "").strip(), epochs.strip(), file


def _clear() -> None:
    """Take away what was pasted, and the file: its field begins anew under another key."""
    session.put(pasted="", cleared=session.get("cleared", 0) + 1)


def _answer(config: TrainConfig, text: str, epochs: str, file: Any) -> None:
    """Say which program made these weights, or why they can't be read.

    The sentences are plain text, since they repeat what was pasted.
    """
    try:
        after = Whole("Epochs", 1, limits("epochs").high).parse(epochs)
        asked = replace(config, epochs=after, edits=_typed_over(config))
        observed = _of_text(asked, text) if text else _of_file(asked, file)
        answer.show(observed)
    except ConfigError as error:
        st.text(f"{error}.")
    except LostError:
        st.text(sentences.STOPPED)


def _typed_over(config: TrainConfig) -> tuple[Edit, ...]:
    """The weights that were typed over at epoch 0: they are where the training starts."""
    return tuple(e for e in config.edits if not e.epoch and e.parameter != LEARNING_RATE)


def _of_text(config: TrainConfig, text: str) -> Observed:
    """The training that ends with the weights in a text."""
    printed = read_matrices(text, config.hidden_size, config.biases)
    states = np.stack([Trainer(config).parameters, printed.flat])
    return Observed(config, np.array([0, config.epochs]), states, printed.resolution)


def _of_file(config: TrainConfig, file: Any) -> Observed:
    """The training whose states are in a file; one of this program has its own settings."""
    read = read_file(file.getvalue(), file.name[-MAX_NAME:])
    if isinstance(read, Saved):
        return read.weights.of_run(replace(read.config, mistake=""))
    return read.of_run(config)


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
            st.markdown(f"[{sentences.SOURCE}]({entry.source})")
