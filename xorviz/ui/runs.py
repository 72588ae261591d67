"""Runs: what was trained for any visitor, kept for all of them."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.recording import Recording, record
from xorviz.doctor.cures import Cure, Search
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.export.card import Card, card_of
from xorviz.stage.scene import pack_scene

CACHED_SCENES: Final = 100
"""Mostly 130 to 600 kB each; 1.5 MB with 200 edits, and 150 kB more with pinned runs."""
CACHED_RECORDINGS: Final = 30
"""At most 2 MB each."""
CACHED_DIAGNOSES: Final = 200
"""A few kB each, cures included; cards too."""


@st.cache_resource(max_entries=CACHED_RECORDINGS, show_spinner=False)
def recording(config: TrainConfig) -> Recording:
    """Train a run, or take it from memory."""
    return record(config)


@st.cache_resource(max_entries=CACHED_SCENES, show_spinner=False)
def scene(config: TrainConfig, pins: tuple[TrainConfig, ...]) -> bytes:
    """A run as the stage takes it, beside the pinned ones."""
    return pack_scene(recording(config), [recording(pin) for pin in pins])


@st.cache_resource(max_entries=CACHED_DIAGNOSES, show_spinner=False)
def card(config: TrainConfig) -> Card:
    """Check a run."""
    return card_of(recording(config))


@st.cache_resource(max_entries=CACHED_DIAGNOSES, show_spinner=False)
def diagnosis(config: TrainConfig) -> Diagnosis:
    """Diagnose a run."""
    return diagnose(recording(config))


@st.cache_resource(max_entries=CACHED_DIAGNOSES, show_spinner=False)
def cures(config: TrainConfig) -> tuple[Sequence[Cure], Sequence[str]]:
    """Find out what cures a run that is not solved; and all that was tried, where nothing does."""
    search, diagnosed = Search(config), diagnosis(config)
    found = tuple(search.cures(diagnosed))
    return found, () if found else search.tried(diagnosed)
