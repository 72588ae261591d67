"""State: the only place that touches the session and the page's link.

A setting lives in the session under its own name, which is also its widget's key.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any, Final

import streamlit as st

from xorviz import link
from xorviz.config import ConfigError, Field, TrainConfig
from xorviz.edit import LEARNING_RATE, MAX_EDITS, Edit, misfit, ordered
from xorviz.network import parameter_names
from xorviz.sweep import Results, SweepConfig, sweep
from xorviz.theme import PIN_COLOURS

MAX_PINS: Final = len(PIN_COLOURS)
"""Runs that are compared with the page's."""

OWN_ACCOUNT: Final = ("link", "written", "sweep", "stopped")
"""What the page notes for itself, and may change without being read from its start."""


@dataclass
class _Sweep:
    """A sweep that goes on whenever the page has time for it."""

    results: Results
    shares: Iterator[float]
    share: float = 0.0
    lock: Lock = field(default_factory=Lock)


def is_new() -> bool:
    """Whether the page has just been opened."""
    return "link" not in st.session_state


def adopt_link() -> None:
    """Take over the link's settings where it is not the one this page wrote.

    So it is when the page opens, and when the reader goes back or forward. Whatever
    was used on the page counts for more: its request may still carry an older link.
    """
    given = {name: st.query_params.get_all(name) for name in link.PARAMETERS}
    opening = is_new()
    if opening or (given != st.session_state["link"] and not _touched()):
        settings, problems = link.read(given)
        st.session_state.update(settings, link=given, problems=problems)
    if opening:
        # A page that opens on a step is there to be read, and rests at its epoch.
        st.session_state.update(epoch=0, moves=int(value("tab") == "backprop"), said=None, pins=())


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
    st.session_state["written"] = _session()


def config() -> TrainConfig:
    """The run that the page's settings ask for, with those edits that fit it."""
    settings = {name: value for name, value in _settings().items() if name != "tab"}
    fitting = tuple(edit for edit in settings["edits"] if _misfit(edit) is None)
    return TrainConfig(**{**settings, "edits": fitting})


def misfits() -> list[str]:
    """A sentence for every edit that the present settings leave out."""
    reasons = [(edit, _misfit(edit)) for edit in value("edits")]
    return [f"The edit {edit} is left out: {why}." for edit, why in reasons if why]


def _misfit(edit: Edit) -> str | None:
    return misfit(edit, value("hidden_size"), value("biases"), value("epochs"))


def _settings() -> dict[str, Any]:
    return {name: st.session_state[name] for name in link.DEFAULTS}


def _touched() -> bool:
    """Whether anything of the page was used since the link was written."""
    now, written = _session(), st.session_state.get("written", {})
    return any(now[key] != written[key] for key in now.keys() & written.keys())


def _session() -> dict[str, Any]:
    """All that the reader has done on the page."""
    present = st.session_state.to_dict()
    return {key: value for key, value in present.items() if key not in OWN_ACCOUNT}


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
    st.session_state.update({**link.DEFAULTS, "tab": value("tab")})
    forget_problems()


def epoch() -> int:
    """The state of the run that is looked at closely."""
    latest: int = min(st.session_state["epoch"], value("epochs"))
    return latest


def moves() -> int:
    """How often the page, not the reader, has moved the playhead."""
    count: int = st.session_state["moves"]
    return count


def move_to(epoch: int) -> None:
    """Move the playhead to an epoch of the run."""
    st.session_state.update(epoch=min(max(epoch, 0), value("epochs")))
    st.session_state["moves"] += 1


def adopt_rest() -> None:
    """Take over where the reader brought the playhead to rest."""
    match st.session_state["stage"].rest:
        case [_, int(epoch), _]:
            st.session_state["epoch"] = max(epoch, 0)


def adopt_choice() -> None:
    """Take over the weight that the reader chose on the stage, and show where it comes from."""
    match st.session_state["stage"].choice:
        case [str(name), int(epoch), _] if name == "" or name in _names():
            st.session_state.update(weight=name, tab="backprop", epoch=max(epoch, 0))


def weight() -> str:
    """The weight that is looked at; empty for all."""
    name = st.session_state.get("weight", "")
    if name and name not in _names():
        name = st.session_state["weight"] = ""
    return str(name)


def _names() -> list[str]:
    return parameter_names(value("hidden_size"), value("biases"))


