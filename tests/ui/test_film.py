"""The film of a step, without a browser: when it is open, and what stands beside it."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.support.page import opened, ran, texts
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.step import latex
from xorviz.step.latex.notation import Rows
from xorviz.step.step import open_step
from xorviz.ui import film

SHORT = {"tab": "backprop", "epochs": "300", "lr": "2"}
RUN = TrainConfig(epochs=300, learning_rate=2)
BEATS = ["hidden", "output", "error", "delta_output", "delta_hidden", "shares", "update"]


def filmed(**more: str) -> AppTest:
    app = opened(**{**SHORT, **more})
    assert not app.exception
    return app


def beats(app: AppTest) -> list[str]:
    """The beats to which the formulas have a button, in their order."""
    bodies = [element.proto.body for element in app.get("html")]
    return re.findall(r'data-to="(\w+)"', "\n".join(bodies))


def has_gradients_of(app: AppTest, rows: Rows) -> bool:
    step = open_step(RUN, trained(RUN).state(0), 0)
    shown = "\n".join(block.value for block in app.markdown)
    return all(line in shown for part in latex.gradients(step, rows) for line in part.lines)


@pytest.mark.parametrize(("beat", "rows"), [(0, [0]), (11, [1]), (18, [3]), (24, range(4))])
def test_the_formulas_are_those_of_the_films_input_and_each_part_has_a_button_to_its_beat(
    beat: int, rows: Rows
) -> None:
    app = filmed(beat=str(beat), input="10")
    assert beats(app) == BEATS
    assert has_gradients_of(app, rows)
    assert not has_gradients_of(app, [2])
    assert app.session_state["row"] == "10", "the reader's own choice waits"


def test_of_one_weight_its_factors_have_a_button_each_to_their_beat() -> None:
    app = filmed(beat="3", weight="x1_h1")
    assert beats(app) == ["sum", "error", "delta_output", "delta_hidden", "shares", "update"]
    app = filmed(beat="3", weight="h1_y")
    assert beats(app) == ["sum", "error", "delta_output", "shares", "update"]


def test_without_a_film_there_are_no_such_buttons() -> None:
    app = filmed()
    assert not beats(app)
    assert app.button_group(key="row").value == "auto"


def test_where_there_is_no_film_of_a_step_the_formulas_are_those_of_the_chosen_input() -> None:
    app = filmed(beat="3", mistake="sign-hidden", input="10")
    assert not beats(app)
    assert app.button_group(key="row").value == "10"
    assert not any("The film is at" in caption.value for caption in app.caption)


def test_a_film_closes_with_its_tab() -> None:
    app = filmed(beat="7")
    app.button_group(key="tab").set_value("watch")
    assert ran(app).session_state["beat"] is None
    app.button_group(key="tab").set_value("backprop")
    assert not beats(ran(app))


@pytest.mark.parametrize("other", [{"tab": "watch"}, {"hide": "network"}])
def test_a_beat_where_no_film_can_open_gets_one_sentence(other: dict[str, str]) -> None:
    app = filmed(beat="7", **other)
    assert app.session_state["beat"] is None
    ((name, came),) = other.items()
    sentence = f"Beat must be given with tab=backprop and the network, not with {name}={came}"
    assert texts(app)[0] == f"{sentence}, so it is ignored."
    assert not beats(app)


@pytest.mark.parametrize("text", ["26", "<script>alert(1)</script>"])
def test_a_bad_beat_gets_one_sentence_and_opens_no_film(text: str) -> None:
    app = filmed(beat=text)
    (sentence,) = texts(app)
    assert sentence.startswith("Beat must be a whole number from 0 to 25, not ")
    assert sentence.endswith(", so it is ignored.")
    assert not beats(app)


@pytest.mark.parametrize(
    ("told", "beat"),
    [
        ([12, 1], 12),
        ([None, 2], None),
        ([26, 3], 5),
        ([-1, 3], 5),
        (["7", 4], 5),
        ([True, 4], 5),
        ([7.0, 5], 5),
        ([], 5),
    ],
)
def test_the_stage_tells_where_the_film_is_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, told: list[Any], beat: int | None
) -> None:
    monkeypatch.setattr(
        st, "session_state", {"beat": 5, "stage": SimpleNamespace(film=told), "hide": ()}
    )
    film.adopt()
    assert st.session_state["beat"] == beat
