"""A program with a mistake on the page: openly marked, or kept secret from a class."""

import re

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.support.page import click, link, opened, ran, texts
from xorviz.core.catalogue import MISTAKE_NAMES
from xorviz.core.config import TrainConfig
from xorviz.sentences.on_purpose import (
    BACK,
    BY_THE_RIGHT_LOOP,
    KEPT_SECRET,
    NO_QUIZ,
    RIGHT_ONLY,
    WHILE_HIDDEN,
    mistake_text,
)
from xorviz.settings.link import TABS
from xorviz.settings.page import Page
from xorviz.settings.reading import read
from xorviz.ui import state
from xorviz.ui.address import Shared
from xorviz.ui.share import secrets

WRONG = {"mistake": "no-derivative-output", "epochs": "300"}
SECRET = {**WRONG, "hide": "mistake"}
MARK = mistake_text(TrainConfig(mistake=WRONG["mistake"]))


def words(app: AppTest) -> list[str]:
    """All that the page says, one by one."""
    kinds = ("markdown", "text", "caption", "button", "code", "html", "selectbox", "expander")
    found = [element for kind in kinds for element in app.get(kind)]
    return [str(getattr(one, "value", "")) + str(getattr(one, "label", "")) for one in found]


def test_a_run_with_a_mistake_is_marked_and_one_press_goes_back() -> None:
    app = opened(**WRONG)
    assert MARK in [markdown.value for markdown in app.markdown]
    click(app, BACK)
    assert MARK not in [markdown.value for markdown in app.markdown]
    assert link(app) == {"epochs": "300"}


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_every_mistake_plays_in_every_tab(name: str) -> None:
    app = opened(mistake=name, epochs="100", biases="true", lr="0.1")
    for tab in ("backprop", "hands", "doctor", "landscape", "compare", "check"):
        app.button_group(key="tab").set_value(tab)
        ran(app)


@pytest.mark.parametrize("tab", RIGHT_ONLY)
def test_a_tab_that_knows_the_right_loop_alone_says_so(tab: str) -> None:
    assert RIGHT_ONLY[tab] in texts(opened(**WRONG, tab=tab))
    assert RIGHT_ONLY[tab] not in texts(opened(epochs="300", tab=tab))


@pytest.mark.parametrize("tab", BY_THE_RIGHT_LOOP)
def test_a_tab_that_goes_by_the_right_loop_says_so(tab: str) -> None:
    given = {"tab": tab, "seeds": "0:2", "lrs": "1"}
    for settings in (WRONG, SECRET, {"epochs": "300", "hide": "mistake"}):
        assert BY_THE_RIGHT_LOOP[tab] in [one.value for one in opened(**settings, **given).caption]
    said = [one.value for one in opened(epochs="300", **given).caption]
    assert BY_THE_RIGHT_LOOP[tab] not in said


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"mistake": "sign"}, "Mistake must be one of 28 names, such as early-output-update, not"),
        ({"mistake": "<b>"}, "Mistake must be one of 28 names, such as early-output-update, not"),
        ({"mistake": "bias-sign"}, "Mistake must be one that a network with 2 hidden units and no"),
        (
            {"mistake": "wrong-layer-activation", "hidden": "3"},
            "Mistake must be one that a network with 3 hidden units and no biases can have, not",
        ),
    ],
)
def test_a_bad_name_gets_a_sentence_and_the_right_loop(
    given: dict[str, str], sentence: str
) -> None:
    app = opened(**given, epochs="300")
    (said,) = [text for text in texts(app) if text.startswith("Mistake")]
    assert said.startswith(sentence)
    assert app.session_state["mistake"] == ""


def test_a_mistake_that_fits_no_more_is_left_out_with_a_sentence_until_it_fits_again() -> None:
    app = opened(mistake="wrong-layer-activation", epochs="300")
    app.slider(key="hidden_size").set_value(3)
    ran(app)
    left_out = "The mistake wrong-layer-activation is left out: it needs two hidden units."
    assert left_out in texts(app)
    app.slider(key="hidden_size").set_value(2)
    ran(app)
    assert left_out not in texts(app)
    assert [one for one in app.markdown if one.value.startswith("**A mistake on purpose")]


