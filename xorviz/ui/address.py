"""Address: the page's link read and written, and the address that the reader shares."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.figures.views import wanted_by
from xorviz.settings import link, reading
from xorviz.settings.page import Page
from xorviz.stage.opening import Opening, read_opening
from xorviz.ui import hand, plane, returning, session, state

OURS: Final = (*(name for name in link.PARAMETERS if name not in link.STAGE_PARAMETERS), link.PIN)
"""The link's parameters that Python writes; the stage writes the others that we know."""
LOOKING: Final = (*link.READ, "landscape", "compare")
"""The tabs that send the stage the page's epoch; in the others an opening does."""


@dataclass(frozen=True)
class Shared:
    """An address that the reader shares: the part before the question mark, and the page's link."""

    base: str
    page: Page


def is_new() -> bool:
    """Whether the page has just been opened."""
    return not session.has("link")


def adopt() -> None:
    """Take over the settings of a link that this page did not write.

    The page has such a link when it opens, and when the reader goes back or forward. A change
    that the reader made on the page counts for more: its request may still carry an older link.
    """
    given = _given(OURS)
    session.forget_replaced()
    if is_new() or (given != session.get("link") and not session.was_used()):
        written = {**given, **_given(link.STAGE_PARAMETERS)}
        brought = returning.parameters() if is_new() else {}
        page, problems = reading.read({**written, **brought})
        session.note_replaced()
        _open(page)
        if is_new():
            _go_on(reading.read(written)[0])
        session.put(problems=problems, refusal=None, link=given)  # link last
    session.keep(state.PYTHON_SETTINGS)
    state.weight()  # none where the network has it no more
    plane.fit()


def _open(page: Page) -> None:
    """Apply a link. On a page that was open before, a link without an epoch keeps the playhead."""
    epoch = page.epoch
    if is_new():
        # A page that is there to be read rests at its epoch.
        session.put(session=token_hex(4), message=None, openings=0, put_down=None)
        session.put(epoch=epoch or 0, jumps=int(page.tab in link.READ))
    elif epoch is not None:
        session.put(epoch=epoch, jumps=session.get("jumps") + (page.tab in LOOKING))
    session.put(beat=page.beat, theirs=None)
    session.put(**{name: getattr(page, name) for name in state.PYTHON_SETTINGS})
    hand.hold_here()
    session.put(openings=session.get("openings") + 1, opened=state.config())
    opening = read_opening(page, session.count("openings"))
    session.put(opening=opening, wanted=wanted_by(opening.choices))


def _go_on(written: Page) -> None:
    """Go on where the reader of a page rests that is older than its session.

    The moves by hand belong to the run and the epoch of the link that the last server wrote.
    """
    hand.hold_at(written.fitting_run, written.epoch or 0)
    session.put(epoch=returning.epoch(state.epoch()))


def write() -> None:
    """Write the page's settings into its link, and leave parameters that we do not know in it.

    Where another link is written, the stage adds its own parameters afterwards. Moves by hand are
    never without the epoch at which they were made.
    """
    page = state.page()
    ours = link.write(replace(page, epoch=state.epoch()) if page.hands else page)
    session.put(link={name: ours.get(name, []) for name in OURS})
    if _given(OURS) != session.get("link"):
        known = {*OURS, *link.STAGE_PARAMETERS}
        others = _given([name for name in st.query_params if name not in known])
        st.query_params.from_dict({**ours, **others})


def _given(parameters: Iterable[str]) -> dict[str, list[str]]:
    """The values that the page's link gives to these parameters."""
    return {name: st.query_params.get_all(name) for name in parameters}


def reopen(page: Page) -> None:
    """Open a page in place of the present one, as if the reader had gone back to it."""
    _open(page)


def open_from_start(page: Page) -> None:
    """Have the stage play what it is handed next from its start, with the switches of a page."""
    session.put(openings=session.get("openings") + 1, epoch=0)
    fresh = replace(page, epoch=0, play=True, tab="watch")
    session.put(opening=read_opening(fresh, session.count("openings")))


def latest_opening() -> Opening:
    """How the stage opened last."""
    latest: Opening = session.get("opening")
    return latest


def opening(config: TrainConfig) -> Opening:
    """How the stage opens on a run: by the link's opening, as long as it is the link's run.

    Another run of as many epochs opens where the playhead rests, if it does. Where the future is
    hidden it opens at its start, but for edits, before which it is as the reader saw it.
    """
    latest = latest_opening()
    run: TrainConfig = session.get("opened")
    if run != config:
        if state.hides_future() and replace(run, edits=()) != replace(config, edits=()):
            session.put(epoch=0)
            session.note()  # no reader did that
        epoch = state.epoch() if run.epochs == config.epochs else None
        latest = replace(latest, epoch=epoch)
        session.put(opening=latest, opened=config)
    return latest


def choices() -> Mapping[str, str]:
    """The positions of the charts' switches in the link, by name."""
    return latest_opening().choices


def share() -> None:
    """Keep the address that the reader asked to share.

    The stage sends a list: the address, and the number of such lists so far.
    """
    match session.get("stage").share:
        case [str(address), _]:
            with suppress(ValueError):  # of a link with more parameters than any of ours
                page, _ = reading.read(link.parse_link(address))
                session.put(shared=Shared(address.partition("?")[0], page))