def is_veiled() -> bool:
    """Whether the new value of the weight that is looked at is hidden."""
    return bool(weight() and st.session_state.get("veil", False))


def unveil() -> None:
    """Show it again."""
    st.session_state["veil"] = False


def edit(epoch: int, parameter: str, value: float) -> str | None:
    """Type a value over a parameter; return why that can't be done."""
    others = [edit for edit in st.session_state["edits"] if edit[:2] != (epoch, parameter)]
    try:
        edits = link.limits("edits").check(ordered([*others, Edit(epoch, parameter, value)]))
    except ConfigError:
        return f"A run takes at most {MAX_EDITS} edits."
    st.session_state["edits"] = edits
    forget_problems()
    move_to(epoch)
    return None


def fork(epoch: int, learning_rate: float) -> str | None:
    """Train on from an epoch to the end with another learning rate; return why it can't be done."""
    is_later = [edit.parameter == LEARNING_RATE and edit.epoch >= epoch for edit in value("edits")]
    kept = [edit for edit, later in zip(value("edits"), is_later, strict=True) if not later]
    st.session_state["edits"] = tuple(kept)
    return edit(epoch, LEARNING_RATE, learning_rate)


def pins() -> tuple[TrainConfig, ...]:
    """The runs that the page's is compared with."""
    pinned: tuple[TrainConfig, ...] = st.session_state["pins"]
    return pinned


def pin(config: TrainConfig) -> None:
    """Compare the page's runs with this one, where there is room."""
    if config not in pins() and len(pins()) < MAX_PINS:
        st.session_state["pins"] = (*pins(), config)


def unpin(config: TrainConfig) -> None:
    """Compare with this run no more."""
    st.session_state["pins"] = tuple(pinned for pinned in pins() if pinned != config)


def undo_edits() -> None:
    """Go back to the run as trained."""
    st.session_state["edits"] = ()
    forget_problems()


def enter(field: Field, key: str, act: Callable[[Any], str | None]) -> None:
    """Read what was typed into a text field, and act on it; keep what there is to say of it."""
    try:
        typed = st.session_state[key].strip().replace("−", "-")  # as the table writes it
        sentence = act(field.parse(typed))
    except ConfigError as error:
        sentence = f"{error}."
    st.session_state["said"] = (key, _subject(), sentence) if sentence else None


def said(key: str) -> str:
    """What there is to say of what was typed into a field, as long as it is about what is shown."""
    match st.session_state["said"]:
        case (_, subject, _) if subject != _subject():
            st.session_state["said"] = None
        case (about, _, sentence) if about == key:
            return str(sentence)
    return ""


def _subject() -> tuple[TrainConfig, int, str]:
    return config(), epoch(), weight()


def sweep_on(results: Results, seconds: float) -> None:
    """Go on with a sweep for so long, or until its first networks are trained."""
    running = _running(results)
    if running is None:
        running = st.session_state["sweep"] = _Sweep(results, sweep(results))
    with running.lock:  # a run of the page that this one overtook may still be at it
        end, is_empty = monotonic() + seconds, results.trained == 0
        for share in running.shares:
            running.share = share
            if monotonic() > end or (is_empty and results.trained):
                break


def sweep_share(results: Results) -> float:
    """The share of a sweep's training that is done."""
    running = _running(results)
    return running.share if running else results.trained / results.config.count


def _running(results: Results) -> _Sweep | None:
    running: _Sweep | None = st.session_state.get("sweep")
    return running if running and running.results is results else None


def is_stopped(config: SweepConfig) -> bool:
    """Whether this is the sweep that was stopped."""
    return bool(st.session_state.get("stopped") == config)


def stop_sweep(config: SweepConfig | None) -> None:
    """Stop a sweep, or let the stopped one go on."""
    st.session_state.update(stopped=config, sweep=None)


def open_cell(config: SweepConfig, columns: int) -> None:
    """Take over the run of the cell that the reader chose in a map of so many columns."""
    rows = config.count // columns
    match st.session_state["figure"].choice:
        case [row, column, _] if (
            type(row) is type(column) is int and row in range(rows) and column in range(columns)
        ):
            open_run(config.config(row * columns + column))


def open_run(config: TrainConfig) -> None:
    """Make a run the page's."""
    st.session_state.update(vars(config))
    forget_problems()
