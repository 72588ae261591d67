"""The tab Compare: the run forked at an epoch, and beside others that were pinned."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.numbers import in_full, written
from xorviz.core.recording import Recording
from xorviz.core.truth_table import gate_name
from xorviz.core.verdict import judge
from xorviz.figures.theme import CURVE, PIN_COLOURS
from xorviz.sentences.words import first_few
from xorviz.settings.link import limits
from xorviz.settings.text import describe
from xorviz.stage.scene import pack_jump
from xorviz.ui import runs, stage, state
from xorviz.ui.epoch_field import epoch_field
from xorviz.ui.typeset import tell

COLUMNS: Final = (
    "run",
    "verdict",
    "solved from epoch",
    "mean |error|",
    "½ Σ error²",
    "seed",
    "learning rate",
    "hidden size",
    "epochs",
    "biases",
    "targets",
)


def show(config: TrainConfig) -> None:
    """Offer to fork and to pin the run, and show it side by side with the pinned ones."""
    pins = state.pins()
    with st.container(key="compare"):
        stage.show_view(pack_jump("compare", config, state.epoch(), state.moves()))
        _fork(config)
        _pin(config)
        if not pins:
            st.caption("Pin a run, then change a setting: its curves stay below the next run's.")
            return
        recordings = [runs.recording(run) for run in (config, *pins)]
        names = ["this run", *map(describe, pins)]
        st.html(_table(names, [CURVE, *PIN_COLOURS[: len(pins)]], recordings))
        for place, pinned in enumerate(pins):
            _buttons(place, pinned, is_open=pinned == config)


def _fork(config: TrainConfig) -> None:
    """Train on from the state that is looked at with another learning rate."""
    epoch, field = state.epoch(), limits("learning_rate")
    is_last = epoch == config.epochs
    key = f"fork {epoch}"
    st.markdown(f"#### Fork the run at epoch {epoch:,}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        epoch_key = epoch_field(epoch, config.epochs)
        with (
            st.form("fork", border=False, width="content"),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            present = config.learning_rate_at(epoch)
            st.text_input(
                "Learning rate from there",
                in_full(present),
                key=key,
                width=180,
                max_chars=state.MAX_TYPED,
            )
            st.form_submit_button(
                "Continue with this learning rate",
                on_click=state.enter,
                args=(field, key, lambda rate: _fork_at(config, epoch, rate)),
                disabled=is_last,
            )
    tell(state.said(epoch_key))
    tell(state.said(key))
    if is_last:
        st.caption("The run ends where the playhead rests: move it back, or type an epoch.")
    else:
        stays = config in state.pins() or state.unpinnable(config) is None
        pinned = "gets pinned" if stays else "is not pinned, for the reason below"
        st.caption(f"This is where the playhead rests. The present run {pinned}.")


def _fork_at(config: TrainConfig, epoch: int, rate: float) -> str | None:
    if rate == config.learning_rate_at(epoch):
        return f"The learning rate is {in_full(rate)} there already."
    was_pinnable = state.unpinnable(config) is None
    if problem := state.fork(epoch, rate):
        return problem
    problem = state.unpinnable(config)
    state.pin(config)
    return f"The run before it is not pinned. {problem}" if was_pinnable and problem else None


def _pin(config: TrainConfig) -> None:
    """Pin the run, or say why that can't be done."""
    reason = state.unpinnable(config)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Pin this run",
            on_click=state.pin,
            args=(config,),
            icon=":material/keep:",
            disabled=bool(reason),
        )
        if reason:
            st.caption(reason, width="content")


def _buttons(place: int, pinned: TrainConfig, is_open: bool) -> None:
    """A pinned run's name, and what can be done with it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(_named(describe(pinned), PIN_COLOURS[place]))
        st.button(
            "Open",
            key=f"open {place}",
            on_click=state.open_run,
            args=(pinned,),
            disabled=is_open,
            help="Makes it this run, all settings included.",
        )
        st.button("Remove", key=f"remove {place}", on_click=state.unpin, args=(pinned,))


def _table(names: Sequence[str], colours: Sequence[str], recordings: Sequence[Recording]) -> str:
    """Settings, verdict and final losses, a row a run; in a box of its own to scroll."""
    head = "".join(f"<th>{escape(column)}</th>" for column in COLUMNS)
    rows = (
        f"<tr><th>{_named(name, colour)}</th>{''.join(map(_cell, _numbers(recording)))}</tr>"
        for name, colour, recording in zip(names, colours, recordings, strict=True)
    )
    body = "".join(rows)
    return (
        '<div class="runs" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _named(name: str, colour: str) -> str:
    return f'<span class="run"><i style="border-color: {colour}"></i>{escape(name)}</span>'


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _numbers(recording: Recording) -> list[str]:
    """A run's row, its name apart."""
    config, verdict = recording.config, judge(recording)
    return [
        verdict.kind,
        f"{verdict.epoch:,}" if verdict.kind == "solved" else "–",
        written(recording.mean_abs_error[-1]),
        written(recording.half_squared_error[-1]),
        str(config.seed),
        _rates(config),
        str(config.hidden_size),
        f"{config.epochs:,}",
        "yes" if config.biases else "no",
        gate_name(config.targets),
    ]


def _rates(config: TrainConfig) -> str:
    """The learning rate, and those of the forks."""
    later = [f"from {fork.epoch:,}: {in_full(fork.value)}" for fork in config.forks]
    rate = in_full(config.learning_rate)
    return f"{rate}, {first_few(later)}" if later else rate
