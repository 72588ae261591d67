"""Film: whether the film of a step is open on the page, and at which of its inputs."""

from collections.abc import Mapping
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xorviz.stage.step_film import problem_of
from xorviz.step.film import COUNT, Kind, row_at
from xorviz.step.latex.notation import Rows
from xorviz.step.step import Step
from xorviz.ui import session, state

EVERY_INPUT: Final = range(4)
TO_BEAT: Final = (
    '<button type="button" class="to-beat" data-to="{}" aria-label="Show in the film: {}">'
    "Show in the film</button>"
)
NAMES: Final[Mapping[Kind, str]] = {
    "hidden": "the hidden units",
    "output": "the output",
    "error": "the error",
    "delta_output": "δ of ŷ",
    "delta_hidden": "δ of the hidden units",
    "shares": "the shares of the gradients",
    "sum": "the gradients",
    "update": "the update",
}


def adopt() -> None:
    """Take over the beat to which the reader brought the film: where another input starts.

    The stage sends a list: the beat, None where the film is closed, and the number of such lists
    so far.
    """
    match session.get("stage").film:
        case [beat, _] if beat is None or (type(beat) is int and beat in range(COUNT)):
            session.put(beat=beat)


def beat() -> int | None:
    """The film's beat that the stage last told; None where no film is open."""
    latest: int | None = session.get("beat")
    return None if state.is_hidden("network") else latest


def plays(step: Step) -> bool:
    """Whether a film is open that has beats."""
    return beat() is not None and not problem_of(step)


def rows(step: Step) -> Rows | None:
    """The inputs that the film is about; None where no film plays."""
    latest = beat()
    if latest is None or not plays(step):
        return None
    row = row_at(latest)
    return EVERY_INPUT if row is None else [row]


def part(kind: Kind, step: Step) -> DeltaGenerator:
    """Make a container for what a kind of beat is about: the stage lights it up in that beat.

    While a film plays it has a button that goes to the beat.
    """
    container = st.container(key=f"beat {kind}", gap=None)
    if plays(step):
        with container:
            st.html(TO_BEAT.format(kind, NAMES[kind]))
    return container


def close() -> None:
    """Close the film, as the tab it belongs to is not open."""
    session.put(beat=None)
