"""The tab Compare: the run forked at an epoch, and beside others that were pinned."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.numbers import ten_digits
from xorviz.core.recording import Recording
from xorviz.figures.theme import CURVE, PIN_COLOURS
from xorviz.sentences.runs import run_columns
from xorviz.settings.link import limits
from xorviz.settings.text import describe
from xorviz.stage.scene import pack_jump
from xorviz.ui import runs, stage, state
from xorviz.ui.typed import epoch_field, number_form, show_message

PINNING: Final = (
    "Pin this run, then change a setting: the charts keep showing its curves as thin lines behind "
    "the new run's."
)


def show(config: TrainConfig) -> None:
    """Offer to fork and to pin the run, and show it side by side with the pinned ones."""
    pins = state.pins()
    with st.container(key="compare"):
        stage.show_view(pack_jump("compare", config, state.epoch(), state.jumps()))
        _fork(config)
        _pin(config)
        if not pins:
            st.caption(PINNING)
            return
        names = [_name("this run", CURVE), *map(_name, map(describe, pins), PIN_COLOURS)]
        st.html(_table(names, [runs.recording(run) for run in (config, *pins)]))
        for number, pinned in enumerate(pins):
            _pinned(number, names[number + 1], pinned, is_open=pinned == config)


def _fork(config: TrainConfig) -> None:
    """Train on from the state at the playhead, or from an earlier one, with another learning rate.

    At the run's end there is nothing to train on from: there an earlier epoch is proposed.
    """
    is_last = state.epoch() == config.epochs
    epoch = runs.recording(config).halfway if is_last else state.epoch()
    key = f"fork {epoch}"
    st.markdown(f"#### Another learning rate from epoch {epoch:,} on")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        epoch_key = epoch_field(epoch, config.epochs)
        number_form(
            key,
            limits("learning_rate"),
            partial(_fork_at, config, epoch),
            "Continue with this learning rate",
            label="Learning rate from there",
            value=ten_digits(config.learning_rate_at(epoch)),
            width=180,
        )
    show_message(epoch_key)
    show_message(key)
    st.caption(_about_the_epoch(epoch) if is_last else "This is the epoch that the slider shows.")
    problem = None if config in state.pins() else state.pin_problem(config)
    stays = "not stay in the charts, for the reason below" if problem else "stay in the charts, too"
    st.caption(f"The run as it is now will {stays}.")


def _about_the_epoch(epoch: int) -> str:
    return (
        f"The slider is at the end of the run, where nothing is left to train. Epoch {epoch:,} is "
        "proposed: there the loss is halfway between its first and its last value, so another "
        "learning rate still makes a difference."
    )


def _fork_at(config: TrainConfig, epoch: int, rate: float) -> str | None:
    """Fork the run; return why that can't be done, if so."""
    if rate == config.learning_rate_at(epoch):
        return f"The learning rate is {ten_digits(rate)} there already."
    return state.fork(epoch, rate)


def _pin(config: TrainConfig) -> None:
    """Offer to pin the run, or say why that can't be done."""
    if problem := state.pin_problem(config):
        st.caption(problem)
    else:
        st.button("Pin this run", on_click=state.pin, args=(config,), icon=":material/keep:")


def _pinned(number: int, name: str, pinned: TrainConfig, is_open: bool) -> None:
    """A pinned run's name, and buttons that open and remove the run; all with its number."""
    label = f"run {number + 1}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"{name} ({label})")
        if is_open:
            st.caption("This is the run that is shown.", width="content")
        else:
            st.button(
                f"Open {label}",
                key=f"open {number}",
                on_click=state.open_run,
                args=(pinned,),
                help="Shows this run again, with all its settings.",
            )
        st.button(f"Remove {label}", key=f"remove {number}", on_click=state.unpin, args=(pinned,))


def _name(name: str, colour: str) -> str:
    """HTML of a run's name, beside the colour of its curves."""
    return f'<span class="run"><i style="border-color: {colour}"></i>{escape(name)}</span>'


def _table(names: Sequence[str], recordings: Sequence[Recording]) -> str:
    """Write runs as an HTML table, a row a run, which scrolls in a box of its own.

    Streamlit's own table is 680 pixels wide where a laptop has 540 for it, breaks the names a word
    a line, and costs the server 65 MB and a second for pandas.
    """
    rows = [run_columns(recording) for recording in recordings]
    head = "".join(f"<th>{escape(column)}</th>" for column in ("run", *rows[0]))
    body = "".join(
        f"<tr><th>{name}</th>{''.join(f'<td>{escape(text)}</td>' for text in row.values())}</tr>"
        for name, row in zip(names, rows, strict=True)
    )
    return (
        '<div class="runs"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
