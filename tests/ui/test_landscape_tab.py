"""The tab Landscape, without a browser: its plane, what is sent, and runs started from a point."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.support.page import NO_NUMBERS, click, link, opened, ran, texts
from tests.support.payload import unpack
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import parameter_names
from xorviz.sentences.landscape import SLICE
from xorviz.sentences.verdict import HIDDEN_FUTURE
from xorviz.ui import plane, stage

RUN = TrainConfig(epochs=300, learning_rate=2.0)
LINK = {"tab": "landscape", "epochs": "300", "lr": "2", "epoch": "40"}
WEIGHTS = {**LINK, "plane": "weights"}
NAMES = parameter_names(2, biases=False)

Start = Callable[..., AppTest]
"""Starts a run: the app, the coordinates as the stage sends them, and the epoch."""


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The landscape and the states around that were sent last, and a button for a click."""
    kept: list[Any] = [None, None, ["", "", 0, 0]]

    def show(content: bytes, around: bytes) -> None:
        def start() -> None:
            st.session_state["landscape-chart"] = SimpleNamespace(start=list(kept[2]))
            plane.adopt_start()

        length = int.from_bytes(content[:4], "little")
        kept[:2] = unpack(content[4 + length :]), unpack(around)
        st.button("A point", on_click=start)

    monkeypatch.setattr(stage, "show_landscape", show)
    return kept


@pytest.fixture
def start(sent: list[Any]) -> Start:
    def start_there(app: AppTest, x: object, y: object, epoch: int = 40) -> AppTest:
        sent[2] = [str(x), str(y), epoch, sent[2][3] + 1]
        return click(app, "A point")

    return start_there


def edits(app: AppTest) -> tuple[Edit, ...]:
    made: tuple[Edit, ...] = app.session_state["edits"]
    return made


