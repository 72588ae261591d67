"""The tab Check, without a browser: weights that are pasted, programs with a mistake to play."""

import io
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.support.notebook import OUTPUT
from tests.support.page import click, link, opened, ran, texts
from tests.support.runs import trained
from xorviz.core.catalogue import BY_NAME, MISTAKE_NAMES
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, Layers
from xorviz.export.card import write_card
from xorviz.export.data import as_npz
from xorviz.sentences.check import FIND, IN_NO_LINK, NOT_SHARED, mistake_label
from xorviz.sentences.verdict import HIDDEN_FUTURE
from xorviz.settings.page import Page
from xorviz.ui.address import Shared

SHORT = {"tab": "check", "epochs": "100"}
RUN = TrainConfig(epochs=100)
HOSTILE = "[[<script>alert(1)</script> **b** $x$]] :red[x] __import__('os')"


def printed(run: TrainConfig, epoch: int, *, decimals: int = 8) -> str:
    layers = Layers(trained(run).state(epoch), run.hidden_size)
    with np.printoptions(precision=decimals):
        return f"{layers.weights_hidden}\n{layers.weights_output}"


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key="pasted").input(text)
    return ran(app)


def answers(app: AppTest) -> list[str]:
    """The answers, each by the kind of its box and its title."""
    kinds = ("success", "error", "warning")
    return [f"{kind}: {box.value}" for kind in kinds for box in app.get(kind)]


def test_all_that_the_notebook_prints_is_equal() -> None:
    app = paste(opened(tab="check"), OUTPUT)
    assert answers(app) == ["success: **Right: these are the numbers of correct backprop**"]


def test_a_mistake_is_named_with_its_lines_and_opens_in_backprop() -> None:
    wrong = TrainConfig(epochs=100, mistake="no-derivative-hidden")
    app = paste(opened(**SHORT), printed(wrong, 100))
    assert answers(app) == ["error: **A mistake**"]
    assert [text for text in texts(app) if BY_NAME[wrong.mistake].title in text]
    made, right = [code.value for code in app.code][:2]
    assert (made, right) == (
        "d_hidden_layer = error_hidden_layer",
        "d_hidden_layer = error_hidden_layer * sigmoid_derivative(hidden_layer_output)",
    )
    click(app, "Open this step in Backprop: epoch 0 to 1")
    assert link(app) == {"epochs": "100", "mistake": wrong.mistake, "tab": "backprop"}
    assert app.session_state["epoch"] == 0


def test_another_way_is_told_apart_from_a_mistake() -> None:
    quarter = TrainConfig(epochs=100, learning_rate=0.125)
    app = paste(opened(**SHORT), printed(quarter, 100))
    assert answers(app) == ["success: **Right, done another way**"]
    assert not [button for button in app.button if button.label.startswith("Open this step")]


def test_what_nothing_explains_is_not_known() -> None:
    app = paste(opened(**SHORT), "[[1 2]\n [3 4]] [[5] [6]]")
    assert answers(app) == ["warning: **Not known**"]


def test_the_weights_may_be_those_after_fewer_epochs() -> None:
    app = paste(opened(**SHORT), printed(RUN, 7))
    assert answers(app) != ["success: **Right: these are the numbers of correct backprop**"]
    app.text_input(key="after 100").input("7")
    ran(app)
    assert answers(app) == ["success: **Right: these are the numbers of correct backprop**"]


def test_weights_typed_over_at_the_start_are_where_the_training_starts() -> None:
    given = {**SHORT, "edits": "0_x1_h1_2.5~50_h1_y_1"}
    edited = TrainConfig(epochs=100, edits=opened(**given).session_state["edits"][:1])
    app = paste(opened(**given), printed(edited, 100))
    assert answers(app) == ["success: **Right: these are the numbers of correct backprop**"]


def test_the_mistake_of_the_page_does_not_count_for_the_readers_own_program() -> None:
    app = paste(opened(**SHORT, mistake="sign-both"), printed(RUN, 100))
    assert answers(app) == ["success: **Right: these are the numbers of correct backprop**"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("none", "not a text without numbers in brackets."),
        ("[[1 2] [3 nan]] [[5] [6]]", "must be finite numbers, not 'nan'."),
        ("[[1 2 3] [4 5 6]] [[1] [2] [3]]", "not 2 rows of 3 numbers and 3 rows of 1 number."),
        (HOSTILE, "not 1 row of 3 numbers."),
        ("[" * 1_000_000, "not a text without numbers in brackets."),
        ("[" * 1_000_001, "at most 1,000,000 characters, not one of 1,000,001."),
    ],
)
def test_what_is_wrong_with_a_text_is_one_sentence_in_plain_text(text: str, sentence: str) -> None:
    app = paste(opened(**SHORT), text)
    assert len([one for one in texts(app) if one.endswith(sentence)]) == 1
    assert not answers(app)
    marked_up = [one.value for kind in ("markdown", "html", "caption") for one in app.get(kind)]
    assert not [one for one in marked_up if "alert" in one]


