"""The tab Hands, without a browser: moves, the way back, and what gradient descent would do."""

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
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.hand import STEP, Move, hold
from xorviz.core.names import parameter_names
from xorviz.core.network import Array
from xorviz.sentences.hands import HIDDEN_DESCENT
from xorviz.settings.link import limits
from xorviz.ui import hand, stage

RUN = TrainConfig(epochs=300, learning_rate=2.0)
WRITTEN = {"tab": "hands", "epochs": "300", "lr": "2"}
"""What Python writes of the link without moves; the stage adds the epoch."""
LINK = {**WRITTEN, "epoch": "40"}
NAMES = parameter_names(2, biases=False)
MOVES = (Move("x1 → h1", 4.0), Move("h2 → ŷ", -3.5), Move("x2 → h2", -4.0))
SPELLED = "x1_h1_4~h2_y_-3.5~x2_h2_-4"

Turn = Callable[..., AppTest]
"""Moves a handle: the app, the weight's name, what the stage sends as its value, and the epoch."""


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the handles were sent last, and a button that stands for one that is moved."""
    kept: list[Any] = [None, ["", "", 0, 0]]

    def show(content: bytes) -> None:
        def move() -> None:
            st.session_state["handles"] = SimpleNamespace(move=list(kept[1]))
            hand.adopt_move()

        kept[0] = unpack(content)
        st.button("A handle", on_click=move)

    monkeypatch.setattr(stage, "show_handles", show)
    return kept


@pytest.fixture
def turn(sent: list[Any]) -> Turn:
    def turn_handle(app: AppTest, name: str, text: str, epoch: int = 40) -> AppTest:
        sent[1] = [name, text, epoch, sent[1][3] + 1]
        return click(app, "A handle")

    return turn_handle


def values(sent: list[Any]) -> Array:
    weights: Array = sent[0]["handles"]["values"]
    return weights


def disabled(app: AppTest) -> set[str]:
    return {button.label for button in app.main.button if button.disabled}


def test_a_handle_sets_its_weight_and_every_number_sent_is_that_of_the_moved_state(
    turn: Turn, sent: list[Any]
) -> None:
    app = opened(**LINK)
    state = trained(RUN).state(40)
    assert values(sent).tobytes() == state.tobytes()
    assert disabled(app) == {"Let it train on from here", "Undo", "Undo all"}
    for move in MOVES:
        turn(app, move.parameter, str(move.value))
    assert disabled(app) == set()
    assert link(app) == {**LINK, "hands": SPELLED}
    assert values(sent).tobytes() == hold(RUN, state, 40, MOVES).tobytes()
    again = opened(**link(app))
    assert again.session_state["hands"] == MOVES
    assert values(sent).tobytes() == hold(RUN, state, 40, MOVES).tobytes()


def test_undo_takes_back_one_move_after_the_other_and_all_at_once(
    turn: Turn, sent: list[Any]
) -> None:
    app = turn(opened(**LINK, hands=SPELLED), "x1 → h1", "−7")
    assert values(sent)[0] == -7
    click(app, "Undo")
    assert link(app)["hands"] == SPELLED
    click(app, "Undo")
    assert link(app)["hands"] == "x1_h1_4~h2_y_-3.5"
    click(app, "Undo all")
    assert link(app) == WRITTEN
    assert values(sent).tobytes() == trained(RUN).state(40).tobytes()


def test_gradient_descent_makes_its_own_steps_which_count_as_updates(sent: list[Any]) -> None:
    app = opened(**LINK)
    click(click(app, "Let it take one step"), "Let it take one step")
    assert values(sent).tobytes() == trained(RUN).state(42).tobytes()
    assert link(app) == {**LINK, "hands": "step~step"}
    assert "after 2 updates of gradient descent." in " ".join(texts(app))
    assert "Gradient descent alone needs 2 updates from there to get as low." in texts(app)


def test_the_updates_needed_are_those_after_which_the_run_is_as_low(turn: Turn) -> None:
    recording = trained(RUN)
    app = turn(opened(**LINK), "x1 → h1", repr(float(recording.state(40)[0])))
    assert not [text for text in texts(app) if "Gradient descent" in text]  # it is not lower
    for name, value in zip(NAMES, recording.state(137), strict=True):
        turn(app, name, repr(float(value)))
    losses = recording.half_squared_error
    needed = int(np.flatnonzero(losses[40:] <= losses[137])[0])
    assert f"Gradient descent alone needs {needed} updates from there to get as low." in texts(app)


def test_the_run_is_trained_on_from_the_moved_weights_beside_the_run_before() -> None:
    app = click(opened(**LINK, hands=SPELLED), "Let it train on from here")
    edits = tuple(sorted(Edit(40, *move) for move in MOVES))
    assert app.session_state["edits"] == edits
    assert app.session_state["tab"] == "watch"
    assert [*app.session_state["pins"]] == [RUN]
    assert link(app).keys() == {"epochs", "lr", "edits", "pin"} | ({"epoch"} & link(app).keys())
    assert app.session_state["epoch"] == 40


def test_steps_are_trained_on_from_to_the_last_bit() -> None:
    app = click(opened(**LINK, hands=f"{SPELLED}~step"), "Let it train on from here")
    run = TrainConfig(**{**vars(RUN), "edits": app.session_state["edits"]})
    held = hold(RUN, trained(RUN).state(40), 40, (*MOVES, Move(STEP)))
    assert trained(run).state(40).tobytes() == held.tobytes()


def test_weights_too_large_for_a_run_are_not_trained_on_from_and_the_page_says_so() -> None:
    moves = "x1_h1_0~x2_h1_0~x1_h2_0~x2_h2_0~h1_y_1000~h2_y_-1000~step"
    app = opened(**LINK, targets="0111", edits="0_lr_1000", hands=moves)
    assert "Let it train on from here" not in disabled(app)
    click(app, "Let it train on from here")
    too_large = "x1 → h1, x1 → h2, x2 → h1 and 2 more: a run takes weights from -1000 to 1000."
    assert too_large in texts(app)
    assert link(app)["hands"] == moves


def test_moves_are_put_down_with_a_sentence_where_the_reader_goes_on_and_can_be_made_again(
    sent: list[Any],
) -> None:
    app = opened(**LINK, hands=SPELLED)
    app.slider(key="seed").set_value(7)
    ran(app)
    assert "hands" not in link(app)
    (left,) = [text for text in texts(app) if "taken back" in text]
    assert left == "You went on to another state, so 3 moves from epoch 40 are taken back."
    click(app, "Make them here")
    other = TrainConfig(seed=7, epochs=300, learning_rate=2.0)
    assert values(sent).tobytes() == hold(other, trained(other).state(40), 40, MOVES).tobytes()
    assert not [text for text in texts(app) if "taken back" in text]
    app.slider(key="hidden_size").set_value(1)
    ran(app)
    click(app, "Make them here")
    assert app.session_state["hands"] == MOVES[:1]
    assert "Left out: 2 moves of weights that this network does not have." in texts(app)


def test_a_handle_moved_at_another_epoch_begins_there(turn: Turn, sent: list[Any]) -> None:
    app = turn(opened(**LINK, hands=SPELLED), "x2 → h1", "2.5", epoch=99)
    assert app.session_state["hands"] == (Move("x2 → h1", 2.5),)
    state = trained(RUN).state(99)
    assert values(sent).tobytes() == hold(RUN, state, 99, [Move("x2 → h1", 2.5)]).tobytes()


def test_what_is_no_weight_is_refused_with_one_sentence_and_the_state_stays(
    turn: Turn, sent: list[Any]
) -> None:
    app = opened(**LINK, hands=SPELLED)
    before = values(sent).tobytes()
    for text in NO_NUMBERS:
        turn(app, "x1 → h1", text)
        assert texts(app)[-1].startswith("x1 → h1 must be a number from -1000 to 1000, not ")
        assert values(sent).tobytes() == before
    turn(app, "x9 → h1", "1")
    turn(app, "x1 → h1", "1,5")
    assert values(sent)[0] == 1.5
    assert not [text for text in texts(app) if "must be" in text]


def test_there_is_an_end_of_moves(turn: Turn) -> None:
    many = 200 * (Move("x1 → h1", 1.0),)
    app = opened(**LINK, hands=limits("hands").write(many))
    turn(app, "x1 → h1", "2")
    assert "The page keeps 200 moves: undo some, or train on from here." in texts(app)
    full = FIELDS["edits"].write(tuple(Edit(e, "x1 → h1", 1 / 3) for e in range(100, 181)))
    app = opened(**LINK, edits=full, hands=limits("hands").write(many[:15]))
    turn(app, "x1 → h1", "0.12345678901234567")
    room = "The page's link has room for 2,500 characters of moves by hand, "
    assert [text for text in texts(app) if text.startswith(room)]


def test_moves_that_were_put_down_are_not_made_again_where_the_link_has_no_room() -> None:
    app = opened(**LINK, hands=limits("hands").write(100 * (Move("x1 → h1", 1.0),)))
    app.slider(key="seed").set_value(7)
    ran(app)
    app.session_state["edits"] = tuple(Edit(e, "x1 → h1", 1 / 3) for e in range(100, 180))
    click(app, "Make them here")
    assert app.session_state["hands"] == ()
    room = "The page's link has room for 2,500 characters of moves by hand, "
    assert [text for text in texts(app) if text.startswith(room)]
    assert [text for text in texts(app) if "taken back" in text]


def test_a_hidden_future_is_not_told_by_the_updates_needed() -> None:
    app = opened(**LINK, hands=SPELLED, hide="future")
    assert HIDDEN_DESCENT in texts(app)
    assert not [text for text in texts(app) if "needs" in text and text != HIDDEN_DESCENT]


def test_a_link_with_moves_of_a_smaller_network_uses_the_others_and_says_so() -> None:
    app = opened(**LINK, hands="x1_h3_4~x1_h1_2")
    assert app.session_state["hands"] == (Move("x1 → h1", 2.0),)
    assert [text for text in texts(app) if text.startswith("Hands must be a list")]
