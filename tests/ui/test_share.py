"""What the dialog Share writes, without a browser."""

from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as hs

from tests.support.page import opened
from xorviz.core.config import TrainConfig
from xorviz.core.hand import STEP, Move
from xorviz.settings import link
from xorviz.settings.page import Page
from xorviz.ui import address, state
from xorviz.ui.share import dialog
from xorviz.ui.share.qr import qr_code

BASE = "http://example.org/demo/"
EVERY_PART = [part for parts in dialog.GROUPS.values() for part in parts]
HIDDEN = hs.lists(hs.sampled_from(link.PARTS), unique=True).map(
    lambda names: tuple(part for part in link.PARTS if part in names)
)


def ticked(monkeypatch: pytest.MonkeyPatch, *unticked: str) -> list[Sequence[str]]:
    """Have the reader untick parts; return what is ticked at first, group by group."""
    defaults: list[Sequence[str]] = []

    def pills(_title: str, _parts: object, default: Sequence[str], **_: object) -> list[str]:
        defaults.append(default)
        return [part for part in default if part not in unticked]

    monkeypatch.setattr(st, "pills", pills)
    return defaults


def test_every_part_that_a_link_can_leave_out_can_be_unticked() -> None:
    whole = {part for name, parts in dialog.WHOLE.items() for part in (name, *parts)}
    assert {*EVERY_PART, *whole, link.FUTURE, link.MISTAKE} == {*link.PARTS}


@pytest.mark.parametrize(
    ("already", "unticked", "hidden"),
    [
        ((), (), ()),
        ((), ("weights", "seed"), ("seed", "weights")),
        ((), link.CONTROLS, ("controls",)),
        (("seed",), link.CONTROLS[1:], ("controls",)),
        (("controls", "verdict"), (), ("controls", "verdict")),
        (("tabs",), ("share",), ("tabs", "share")),
        ((), EVERY_PART, ("controls", "tabs", *link.CHARTS, "readouts", "verdict", "share")),
    ],
)
def test_what_is_unticked_is_left_out_and_a_whole_group_has_one_name(
    monkeypatch: pytest.MonkeyPatch,
    already: Sequence[str],
    unticked: Sequence[str],
    hidden: Sequence[str],
) -> None:
    ticked(monkeypatch, *unticked)
    assert dialog._hidden(already) == hidden


def test_what_the_link_leaves_out_already_is_not_ticked_at_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    defaults = ticked(monkeypatch)
    dialog._hidden(("controls", "atlas", "loss"))
    assert [part for group in defaults for part in group] == [
        part for part in EVERY_PART if part not in (*link.CONTROLS, "atlas", "loss")
    ]


def test_an_exercise_without_the_network_has_no_film() -> None:
    filmed = Page(tab="backprop", beat=7)
    assert dialog._without(("loss",), filmed) == replace(filmed, hide=("loss",))
    assert dialog._without(("network",), filmed) == Page(tab="backprop", hide=("network",))


@given(hidden=HIDDEN, seed=hs.integers(0, 999))
def test_an_address_is_read_back_as_what_it_shares(hidden: tuple[str, ...], seed: int) -> None:
    shared = Page(hide=hidden, seed=seed)
    address = dialog._address(BASE, shared)
    assert link.read(link.parse_link(address)) == (shared, [])


def test_the_address_of_the_defaults_is_the_pages_own() -> None:
    assert dialog._address(BASE, Page()) == BASE


class Frame(HTMLParser):
    """The attributes of the one element of a snippet."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.mark.parametrize("address", [BASE, f"{BASE}?seed=7&hide=tabs", f'{BASE}?x="><script>'])
def test_a_frame_is_one_element_whatever_its_address(
    address: str,
) -> None:
    ((tag, attributes),) = Frame(dialog._frame(address, 'a "run" <b>')).elements
    assert tag == "iframe"
    source = attributes["src"]
    assert source is not None
    assert source.startswith(address)
    assert link.parse_link(source)["embed"] == ["true"]
    assert attributes["title"] == 'xorviz: a "run" <b>'


@pytest.mark.parametrize(
    ("changes", "described"),
    [
        ({}, "playing from its start"),
        ({"epoch": 1234}, "paused at epoch 1,234"),
        ({"epoch": 1234, "play": True}, "playing from epoch 1,234"),
        (
            {"epoch": 40, "hands": (Move("x1 → h1", 2.0), Move(STEP))},
            "paused at epoch 40, changed by 1 move and 1 update of gradient descent",
        ),
        ({"epoch": 0, "pins": (TrainConfig(),)}, "paused at epoch 0, beside 1 pinned run"),
    ],
)
def test_the_dialog_says_what_its_link_opens(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], described: str
) -> None:
    monkeypatch.setattr(state, "config", TrainConfig)
    assert dialog._description(replace(Page(), **changes)) == f"seed 42, rate 0.5, {described}"


def test_a_link_too_long_for_a_qr_code_gets_none() -> None:
    svg = qr_code("x" * 2331)
    assert svg is not None
    assert svg.startswith("<svg")
    assert qr_code("x" * 2332) is None


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "\0", "😀"])
def test_a_qr_code_holds_no_text_of_its_link(hostile: str) -> None:
    svg = qr_code(BASE + hostile)
    assert svg is not None
    assert hostile not in svg
    assert svg.count("<") == svg.count(">")


def test_the_dialog_opens_where_something_is_shared_and_shows_its_link() -> None:
    app = opened(epochs="300")
    app.session_state["shared"] = address.Shared(BASE, Page(epochs=300, epoch=7))
    app.run()
    assert not app.exception
    assert f"{BASE}?epochs=300&epoch=7" in [code.value for code in app.code]


@pytest.mark.parametrize("hidden", ["controls", *link.RUN_PARAMETERS])
def test_settings_that_are_left_out_are_not_told(
    monkeypatch: pytest.MonkeyPatch, hidden: str
) -> None:
    monkeypatch.setattr(state, "config", TrainConfig)
    assert dialog._run_name(Page(hide=(hidden,))) == "this run"
    assert dialog._run_name(Page(hide=("verdict",))) == "seed 42, rate 0.5"


def test_a_class_may_start_where_the_teacher_is_or_at_the_start() -> None:
    shared = Page(epoch=1234, play=True)
    addresses = [
        dialog._address(BASE, replace(shared, **start)) for start in dialog.STARTS.values()
    ]
    assert addresses == [f"{BASE}?epoch=1234&play=true", BASE, f"{BASE}?epoch=0"]