@pytest.mark.parametrize("epochs", ["", "0", "-1", "abc", "50001", "1.5", "<b>"])
def test_a_number_of_epochs_that_cannot_be_used_gets_a_sentence(epochs: str) -> None:
    app = paste(opened(**SHORT), printed(RUN, 100))
    app.text_input(key="after 100").input(epochs)
    ran(app)
    (said,) = [text for text in texts(app) if text.startswith("Epochs must be")]
    assert said.startswith("Epochs must be a whole number from 1 to 50,000, not")
    assert not answers(app)


class Upload(NamedTuple):
    """A file as Streamlit has it."""

    name: str
    content: bytes

    def getvalue(self) -> bytes:
        return self.content


def with_file(monkeypatch: pytest.MonkeyPatch, name: str, content: bytes) -> AppTest:
    monkeypatch.setattr(st, "file_uploader", lambda *_, **__: Upload(name, content))
    return opened(**SHORT)


def npz(**arrays: Array) -> bytes:
    written = io.BytesIO()
    np.savez(written, **arrays)
    return written.getvalue()


def test_a_file_of_weights_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = TrainConfig(epochs=100, mistake="sign-hidden")
    layers = [Layers(trained(wrong).state(epoch), 2) for epoch in (0, 1, 100)]
    content = npz(
        epochs=np.array([0, 1, 100]),
        weights_input_hidden=np.array([one.weights_hidden for one in layers]),
        weights_hidden_output=np.array([one.weights_output for one in layers]),
    )
    app = with_file(monkeypatch, "mine.npz", content)
    assert answers(app) == ["error: **A mistake**"]
    assert [text for text in texts(app) if text.startswith("From update 1 on")]


def test_a_run_that_was_exported_here_is_checked_with_its_own_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recording = trained(TrainConfig(seed=7, epochs=300, mistake="sign-output"))
    content = as_npz(recording, write_card(recording))
    app = with_file(monkeypatch, "run.npz", content)
    assert [text for text in texts(app) if "(sign-output)" in text]


def test_a_file_that_cannot_be_used_gets_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_file(monkeypatch, "<b>.npz", b"no archive")
    allowed = "an NPZ file with arrays of numbers, not one that can't be read."
    assert f"'<b>.npz' must be {allowed}" in texts(app)
    assert not answers(app)


def test_what_was_pasted_stays_until_it_is_cleared_and_is_in_no_link() -> None:
    app = opened(**SHORT)
    assert IN_NO_LINK not in [caption.value for caption in app.caption]
    paste(app, printed(RUN, 100))
    assert IN_NO_LINK in [caption.value for caption in app.caption]
    for tab in ("watch", "check"):
        app.button_group(key="tab").set_value(tab)
        ran(app)
    assert link(app) == SHORT | {"tab": "check"}
    assert answers(app)
    app.session_state["shared"] = Shared("http://localhost/", Page(epochs=100))
    assert NOT_SHARED in texts(ran(app))
    click(app, "Clear")
    assert not answers(app)
    assert app.text_area(key="pasted").value == ""


def test_a_page_that_holds_nothing_says_nothing_of_it_in_share() -> None:
    app = opened(**SHORT)
    app.session_state["shared"] = Shared("http://localhost/", Page(epochs=100))
    assert NOT_SHARED not in texts(ran(app))


def test_the_mistakes_that_the_network_can_have_are_offered_to_play() -> None:
    app = opened(**SHORT)
    (offered,) = [box for box in app.selectbox if box.label == FIND]
    fitting = [name for name in MISTAKE_NAMES if not name.startswith("bias-")]
    assert offered.options == [mistake_label(name) for name in ("", *fitting)]
    offered.set_value("sign-output")
    ran(app)
    assert link(app) == {**SHORT, "mistake": "sign-output"}
    assert BY_NAME["sign-output"].reason in [markdown.value for markdown in app.markdown]


def test_a_network_with_biases_can_have_those_of_biases_too() -> None:
    (offered,) = [box for box in opened(**SHORT, biases="true").selectbox if box.label == FIND]
    assert offered.options == [mistake_label(name) for name in ("", *MISTAKE_NAMES)]


def test_a_link_may_leave_the_tab_out() -> None:
    app = opened(epochs="100", hide="check")
    assert "Check" not in app.button_group(key="tab").options
    assert urlencode(link(app)) == "epochs=100&hide=check"


def test_the_tab_does_not_tell_the_end_of_a_run_that_is_hidden() -> None:
    app = opened(hide="future", **SHORT)
    assert HIDDEN_FUTURE in texts(app)
    assert not app.text_area
