"""The dialog Share: a link to the page, parts of the page for a class, files of its run."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import chain
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from xorviz.sentences.check import NOT_SHARED
from xorviz.sentences.files import IN_NO_LINK
from xorviz.sentences.hands import moved_text
from xorviz.sentences.on_purpose import CARD_TELLS
from xorviz.sentences.verdict import HIDDEN_FUTURE
from xorviz.settings import link
from xorviz.settings.page import Page
from xorviz.settings.text import describe
from xorviz.ui import session, state, theirs
from xorviz.ui.address import Shared
from xorviz.ui.share import downloads, secrets, upload
from xorviz.ui.share.network import network_address
from xorviz.ui.share.qr import qr_code
from xorviz.ui.tabs import check

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "Settings": link.CONTROLS,
    "Tabs": link.TABS[1:],
    "Charts": link.CHARTS,
    "Above the charts": link.ABOVE,
}
"""The parts that may be left out of the page, as the dialog lists them."""
WHOLE: Final = {"controls": link.CONTROLS, "tabs": link.TABS[1:]}
"""Names for all parts of a group at once."""
NAMES: Final = {"lr": "learning rate", "hidden": "hidden size", "readouts": "read-outs"}
"""Parts that have other names than in links."""
TELLING: Final = ("Files", "Pictures", "Card")
"""The parts of the dialog that tell how the run ends."""
AS_IT_IS: Final = "as it is now"
STARTS: Final[Mapping[str, Mapping[str, Any]]] = {
    AS_IT_IS: {},
    "plays from its start": {"epoch": None, "play": None},
    "rests at its start": {"epoch": 0, "play": None},
}
"""How a run opens for a class, and the settings of a link that say so."""
LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "::1")
COLUMNS: Final = (3, 2)
"""Widths of the words and of the QR code."""
FRAME_HEIGHT: Final = "clamp(900px, (640px - 100vw) * 999, 2200px)"
"""Of a frame in a course page: it holds all charts, on a phone one below the other."""


def offer() -> None:
    """Open the dialog while the reader shares an address."""
    if shared := session.get("shared"):
        dialog = st.dialog("Share", width="large", on_dismiss=lambda: session.put(shared=None))
        dialog(_contents)(shared)


def _contents(shared: Shared) -> None:
    parts: dict[str, Callable[[], None]] = {
        "Link": lambda: _link(shared),
        "For a class": lambda: _for_a_class(shared),
        "Files": lambda: downloads.files(shared),
        "Pictures": downloads.pictures,
        "Card": downloads.card,
        "Open a file": lambda: upload.show(shared),
    }
    if state.hides_mistake():
        parts["Card"] = _say_that_the_card_tells
    if state.hides_future():
        parts |= dict.fromkeys(TELLING, _say_that_it_is_hidden)
    # Only the open tab is computed.
    for tab, show in zip(st.tabs(list(parts), on_change="rerun"), parts.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _say_that_it_is_hidden() -> None:
    st.text(HIDDEN_FUTURE)


def _say_that_the_card_tells() -> None:
    st.text(CARD_TELLS)


def _link(shared: Shared) -> None:
    """A link to the page as it is, for another browser or a projector."""
    address = _address(shared.base, shared.page)
    words, code = st.columns(COLUMNS)
    with words:
        opens = "This link opens the page as you saw it"
        st.text(f"{IN_NO_LINK if theirs.shown() else opens}: {_description(shared.page)}.")
        st.code(address, language=None, wrap_lines=True)
        if check.holds():
            st.text(NOT_SHARED)
        _warn_of_localhost(shared.base)
    with code:
        _show_qr_code(address)


def _warn_of_localhost(base: str) -> None:
    """Say so where a link opens on this computer alone, and which address others may use."""
    parts = urlsplit(base)
    if parts.hostname not in LOCAL_HOSTS:
        return
    st.text("This link works on this computer alone, as its address is localhost.")
    if host := network_address():
        other = urlunsplit(parts._replace(netloc=f"{host}:{parts.port or 80}"))
        st.text(f"Others in the same network can open this page at {other}")


def _description(page: Page) -> str:
    """Describe the page that a link opens."""
    epoch, pins = page.epoch, len(page.pins)
    way = "playing from" if page.play else "paused at"
    where = "playing from its start" if epoch is None else f"{way} epoch {epoch:,}"
    beside = f", beside {pins} pinned {'run' if pins == 1 else 'runs'}" if pins else ""
    by_hand = f", changed by {moved_text(page.hands)}" if page.hands else ""
    return f"{_run_name(page)}, {where}{by_hand}{beside}"


def _run_name(page: Page) -> str:
    """Name the run, unless settings of it are left out: an exercise may ask for them."""
    is_named = not {"controls", *link.RUN_PARAMETERS} & {*page.hide}
    config = state.config()
    if link.MISTAKE in page.hide:
        config = replace(config, mistake="")
    return describe(config) if is_named else "this run"


def _for_a_class(shared: Shared) -> None:
    """Choose the parts of the page, and put it into a link or a course page's frame."""
    words, code = st.columns(COLUMNS)
    with words:
        if theirs.shown():
            st.text(f"{IN_NO_LINK}.")
        st.text("Click what an exercise should not show. Link, frame and QR code change with it.")
        hidden = shared.page.hide
        hide = (*_hidden(hidden), *secrets.future(hidden), *secrets.mistake(hidden))
        page = _without(hide, replace(shared.page, **_start()))
        address = _address(shared.base, page)
        st.markdown("**Link**")
        st.code(address, language=None, wrap_lines=True)
        st.markdown("**Frame for a course page**")
        framed = _address(shared.base, _without_sidebar(page))
        st.code(_frame(framed, _run_name(page)), language="html", wrap_lines=True)
    with code:
        _show_qr_code(address)


