"""The tab Hands: the reader is gradient descent, with a handle for each weight."""

from typing import Final

import numpy as np
import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.descent import known_losses, updates_needed
from xorviz.core.hand import descending, hold
from xorviz.core.loss import half_squared_error
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.core.truth_table import target_column
from xorviz.sentences import hands as sentences
from xorviz.stage.hand import handles, pack_hand
from xorviz.stage.scene import pack_jump
from xorviz.step.step import Step, open_step
from xorviz.ui import beside, hand, mistake, runs, stage, state
from xorviz.ui.typed import show_message

TRAIN_ON: Final = (
    "Trains the run from this epoch on with the weights as they are here. The run as it was "
    "stays in the charts for comparison."
)


def show(config: TrainConfig) -> None:
    """Offer a handle for each weight, and say how the loss by hand compares."""
    epoch, recording, moved = state.epoch(), runs.recording(config), state.page().hands
    start = recording.state(epoch)
    step = open_step(descending(config, epoch), hold(config, start, epoch, moved), epoch)
    with st.container(key="hands"):
        stage.show_view(pack_jump("hands", config, epoch, state.jumps()))
        st.markdown("#### Be gradient descent")
        st.caption(sentences.HOW)
        mistake.caption("hands", config)
        with st.container(key="aim"):
            aim = st.container(gap=None, key="reached")
            _buttons(step, start)
            show_message(hand.MESSAGE)
            with st.container(key="magnified"):
                st.caption(sentences.magnified_text(handles(step).magnified))
        packed = pack_hand(recording, step, len(moved), hand.answered(), beside.wanted())
        stage.show_handles(packed)
        with aim:  # last, as it may take a while
            if left := hand.put_down():
                _offer(left)
            else:
                _aim(recording, start, step)


def _offer(left: hand.PutDown) -> None:
    """Offer to make the moves again that were put down."""
    st.text(sentences.put_down_text(*left))
    st.button(sentences.again_text(left.hands), on_click=hand.take_up)


def _buttons(step: Step, start: Array) -> None:
    """Offer what gradient descent can do with the state, and the way back."""
    is_moved = bool(state.page().hands)
    changed = {
        name: float(now)
        for name, before, now in zip(step.names, start, step.old, strict=True)
        if before != now
    }
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Let it take one step", on_click=hand.step)
        st.button(
            "Let it train on from here",
            on_click=hand.train_on,
            args=(changed,),
            help=TRAIN_ON,
            disabled=not changed,
        )
        st.button("Undo", on_click=hand.undo, disabled=not is_moved)
        st.button("Undo all", on_click=hand.undo_all, disabled=not is_moved)


def _aim(recording: Recording, start: Array, step: Step) -> None:
    """Say how low the loss is, and how many updates gradient descent needs for that."""
    moved = state.page().hands
    before = _loss(open_step(step.config, start, step.epoch))
    after = _loss(step)
    st.text(sentences.aim_text(moved, step.epoch, before, after))
    if state.hides_future():
        st.text(sentences.HIDDEN_DESCENT)
    elif moved and after < before:
        st.text(sentences.needed_text(_needed(recording, start, step.epoch, after)))


def _needed(recording: Recording, start: Array, epoch: int, loss: float) -> int | None:
    """The updates that gradient descent needs to a loss; the run itself mostly tells."""
    needed = updates_needed(known_losses(recording, epoch), loss)
    if needed is None:
        losses = runs.descent_losses(recording.config, start, epoch)
        needed = updates_needed(losses, loss)
    return needed


def _loss(step: Step) -> float:
    targets = target_column(step.config.targets)[:, 0]
    with np.errstate(over="ignore", invalid="ignore"):
        return float(half_squared_error(step.output, targets, rows=0))
