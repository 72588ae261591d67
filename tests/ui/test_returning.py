"""What the widgets of a page hold that is older than its session."""

from types import SimpleNamespace

import pytest

from tests.support.page import link, opened, texts
from tests.support.runs import ALL_OTHER
from xorviz.settings.link import read
from xorviz.settings.page import Page
from xorviz.ui import returning, session

SENT = {
    "seed": SimpleNamespace(data=[7.0]),
    "learning_rate": SimpleNamespace(data=["2.5"]),
    "hidden_size": SimpleNamespace(data=[3.0]),
    "epochs": SimpleNamespace(data=[300.0]),
    "biases": True,
    "targets": "0 0 1 0",
    "ghosts": True,
    "tab": SimpleNamespace(data=["Compare"]),
}
"""The value of each widget as the browser sends it."""


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the browser sent."""
    sent = dict[str, object](SENT)
    monkeypatch.setattr(session, "brought", lambda: sent)
    return sent


def test_every_setting_of_the_sidebar_and_the_tab_are_brought_back(
    brought: dict[str, object],
) -> None:
    page, problems = read(returning.parameters())
    assert not problems
    assert brought.keys() == returning.WIDGETS.keys()
    assert page == Page(
        **{**vars(ALL_OTHER), "edits": (), "mistake": "", "ghosts": True, "tab": "compare"}
    )


def test_a_number_of_a_slider_has_all_its_digits(brought: dict[str, object]) -> None:
    brought["learning_rate"] = SimpleNamespace(data=[0.12345678])
    assert returning.parameters()["lr"] == ["0.12345678"]


def test_a_gate_is_brought_back_by_its_digits(brought: dict[str, object]) -> None:
    brought["targets"] = "XNOR: 1 0 0 1"
    assert returning.parameters()["targets"] == ["1001"]


def test_a_number_that_no_slider_has_is_left_to_the_link(brought: dict[str, object]) -> None:
    brought["seed"] = SimpleNamespace(data=[float("nan")])
    brought["epochs"] = SimpleNamespace(data=[])
    _, problems = read(returning.parameters())
    assert [problem.error.label for problem in problems] == ["Seed", "Epochs"]


def test_the_playhead_is_where_it_rests_and_moves_by_hand_belong_to_the_epoch_of_the_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session, "brought", lambda: {"stage": '{"rest": ["", 42, 1]}'})
    app = opened(tab="hands", epochs="300", epoch="40", hands="x1_h1_4~step")
    assert app.session_state["epoch"] == 42
    assert "hands" not in link(app)
    left = "1 move and 1 update of gradient descent from epoch 40 are taken back."
    assert f"You went on to another state, so {left}" in texts(app)


def test_moves_by_hand_do_not_go_over_to_another_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "brought", lambda: {"seed": SimpleNamespace(data=[7.0])})
    app = opened(tab="hands", epochs="300", epoch="40", hands="x1_h1_4")
    assert link(app) == {"tab": "hands", "epochs": "300", "seed": "7"}
    assert "You went on to another state, so 1 move from epoch 40 is taken back." in texts(app)
