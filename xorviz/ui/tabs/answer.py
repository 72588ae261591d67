"""Answer: what the tab Check says about weights that were pasted, or opened from a file."""

from dataclasses import replace
from typing import Final

import streamlit as st

from xorviz.core.catalogue import MISTAKE_NAMES, Change
from xorviz.core.config import TrainConfig
from xorviz.core.loop import changed_lines
from xorviz.core.observed import Observed
from xorviz.figures import losses
from xorviz.mistakes.answer import Answer
from xorviz.sentences import check as sentences
from xorviz.sentences.mistakes import answer_text, answer_title, sources
from xorviz.settings.link import limits
from xorviz.stage.scene import pack_figure, run_id
from xorviz.ui import runs, session, stage, state

LOOKS: Final = {
    "equal": st.success,
    "another way": st.success,
    "mistake": st.error,
    "not known": st.warning,
}
ICONS: Final = {
    "equal": ":material/check_circle:",
    "another way": ":material/alt_route:",
    "mistake": ":material/error:",
    "not known": ":material/help:",
}
"""Each answer has its own colour and its own sign."""


def show(observed: Observed) -> None:
    """Say which program made these states, and show what it does to training."""
    answer = runs.check(observed)
    LOOKS[answer.answer](f"**{answer_title(answer)}**", icon=ICONS[answer.answer])
    for text in answer_text(answer):
        st.text(text)
    if answer.change.lines or answer.change.first:
        show_lines(answer.change, observed.config.biases)
    for address in dict.fromkeys(sources(answer)):
        st.markdown(f"[{sentences.SOURCE}]({address})")
    if answer.answer == "mistake" and len(answer.chosen) == 1 and answer.chosen[0] in MISTAKE_NAMES:
        _play(answer, observed.config, answer.chosen[0])


def show_lines(change: Change, biases: bool) -> None:
    """Show changed lines above the right ones, as most are too long for half the room."""
    for title, lines in zip(sentences.SIDES, changed_lines(change, biases), strict=True):
        with st.container(gap=None):
            st.caption(title)
            code = "\n".join(lines) or sentences.NO_LINE
            st.code(code, language="python", wrap_lines=True)


def _play(answer: Answer, config: TrainConfig, name: str) -> None:
    """Draw the losses with the mistake and without it, and offer to open the step."""
    wrong = replace(config, mistake=name)
    both = runs.recording(wrong), runs.recording(config)
    packed = pack_figure(losses.chart(*both), run_id(wrong), {}, losses.sentence(*both))
    stage.show_figure(packed, key="losses")
    since = (answer.since or 1) - 1
    epochs = max(config.epochs, limits("epochs").low)
    if not state.hides_mistake():
        st.button(
            sentences.open_text(since),
            on_click=_open,
            args=(replace(wrong, epochs=epochs), since),
            icon=":material/arrow_forward:",
        )


def _open(run: TrainConfig, epoch: int) -> None:
    """Make a run with a mistake the page's, and open one of its steps."""
    state.open_run(run)
    session.put(tab="backprop", weight="")
    state.move_to(epoch)
