"""The tab Atlas: which settings learn the table, found out by training them all."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from xorviz import stage
from xorviz.config import ConfigError, TrainConfig
from xorviz.figures import atlas
from xorviz.impossible import proof
from xorviz.ranges import ListField
from xorviz.recording import Recording
from xorviz.sweep import Results, SweepConfig
from xorviz.sweep_table import as_csv, share
from xorviz.ui import runs, state
from xorviz.ui.link import limits
from xorviz.ui.typeset import tell
from xorviz.verdict import KINDS, judge

LISTS: Final = {
    "seed": (ListField("Seeds", limits("seed")), "0:100"),
    "learning_rate": (
        ListField("Learning rates", limits("learning_rate")),
        "0.05,0.1,0.25,0.5,1,2,5,10",
    ),
    "hidden_size": (ListField("Hidden sizes", limits("hidden_size")), "1:9"),
}
"""Each setting that may be swept, and its range at first."""

AXES: Final = {
    "seed × learning rate": ("seed", "learning_rate"),
    "seed × hidden size": ("seed", "hidden_size"),
    "learning rate × hidden size": ("learning_rate", "hidden_size"),
}
"""Pairs of settings: the first goes across, the second up."""

MAX_NETWORKS: Final = 10_000
MAX_UPDATES: Final = 100_000_000
"""Of all networks together: about ten seconds for two cores at hidden size 2."""
CACHED_SWEEPS: Final = 50
"""At most 220 kB each, shared by all visitors."""
SLICE: Final = 0.25
"""Seconds at most that a sweep goes on before the page shows how far it is."""
PAUSE: Final = 0.1
"""Seconds after which the browser asks how far it is."""


def show(recording: Recording) -> None:
    """Sweep what is asked for, and show what is known of it so far."""
    with st.container(key="atlas"):
        stage.show_view(stage.pack_view("atlas"))
        st.markdown("#### Which settings learn this table?")
        across, up = _axes()
        try:
            results = _results(_asked(across, up))
        except ConfigError as error:
            tell(f"{error}.")
            return
        ticking = not _is_over(results)
        # While it sweeps, the browser asks for this part of the page again and again.
        part = st.fragment(_sweep, run_every=PAUSE if ticking else None)
        part(results, (across, up), recording.config, ticking)


@st.cache_resource(max_entries=CACHED_SWEEPS, show_spinner=False)
def _results(config: SweepConfig) -> Results:
    """The results of a sweep, empty at first; who sweeps the same fills in the same ones."""
    return Results(config)


def _axes() -> tuple[str, str]:
    chosen = st.segmented_control(
        "Axes",
        list(AXES),
        default=next(iter(AXES)),
        required=True,
        key="axes",
        persist_state="page",
        help="The other settings, epochs, biases and targets too, are those on the left.",
    )
    return AXES[chosen]


def _asked(across: str, up: str) -> SweepConfig:
    """The sweep that the fields ask for; raises `ConfigError` where it is too large."""
    run = state.config()
    values: dict[str, Sequence[Any]] = {name: (getattr(run, name),) for name in LISTS}
    with st.container(horizontal=True):
        fields = {name: st.container() for name in (across, up)}
    for name, field in fields.items():
        with field:
            values[name] = _range(name)
    return _affordable(
        SweepConfig(
            seeds=values["seed"],
            learning_rates=values["learning_rate"],
            hidden_sizes=values["hidden_size"],
            epochs=run.epochs,
            biases=run.biases,
            targets=run.targets,
        )
    )


def _range(name: str) -> Sequence[Any]:
    """A field for the values of a setting, and those it asks for."""
    field, default = LISTS[name]
    text = st.text_input(
        field.label,
        default,
        key=f"{name} range",
        persist_state="page",
        help=f"{field.allowed[0].upper()}{field.allowed[1:]}.",
    )
    try:
        return field.parse(text.strip())
    except ConfigError as error:
        tell(f"{error}, so the default, {default}, is swept.")
        return field.parse(default)


def _affordable(config: SweepConfig) -> SweepConfig:
    if config.count > MAX_NETWORKS:
        raise ConfigError(
            f"A sweep on this page must have at most {MAX_NETWORKS:,} networks, not "
            f"{config.count:,}; the command line takes more"
        )
    if (updates := config.count * config.epochs) > MAX_UPDATES:
        raise ConfigError(
            f"A sweep on this page must have at most {MAX_UPDATES:,} updates in all, not "
            f"{config.count:,} networks × {config.epochs:,} epochs = {updates:,}; "
            "the command line takes more"
        )
    return config


def _sweep(results: Results, axes: tuple[str, str], run: TrainConfig, ticking: bool) -> None:
    """Sweep on for a moment, unless it was stopped, and show the map."""
    config = results.config
    if ticking == _is_over(results):
        st.rerun()  # for the browser to ask again from now on, or no more
    if run != state.config():
        st.rerun()  # a cell was chosen: its run is the page's
    done = state.sweep_on(results, SLICE)
    chosen = config.index(run)
    chart = atlas.chart(results, *axes, chosen)
    stage.show_figure(
        stage.pack_figure(chart, f"{results.trained} of {config.count}"),
        on_choice=lambda: state.open_cell(config, len(config.values[axes[0]])),
    )
    _progress(results, done)
    if chosen is not None:
        _compare(results, chosen, runs.recording(run))
    _explain(results)
    _download(results, disabled=ticking)


def _is_over(results: Results) -> bool:
    return results.is_whole or state.is_stopped(results.config)


def _progress(results: Results, done: float) -> None:
    """How far it is, and the way to stop it and to go on."""
    config = results.config
    if results.is_whole:
        tell(f"{share(results, slice(None))}.")
        return
    stopped = state.is_stopped(config)
    said = "Stopped" if stopped else "Training"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(done, f"{said}: {results.trained:,} of {config.count:,} networks are done.")
        if stopped:
            st.button("Go on", on_click=state.stop_sweep, args=(None,))
        else:
            st.button("Stop the sweep", on_click=state.stop_sweep, args=(config,))


def _compare(results: Results, index: int, recording: Recording) -> None:
    """Say so where the run on the page ends otherwise than the same network did in the sweep."""
    if results.verdict[index] < 0:
        return
    alone, solved_at = judge(recording), int(results.solved_at[index])
    swept = KINDS[results.verdict[index]]
    if (alone.kind, alone.epoch if alone.kind == "solved" else -1) == (swept, solved_at):
        return
    st.info(
        "Trained alone, this network ends a little otherwise than in the sweep, which adds up in "
        "another order: at so large a learning rate the last digit of a sum decides.",
        icon=":material/info:",
    )


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


def _download(results: Results, disabled: bool) -> None:
    """Offer what is done; a page that asks again and again would take the file away meanwhile."""
    st.download_button(
        "Download the sweep as CSV",
        lambda: as_csv(results),
        file_name="xorviz-sweep.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        disabled=disabled,
    )
