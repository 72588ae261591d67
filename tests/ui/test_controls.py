"""Settings that are typed, and the die, without a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.support.page import click, link, opened, ran, texts
from xorviz.settings.link import limits
from xorviz.ui import state

SHORT = {"epochs": "300"}


def field(app: AppTest, setting: str) -> str:
    return str(app.text_input(key=f"typed {setting}").value)


def typed(app: AppTest, setting: str, text: str) -> AppTest:
    app.text_input(key=f"typed {setting}").input(text)
    return ran(app)


@pytest.mark.parametrize(
    ("setting", "text", "value", "written"),
    [
        ("seed", "777", 777, "777"),
        ("seed", " 7 ", 7, "7"),
        ("learning_rate", "0,1414", 0.1414, "0.1414"),
        ("learning_rate", "3", 3.0, "3"),
        ("epochs", "1,234", 1234, "1,234"),
        ("epochs", "1234", 1234, "1,234"),
    ],
)
def test_a_typed_value_is_the_sliders_and_is_written_for_people(
    setting: str, text: str, value: float, written: str
) -> None:
    app = typed(opened(**SHORT), setting, text)
    assert app.session_state[setting] == value
    assert field(app, setting) == written
    assert limits(setting).parse(link(app)[{"learning_rate": "lr"}.get(setting, setting)]) == value
    assert not texts(app)


def test_a_slider_moves_what_its_field_shows() -> None:
    app = opened(**SHORT)
    app.slider(key="epochs").set_value(1500)
    app.select_slider(key="learning_rate").set_value(2.0)
    ran(app)
    assert (field(app, "epochs"), field(app, "learning_rate")) == ("1,500", "2")


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ("seed", "1000"),
        ("seed", "-1"),
        ("seed", "1,5"),
        ("seed", ""),
        ("learning_rate", "0"),
        ("learning_rate", "1.000,5"),
        ("learning_rate", "nan"),
        ("epochs", "10"),
        ("epochs", "<script>alert(1)</script>"),
        ("epochs", "](http://a.org) **b** $x$ :red[x]"),
    ],
)
def test_a_typed_value_that_can_not_be_used_is_one_sentence_and_changes_nothing(
    setting: str, text: str
) -> None:
    app = opened(**SHORT, seed="7")
    before, shown = app.session_state[setting], field(app, setting)
    typed(app, setting, text)
    assert texts(app) == [f"{limits(setting).error(text)}."]
    assert (app.session_state[setting], field(app, setting)) == (before, shown)
    assert link(app) == {**SHORT, "seed": "7"}
    app.slider(key="hidden_size").set_value(3)
    assert not texts(ran(app))


def test_a_sentence_about_a_typed_value_goes_where_the_reader_goes_back() -> None:
    app = typed(opened(**SHORT), "seed", "x")
    assert texts(app)
    app.query_params["seed"] = "9"
    assert not texts(ran(app))


def test_a_setting_that_is_left_out_has_no_field() -> None:
    app = opened(**SHORT, hide="seed,lr")
    assert [str(field.key) for field in app.sidebar.text_input] == ["typed epochs"]
    assert [button.label for button in app.sidebar.button] == []


def test_the_die_changes_the_seed_alone() -> None:
    app = click(opened(**SHORT, lr="2", seed="7"), "Draw")
    seed = app.session_state["seed"]
    assert seed in range(1000)
    assert seed != 7
    assert field(app, "seed") == str(seed)
    assert link(app) == {**SHORT, "lr": "2", "seed": str(seed)}


@given(present=st.integers(0, 999), drawn=st.integers(0, 998))
def test_the_die_draws_any_seed_but_the_present_one(present: int, drawn: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        kept: dict[str, object] = {}
        patch.setattr(state, "choice", lambda seeds: seeds[drawn])
        patch.setattr(state.session, "get", lambda *_: present)
        patch.setattr(state.session, "put", kept.update)
        patch.setattr(state, "page", lambda: state.Page(seed=present))
        patch.setattr(state.session, "put", lambda **values: kept.update(values))
        state.draw_seed()
    assert kept["seed"] == drawn + (drawn >= present)
