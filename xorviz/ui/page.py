"""The page: settings left, the stage beside them, and with it the part of the open tab."""

import gc
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.pool.worker import LostError
from xorviz.sentences.heading import heading_text, heading_title
from xorviz.sentences.link import left_out_texts, problem_text
from xorviz.sentences.on_purpose import left_out_mistake
from xorviz.sentences.verdict import HIDDEN_FUTURE
from xorviz.sentences.words import first_few
from xorviz.settings.link import TABS, TELLING
from xorviz.stage.opening import is_inside, pack_stage
from xorviz.stage.scene import pack_view
from xorviz.ui import (
    address,
    beside,
    controls,
    film,
    hand,
    mistake,
    operator,
    runs,
    session,
    stage,
    state,
    steps,
    theirs,
)
from xorviz.ui.share import dialog
from xorviz.ui.tabs import atlas, backprop, check, compare, doctor, hands, landscape

BESIDE: Final[Mapping[str, Callable[[TrainConfig], Callable[[], None] | None]]] = {
    "watch": lambda _: None,
    "backprop": backprop.show,
    "hands": hands.show,
    "atlas": atlas.show,
    "doctor": doctor.show,
    "landscape": landscape.show,
    "compare": compare.show,
    "check": check.show,
}
"""Draws the part beside the stage, by tab; returns what is left to do on a whole page, if any."""

# All that is loaded stays: Python's collector need not look at it ever again.
gc.collect()
gc.freeze()


def show() -> None:
    """Run the page once: read the settings, train, and hand the run to the stage."""
    address.adopt()
    theirs.adopt()
    hand.put_down_elsewhere()
    address.write()  # first of all, so that the stage adds to it
    session.note()  # a newer request may end this run before the second note below
    config, foreign = state.config(), theirs.recording()
    beside.note_shown(config)
    with st.container():  # always there, so that the stage below stays the same element
        _heading(config)
        waiting = st.container(key="waiting")
        _show_problems(config)
        theirs.show_mark(config)
        _show_edits(config)
        mistake.show(config)
        with waiting:
            packed = theirs.pack(foreign) if foreign else _pack(config)
    if not foreign:
        state.note_reached()
    _tabs()
    go_on = None
    if packed:
        stage.show(packed)
        go_on = _show_tab(config)
        around = theirs.window(foreign) if foreign else runs.window(config, state.epoch())
        stage.show_window(around)
    else:
        st.text("The server stopped the computation of this run. Try another setting.")
    controls.sidebar()
    dialog.offer()
    session.note()
    operator.log_work()
    if go_on:
        go_on()
    runs.train_ahead(config, lambda: steps.neighbours(config))


def _pack(config: TrainConfig) -> bytes | None:
    """Pack the run, and the state between its frames that the stage opens on.

    While a run is computed, a line on the page says so. One that can't be computed is None.
    """
    opening = address.opening(config)
    # The still must arrive with the run, or the playhead first rests elsewhere.
    is_needed = beside.looks_closely() or is_inside(config, opening.epoch)
    try:
        with runs.asked_recording(config) if is_needed else nullcontext():
            scene = runs.scene(config, (beside.pins(), beside.ghost()))
            recording = runs.recording(config) if is_needed else None
            views = runs.views(config)
    except LostError:
        return None
    return pack_stage(scene, opening, config, recording, beside.wanted(), views)


def _show_tab(config: TrainConfig) -> Callable[[], None] | None:
    """Show the open tab, unless it would tell what is hidden of the run's future.

    Returns
    -------
    What is left to do once the whole page is shown, if anything is.
    """
    tab: str = session.get("tab")
    if tab != "backprop":
        film.close()
    if theirs.shown():
        theirs.show_tab()
        return None
    if tab in TELLING and state.hides_future():
        with st.container(key=tab):
            stage.show_view(pack_view(tab))
            st.text(HIDDEN_FUTURE)
        return None
    if closed := mistake.closed(tab, config):
        with st.container(key=tab):
            stage.show_view(pack_view(tab))
            st.text(closed)
        return None
    return BESIDE[tab](config)


def _heading(config: TrainConfig) -> None:
    """Say what the page shows; an exercise that leaves the targets out does not learn them here."""
    targets = None if state.is_hidden("targets") else config.targets
    with st.container(key="heading", gap=None):
        st.title(heading_title(targets), anchor=False)
        st.markdown(heading_text(targets))


def _tabs() -> None:
    """Offer the tabs that are not left out, and the one that is open."""
    if state.is_hidden("tabs"):
        return
    page = state.page()
    st.segmented_control(
        "View",
        [tab for tab in TABS if tab == page.tab or tab not in page.left_out],
        format_func=str.capitalize,
        required=True,
        key="tab",
        label_visibility="collapsed",
    )


def _show_problems(config: TrainConfig) -> None:
    """Show what could not be used of the link: as plain text, since a stranger wrote it."""
    sentences = [
        *map(problem_text, state.problems()),
        *left_out_texts(state.left_out(config), config),
        *left_out_mistake(session.get("mistake"), config),
    ]
    if sentences:
        with st.container(border=True, gap=None):
            if state.problems():
                st.caption("The link has values that can't be used:")
            for sentence in sentences:
                st.text(sentence)


def _show_edits(config: TrainConfig) -> None:
    """Mark a run that was edited by hand, with the way back."""
    if config.edits and not theirs.shown():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"Edits by hand: {first_few(config.edits)}.")
            st.button("Undo all edits", on_click=state.undo_edits)
