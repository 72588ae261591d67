"""The tab Atlas: which settings learn the truth table, by training them all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xorviz.core.config import SWEPT, TrainConfig
from xorviz.core.fields import ConfigError
from xorviz.figures import atlas
from xorviz.figures.atlas import PAIRS
from xorviz.sentences.atlas import excess
from xorviz.sentences.proof import proof
from xorviz.settings.length import MAX_RANGE
from xorviz.settings.link import DEFAULT, limits
from xorviz.stage.scene import pack_figure, pack_view
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.table import as_csv, share
from xorviz.ui import address, mistake, runs, stage, state, sweeping

VERDICTS: Final = (
    "The colours say how each network ended. *solved*: all four predictions are right; *3 of 4*: "
    "three are, and so on. *plateau*: all four are close to 0.5. *impossible*: no weights solve "
    "this table. *diverged*: the numbers became too large to compute with."
)

SLICE: Final = 1.0
"""Seconds that a sweep goes on at most, before the page shows how far it is."""


def show(config: TrainConfig) -> Callable[[], None] | None:
    """Show the results so far of the sweep that is asked for; return how it goes on, if it does."""
    with st.container(key="atlas"):
        stage.show_view(pack_view("atlas"))
        st.markdown("#### Which settings learn this table?", help=VERDICTS)
        mistake.caption("atlas", config)
        axes = _axes()
        asked = _asked(*axes)
        if asked is None:
            return None
        results = sweeping.results(asked)
        pack = partial(_pack_map, axes, asked.index(config))
        columns = len(asked.values[axes[0]])
        shown = pack(results)
        stage.show_figure(shown, on_choice=lambda: state.open_cell(asked, columns))
        if not (results.is_whole or sweeping.is_stopped(asked)):
            return _fill_in(results, shown, pack)
        _outcome(results) if results.is_whole else _progress(results)
        _explain(results)
        _download(results)
    return None


def _fill_in(
    results: Results, shown: bytes, pack: Callable[[Results], bytes]
) -> Callable[[], None]:
    """Show a sweep that goes on; return what trains it to its end, and fills in the shown map.

    All of that is one run of the page.
    """
    config, outcome = results.config, st.empty()
    with outcome:
        bar = _progress(results)
    _explain(results)
    download = st.empty()
    with download:
        _download(results, disabled=True)
    filling = stage.filling()

    def go_on() -> None:
        latest = shown
        while not (results := sweeping.results(config)).is_whole:
            sweeping.sweep_on(config, SLICE)
            bar.progress(*_done(results))
            before, latest = latest, pack(results)
            if latest != before:
                stage.fill_figure(filling, latest)
        with outcome:
            _outcome(results)
        with download:
            _download(results)

    return go_on


def _axes() -> tuple[str, str]:
    chosen = st.segmented_control(
        "Axes",
        list(PAIRS),
        format_func=lambda name: " × ".join(PAIRS[name]).replace("_", " "),
        required=True,
        key="map",
        persist_state="page",
        help="All other settings are taken from the sidebar on the left, also epochs, biases and "
        "targets.",
    )
    return PAIRS[str(chosen)]


def _asked(across: str, up: str) -> SweepConfig | None:
    """The sweep that the fields ask for; None where it is too much, which the page then says."""
    run = state.config()
    values: dict[str, Any] = {name: (getattr(run, name),) for name in SWEPT}
    with st.container(horizontal=True):
        fields = {name: st.container() for name in (across, up)}
    for name, field in fields.items():
        with field:
            values[name] = _range(name)
    if problem := excess(run, values, "This page", ", or use the command line"):
        st.text(problem)
        return None
    return SweepConfig(run, *values.values())


def _range(name: str) -> Sequence[Any]:
    """Ask for the values of a setting; return them, or the default where they can't be read."""
    setting = f"{name}_range"
    field, default = limits(setting).values, getattr(DEFAULT, setting)
    text = st.text_input(
        field.label,
        key=setting,
        max_chars=MAX_RANGE,
        persist_state="page",
        help=f"{field.allowed[0].upper()}{field.allowed[1:]}.",
    )
    try:
        values: Sequence[Any] = field.parse(text.strip())
    except ConfigError as error:
        st.text(f"{error}, so {default} is used instead.")
        values = field.parse(default)
    return values


def _pack_map(axes: tuple[str, str], chosen: int | None, results: Results) -> bytes:
    """Pack the map of a sweep; one that is whole is packed once for all readers."""
    choices = address.choices()

    def make() -> bytes:
        return pack_figure(
            atlas.chart(results, *axes, chosen),
            f"{results.trained} of {results.config.count}",
            choices,
            f"Map of networks, {share(results, slice(None))}. "
            "The arrow keys walk over it, Enter opens a run.",
        )

    if not results.is_whole:
        return make()
    key = pack_figure, results.config, axes, chosen, *choices.items()
    packed: bytes = runs.kept(key, make)
    return packed


def _progress(results: Results) -> DeltaGenerator:
    """Show how far a sweep is, and buttons that stop it and let it go on; return the bar."""
    stopped = sweeping.is_stopped(results.config)
    with st.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(*_done(results))
        # Both are always there: one that came or went would move the other under the mouse.
        st.button("Stop training", on_click=sweeping.stop, args=(results.config,), disabled=stopped)
        st.button("Go on", on_click=sweeping.stop, args=(None,), disabled=not stopped)
    return bar


def _done(results: Results) -> tuple[float, str]:
    """The share of a sweep that is done, and a sentence about it."""
    config = results.config
    progress = "Stopped" if sweeping.is_stopped(config) else "Training"
    sentence = f"{progress}: {results.trained:,} of {config.count:,} networks are done."
    return sweeping.share_done(config), sentence


def _outcome(results: Results) -> None:
    """Say which share of all networks is solved."""
    solved = share(results, slice(None))
    st.text(f"{solved.solved:,} of {solved.total:,} networks are solved ({solved.value:.1%}).")


def _explain(results: Results) -> None:
    """Prove it where a hidden size can't solve the table, whatever the seed."""
    config = results.config
    for size in config.hidden_sizes:
        run = replace(config.config(0), hidden_size=size)
        if lines := proof(run):
            unit = "unit" if size == 1 else "units"
            st.markdown(f"**{size} hidden {unit} can't solve this table**, whatever the weights:")
            for line in lines:
                st.text(line)


def _download(results: Results, disabled: bool = False) -> None:
    """Offer the results, unless the sweep goes on: then a button with another key waits there."""
    st.download_button(
        "Download these results as CSV",
        lambda: as_csv(results),
        file_name="xorviz-sweep.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        disabled=disabled,
        key="no download" if disabled else "download",
    )