def captions(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def test_the_tab_sends_all_frames_and_the_states_around_the_playhead(sent: list[Any]) -> None:
    app = opened(**LINK)
    landscape, around, _ = sent
    assert landscape["name"] == around["name"]
    assert landscape["epochs"].tolist() == trained(RUN).epochs.tolist()
    assert 40 in around["epochs"]
    assert landscape["chart"]["terrain"]["plane"] == "path"
    assert SLICE in captions(app)
    assert any("of the variance" in caption for caption in captions(app))
    assert around["marks"] is None


def test_a_plane_that_moves_has_its_stationary_points_at_the_playhead(sent: list[Any]) -> None:
    opened(**WEIGHTS)
    landscape, around, _ = sent
    assert around["epoch"] == 40
    assert around["marks"]["type"] == "scatter"
    assert landscape["chart"]["traces"][-1]["x"] == []
    assert landscape["chart"]["terrain"]["opens"]


def test_the_weights_of_the_axes_are_chosen_and_change_places(sent: list[Any]) -> None:
    app = opened(**WEIGHTS)
    assert [box.value for box in app.selectbox if box.label in ("Across", "Up")] == [
        *("x1 → h1", "x2 → h1")
    ]
    app.selectbox(key=plane.ACROSS).set_value("h2 → ŷ")
    ran(app)
    assert link(app)["across"] == "h2_y"
    assert "up" not in link(app)
    app.selectbox(key=plane.UP).set_value("h2 → ŷ")
    ran(app)
    assert (link(app).get("across"), link(app)["up"]) == ("x2_h1", "h2_y")
    assert sent[0]["chart"]["layout"]["xaxis"]["title"]["text"] == "x2 → h1"


def test_weights_that_a_smaller_network_lacks_make_room_for_the_usual_ones(sent: list[Any]) -> None:
    app = opened(**{**WEIGHTS, "hidden": "3", "across": "x1_h3", "up": "h3_y"})
    app.slider(key="hidden_size").set_value(2)
    ran(app)
    assert {"across", "up"}.isdisjoint(link(app))
    assert sent[0]["chart"]["layout"]["xaxis"]["title"]["text"] == "x1 → h1"


def test_the_third_state_may_be_the_end_of_a_pinned_run(sent: list[Any]) -> None:
    app = opened(**{**LINK, "plane": "states", "pin": "seed=3&epochs=300", "third": "1"})
    (box,) = [one for one in app.selectbox if one.label.startswith("Third")]
    assert box.options[1:] == ["end of pinned run 1: seed 3, rate 0.5, 300 epochs"]
    name = sent[0]["name"]
    box.set_value("middle")
    ran(app)
    assert sent[0]["name"] != name
    assert "third" not in link(app)


def test_a_third_state_that_is_gone_makes_room_for_the_middle(sent: list[Any]) -> None:
    app = opened(**{**LINK, "plane": "states", "pin": "seed=3&epochs=300", "third": "1"})
    app.slider(key="hidden_size").set_value(3)
    ran(app)
    assert "third" not in link(app)
    assert sent[0]["chart"]["terrain"]["plane"] == "states"


def test_pinned_runs_of_the_same_weights_and_targets_have_their_path(sent: list[Any]) -> None:
    pins = ["seed=3&epochs=300", "seed=3&epochs=300&hidden=3", "seed=3&epochs=300&targets=AND"]
    opened(**LINK, pin=pins)
    assert len(sent[0]["chart"]["legend"]) == 1


def test_a_point_starts_a_run_there_as_edits_at_the_playhead_beside_the_run_before(
    start: Start,
) -> None:
    app = opened(**WEIGHTS)
    start(app, 1.5, -2.25)
    assert edits(app) == (Edit(40, "x1 → h1", 1.5), Edit(40, "x2 → h1", -2.25))
    assert app.session_state["pins"] == (RUN,)
    assert app.session_state["epoch"] == 40


def test_a_start_is_told_at_the_chart_and_taken_back_there(start: Start) -> None:
    app = opened(**WEIGHTS, edits="5_x2_h2_3")
    start(app, 1.5, -2.25)
    assert "This run starts from x1 → h1 = 1.5 at epoch 40, x2 → h1 = −2.25 at epoch 40." in texts(
        app
    )
    click(app, "Undo")
    assert edits(app) == (Edit(5, "x2 → h2", 3.0),)
    assert app.session_state["pins"] == ()
    assert app.session_state["epoch"] == 40
    assert not [text for text in texts(app) if text.startswith("This run starts")]


@pytest.mark.usefixtures("sent")
def test_pinned_runs_that_the_plane_does_not_show_are_named() -> None:
    app = opened(**LINK, pin="seed=3&epochs=300&hidden=3")
    assert any(text.endswith("so it is not in this space.") for text in captions(app))


def test_at_the_runs_end_a_run_starts_from_the_point_at_epoch_0(start: Start) -> None:
    app = opened(**{**WEIGHTS, "epoch": "300"})
    start(app, 1.5, -2.25, epoch=300)
    values = dict(zip(NAMES, trained(RUN).state(300).tolist(), strict=True))
    expected = {**values, "x1 → h1": 1.5, "x2 → h1": -2.25}
    assert {edit.parameter: edit.value for edit in edits(app)} == expected
    assert {edit.epoch for edit in edits(app)} == {0}
    assert app.session_state["epoch"] == 0


def test_where_the_others_are_those_at_the_end_they_are_set_too(start: Start) -> None:
    app = opened(**WEIGHTS, others="end")
    start(app, 1.5, -2.25)
    values = dict(zip(NAMES, trained(RUN).parameters[-1].tolist(), strict=True))
    expected = {**values, "x1 → h1": 1.5, "x2 → h1": -2.25}
    assert {edit.parameter: edit.value for edit in edits(app)} == expected
    assert {edit.epoch for edit in edits(app)} == {40}


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_coordinate_that_is_no_number_is_one_sentence_and_starts_nothing(
    start: Start, text: str
) -> None:
    app = opened(**WEIGHTS)
    start(app, text, 1)
    assert edits(app) == ()
    (sentence,) = [one for one in texts(app) if one.startswith("x1 → h1 must be")]
    assert sentence.startswith("x1 → h1 must be a number from -1000 to 1000, not ")


def test_no_run_starts_from_a_point_of_another_plane(start: Start) -> None:
    app = opened(**LINK)
    start(app, 1, 1)
    assert edits(app) == ()


def test_the_landscape_tells_no_future_that_is_hidden(sent: list[Any]) -> None:
    app = opened(**LINK, hide="future")
    assert HIDDEN_FUTURE in texts(app)
    assert sent[0] is None


@pytest.mark.parametrize(
    "settings",
    [
        {"hidden": "1", "targets": "AND"},
        {"hidden": "16", "biases": "true"},
        {"edits": "0_x1_h1_1000~0_x2_h1_-1000~0_h1_y_1000"},
        {"hidden": "1", "targets": "1111", "edits": "0_x1_h1_1000~0_x2_h1_1000~0_h1_y_1000"},
        {"edits": "10_lr_1000"},
    ],
)
@pytest.mark.parametrize("kind", ["path", "weights", "states"])
def test_every_run_has_a_landscape(sent: list[Any], settings: dict[str, str], kind: str) -> None:
    app = opened(**{**LINK, "plane": kind, **settings})
    assert not app.exception
    terrain = sent[0]["chart"]["terrain"]
    assert np.isfinite([terrain["heights"]["lows"], terrain["heights"]["highs"]]).all()