def test_backprop_sets_the_wrong_line_beside_the_right_one() -> None:
    app = opened(**WRONG, tab="backprop", epoch="57")
    formulas = "\n".join(markdown.value for markdown in app.markdown)
    line = "d_predicted_output = error"
    assert f":small[:red-background[This program:] `{line}`]" in formulas
    assert f":small[Notebook: `{line} * sigmoid_derivative(predicted_output)`]" in formulas
    assert "this program: " in formulas
    assert "Gradients wrong: small changes give others" in formulas


def test_one_weight_of_a_program_with_a_mistake_has_no_quiz() -> None:
    app = opened(**WRONG, tab="backprop", epoch="57", weight="x1_h1")
    assert NO_QUIZ in [caption.value for caption in app.caption]
    assert not [toggle for toggle in app.toggle if toggle.key == "veil"]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("weight", [{}, {"weight": "x1_h1"}])
def test_a_page_that_hides_the_mistake_says_the_same_of_a_right_program(
    tab: str, weight: dict[str, str]
) -> None:
    given = {"hide": "mistake", "tab": tab, "epoch": "57", "seeds": "0:2", "lrs": "1", **weight}
    pages = [opened(**given, epochs="300"), opened(**given, **WRONG)]
    right, wrong = (re.sub(r"[−-]?[0-9][0-9.,e−-]*", "#", "\n".join(words(p))) for p in pages)
    assert right == wrong


def test_a_page_that_hides_the_mistake_names_it_nowhere() -> None:
    for tab in TABS:
        app = opened(**SECRET, tab=tab, epoch="57", seeds="0:2", lrs="1", pin="mistake=sign-both")
        said = "\n".join(words(app))
        assert not [name for name in MISTAKE_NAMES if name in said]
        assert "d_predicted_output" not in said


@pytest.mark.parametrize("tab", WHILE_HIDDEN)
def test_tabs_that_would_tell_are_closed_whether_there_is_a_mistake_or_not(tab: str) -> None:
    assert WHILE_HIDDEN[tab] in texts(opened(**SECRET, tab=tab))
    assert WHILE_HIDDEN[tab] in texts(opened(epochs="300", hide="mistake", tab=tab))


def test_backprop_of_a_hidden_mistake_has_the_programs_numbers_and_the_right_formulas() -> None:
    app = opened(**SECRET, tab="backprop", epoch="57")
    assert KEPT_SECRET in [caption.value for caption in app.caption]
    formulas = "\n".join(markdown.value for markdown in app.markdown)
    assert "Notebook" not in formulas
    assert "Gradients" not in formulas.replace("Gradients: how E", "")


def test_the_name_of_a_shared_link_does_not_tell_a_hidden_mistake() -> None:
    app = opened(**SECRET)
    page, _ = read({name: [value] for name, value in SECRET.items()})
    app.session_state["shared"] = Shared("http://localhost/", page)
    ran(app)
    named = "seed 42, rate 0.5, 300 epochs, playing from its start."
    assert f"This link opens the page as you saw it: {named}" in texts(app)


@pytest.mark.parametrize(
    ("mistake", "already", "is_asked"),
    [("", (), False), ("sign-both", (), True), ("", ("mistake",), True)],
)
def test_share_offers_to_hide_a_mistake_where_there_is_one_or_one_is_hidden(
    monkeypatch: pytest.MonkeyPatch, mistake: str, already: tuple[str, ...], is_asked: bool
) -> None:
    asked = []
    monkeypatch.setattr(state, "page", lambda: Page(mistake=mistake))
    monkeypatch.setattr(st, "checkbox", lambda label, **_: asked.append(label) or True)
    assert secrets.mistake(already) == (("mistake",) if is_asked else ())
    assert asked == (["Hide the mistake"] if is_asked else [])
