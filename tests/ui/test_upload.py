"""A file that the reader opens in Share, without a browser."""

import io
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.support.page import click, link, opened, ran, texts
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.network import Layers
from xorviz.export.contents import MAX_BYTES
from xorviz.export.files import write_run
from xorviz.sentences.files import SETTINGS_WAIT, foreign_text, needs_run
from xorviz.settings.link import TABS
from xorviz.settings.page import Page
from xorviz.ui import stage
from xorviz.ui.address import Shared

RUN = TrainConfig(seed=7, learning_rate=2, hidden_size=3, epochs=500)
THEIRS = foreign_text("theirs.npz", 3, 500)


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def foreign() -> bytes:
    """The weights of a run as another program saves them."""
    epochs = [0, 100, 500]
    layers = Layers(np.array([trained(RUN).state(epoch) for epoch in epochs]), 3)
    named = {"input_hidden": layers.weights_hidden, "hidden_output": layers.weights_output}
    return npz(epochs=epochs, **{f"weights_{name}": array for name, array in named.items()})


def upload(app: AppTest, name: str, content: bytes, page: Page | None = None) -> AppTest:
    """Open the dialog on its part for files, and a file there."""
    seen = page or Page(**{key: app.session_state[key] for key in ("seed", "tab", "targets")})
    app.session_state["shared"] = Shared("http://localhost/", seen)
    ran(app)
    app.file_uploader(key="upload").upload(name, content)
    return ran(app)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What the stage is handed."""
    packed: list[bytes] = []
    monkeypatch.setattr(stage, "show", packed.append)
    return packed


@pytest.fixture(autouse=True)
def dialog_open_at_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last tab of the dialog is the open one."""
    import streamlit as st

    class Tab:
        def __init__(self, label: str, tab: Any) -> None:
            self.open, self.tab = label == "Open a file", tab

        def __enter__(self) -> Any:
            return self.tab.__enter__()

        def __exit__(self, *error: Any) -> Any:
            return self.tab.__exit__(*error)

    tabs = st.tabs
    monkeypatch.setattr(st, "tabs", lambda labels, **_: map(Tab, labels, tabs(labels)))


@pytest.mark.parametrize("suffix", [".csv", ".json", ".npz"])
def test_an_exported_run_becomes_the_pages_and_the_page_says_how_exactly(suffix: str) -> None:
    app = upload(opened(seed="3"), f"run{suffix}", write_run(trained(RUN), suffix))
    assert link(app) == {"seed": "7", "lr": "2", "hidden": "3", "epochs": "500"}
    assert f"'run{suffix}' is this run to the last bit." in texts(app)
    assert app.session_state["shared"] is None
    app.slider(key="hidden_size").set_value(4)
    assert f"'run{suffix}' is this run to the last bit." not in texts(ran(app))


def test_weights_of_another_program_are_shown_in_no_link_until_they_are_closed(
    shown: list[bytes],
) -> None:
    app = opened(seed="3")
    own = shown[-1]
    upload(app, "theirs.npz", foreign())
    assert THEIRS in texts(app)
    assert SETTINGS_WAIT in texts(app)
    assert link(app) == {"seed": "3"}
    assert shown[-1] != own
    click(app, "Close the file")
    assert THEIRS not in texts(app)
    assert link(app) == {"seed": "3"}
    assert {slider.key for slider in app.sidebar.slider} >= {"seed", "hidden_size"}


def test_closing_brings_the_page_back_as_it_was() -> None:
    app = opened(seed="3", epoch="123", tab="doctor", targets="0001")
    before = link(app)
    upload(app, "theirs.npz", foreign(), Page(seed=3, epoch=123, tab="doctor", targets="0001"))
    assert app.session_state["tab"] == "watch"
    app.selectbox(key="targets").set_value("0110")
    ran(app)
    upload(app, "again.npz", foreign(), Page(targets="0110"))
    click(app, "Close the file")
    assert app.session_state["epoch"] == 123
    assert {name: value for name, value in link(app).items() if name != "epoch"} == {
        name: value for name, value in before.items() if name != "epoch"
    }


@pytest.mark.parametrize("tab", TABS[1:])
def test_a_tab_says_that_it_needs_a_run_of_this_program(tab: str) -> None:
    app = upload(opened(), "theirs.npz", foreign())
    app.session_state["tab"] = tab
    assert needs_run(tab) in texts(ran(app))


def test_another_link_closes_the_file() -> None:
    app = upload(opened(), "theirs.npz", foreign())
    app.query_params["seed"] = "5"
    assert THEIRS not in texts(ran(app))


BAD = {
    "brackets.json": (b"[" * 2**20, "must be a JSON file with arrays of numbers"),
    "nan.npz": (npz(weights_input_hidden=[[np.nan], [1]], weights_hidden_output=[[1]]), "finite"),
    "large.csv": (b" " * (MAX_BYTES + 1), "a file of at most 5 MB"),
    "late.npz": (
        npz(weights_input_hidden=[[[1], [1]]], weights_hidden_output=[[[1]]], epochs=[5]),
        "begin with 0, the initial weights",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_can_not_be_used_gets_one_sentence_in_the_dialog(name: str) -> None:
    content, part = BAD[name]
    app = upload(opened(seed="3"), name, content)
    assert [text for text in texts(app) if part in text]
    assert link(app) == {"seed": "3"}
    assert app.session_state["shared"]


def test_a_run_that_the_page_does_not_take_gets_the_sentence_of_the_page() -> None:
    whole = json.loads(write_run(trained(TrainConfig(epochs=30)), ".json"))
    whole["card"]["settings"]["learning_rate"] = 11.0
    app = upload(opened(), "run.json", json.dumps(whole).encode())
    assert "Learning rate must be a number from 0.01 to 10, not 11.0." in texts(app)