def _without(hide: tuple[str, ...], page: Page) -> Page:
    """The page without these parts, and without a film where the network is one of them."""
    left = replace(page, hide=hide)
    return left if left.opens_film else replace(left, beat=None)


def _without_sidebar(page: Page) -> Page:
    """The page as it stands in a frame, which has no room for the sidebar."""
    kept = [part for part in page.hide if part not in WHOLE["controls"]]
    hidden = {"controls", *kept}
    return replace(page, hide=tuple(part for part in link.PARTS if part in hidden))


def _start() -> Mapping[str, Any]:
    """Ask how the run opens; return the settings that say so."""
    chosen = st.segmented_control(
        "The run", list(STARTS), default=AS_IT_IS, required=True, key="start", wrap=True
    )
    return STARTS[chosen]


def _hidden(already: Sequence[str]) -> tuple[str, ...]:
    """Ask for the parts that are shown; return the others as `hide` has them."""
    gone = {part for name in already for part in WHOLE.get(name, (name,))}
    shown = {part for title in GROUPS for part in _ticked(title, gone)}
    hidden = {*chain.from_iterable(GROUPS.values())} - shown
    for name, parts in WHOLE.items():
        if hidden >= {*parts}:
            hidden = (hidden - {*parts}) | {name}
    return tuple(part for part in link.PARTS if part in hidden)


def _ticked(title: str, gone: Collection[str]) -> Sequence[str]:
    """Ask which parts of a group are shown."""
    parts = GROUPS[title]
    return st.pills(
        title,
        parts,
        selection_mode="multi",
        default=[part for part in parts if part not in gone],
        format_func=_part_name,
        key=f"shown {title}",
        wrap=True,
    )


def _part_name(part: str) -> str:
    return NAMES.get(part, part).capitalize()


def _address(base: str, page: Page) -> str:
    query = link.query(link.write(page))
    return f"{base}?{query}" if query else base


def _frame(address: str, run: str) -> str:
    """HTML of a frame that shows the page without Streamlit's own bars."""
    source = f"{address}{'&' if '?' in address else '?'}embed=true"
    return (
        f'<iframe src="{escape(source)}" title="{escape(f"xorviz: {run}")}"\n'
        f'  style="width: 100%; height: {FRAME_HEIGHT}; border: 0"\n'
        '  allow="clipboard-write" loading="lazy"></iframe>'
    )


def _show_qr_code(address: str) -> None:
    """The link as a QR code, as large as there is room."""
    if svg := qr_code(address):
        st.image(svg, width="stretch", alt="QR code of the link")
    else:
        st.text(f"With {len(address):,} characters this link is too long for a QR code.")
