"""Address: the page's link read and written, and what the reader shares of the page."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Final

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.settings import link
from xorviz.settings.page import Page
from xorviz.stage.opening import Opening, read_opening
from xorviz.ui import returning, session, state

OURS: Final = (*(name for name in link.PARAMETERS if name not in link.VIEW), link.PIN)
"""The link's parameters that Python writes; the others that we know are the stage's."""
LOOKING: Final = ("backprop", "compare")
"""Tabs that tell the stage where the playhead is; for the others an opening does."""


@dataclass(frozen=True)
class Shared:
    """What is being shared: the page's address up to the question mark, and what its link says."""

    base: str
    page: Page


def is_new() -> bool:
    """Whether the page has just been opened."""
    return not session.has("link")


def adopt() -> None:
    """Take over the link's settings where it is not the one this page wrote.

    So it is when the page opens, and when the reader goes back or forward. Whatever
    was used on the page counts for more: its request may still carry an older link.
    """
    given = _given(OURS)
    session.forget_replaced()
    if is_new() or (given != session.get("link") and not session.was_used()):
        brought = returning.parameters() if is_new() else {}
        page, problems = link.read({**given, **brought, **_given(link.VIEW)})
        session.note_before()
        _open(page)
        session.put(problems=problems, link=given)  # link last
    session.keep(state.SETTINGS)
    state.weight()  # none where the network has it no more


def _open(page: Page) -> None:
    """Apply what a link says. On a page that was open before, one without an epoch keeps it."""
    epoch = page.epoch
    if is_new():
        # A page that opens on a step is there to be read, and rests at its epoch.
        at_step = int(page.tab == "backprop")
        session.put(session=token_hex(4), said=None, openings=1)
        session.put(epoch=epoch or 0, moves=at_step)
    else:
        session.put(openings=session.get("openings") + 1)
        if epoch is not None:
            looks = page.tab in LOOKING
            session.put(epoch=epoch, moves=session.get("moves") + looks)
    session.put(**{name: getattr(page, name) for name in state.SETTINGS})
    opening = read_opening(page, session.count("openings"))
    session.put(opening=opening, opened=state.config())


def write() -> None:
    """Make the page's link that of its settings; parameters of others stay.

    What the link says of the stage is the stage's to write.
    """
    ours = link.write(state.page())
    session.put(link={name: ours.get(name, []) for name in OURS})
    if _given(OURS) != session.get("link"):
        known = {*OURS, *link.VIEW}
        others = _given([name for name in st.query_params if name not in known])
        st.query_params.from_dict({**ours, **others})


def _given(parameters: Iterable[str]) -> dict[str, list[str]]:
    """What the page's link says of these parameters."""
    return {name: st.query_params.get_all(name) for name in parameters}


def opening(config: TrainConfig) -> Opening:
    """How the stage opens on a run: by the link's opening, as long as it is the link's run.

    Another run of as many epochs opens where the playhead rests, if it does.
    """
    link_opening: Opening = session.get("opening")
    run: TrainConfig = session.get("opened")
    if run == config:
        return link_opening
    return replace(link_opening, epoch=state.epoch() if run.epochs == config.epochs else None)


def choices() -> Mapping[str, str]:
    """The positions of the charts' switches in the link, by name."""
    link_opening: Opening = session.get("opening")
    return link_opening.choices


def share() -> None:
    """Keep what the page showed when the reader asked to share it."""
    match session.get("stage").share:
        case [str(address), _]:
            with suppress(ValueError):  # of a link with more parameters than any of ours
                page, _ = link.read(link.parse_link(address))
                session.put(shared=Shared(address.partition("?")[0], page))


def shared_now() -> Shared | None:
    """What the reader is sharing; None where nothing."""
    what: Shared | None = session.get("shared")
    return what


def end_sharing() -> None:
    """The reader has shared what there was to share."""
    session.put(shared=None)
