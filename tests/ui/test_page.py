"""The wiring of the page: settings, link and run, without a browser."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.support.page import link, opened, ran
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.pool.worker import LostError
from xorviz.sentences.heading import heading_text, heading_title
from xorviz.settings.link import RUN_PARAMETERS, TABS, limits, run_query
from xorviz.ui import runs, stage, state

KEYS = {
    "seed": "seed",
    "lr": "learning_rate",
    "hidden": "hidden_size",
    "epochs": "epochs",
    "biases": "biases",
    "targets": "targets",
}
"""The key of each setting's widget, by the setting's parameter in links."""
WIDGETS = set(KEYS.values())
SIDEBAR = WIDGETS | {"ghosts"}


def pins_in_link(app: AppTest) -> list[str]:
    """The values of the link's parameter `pin`."""
    given = app.query_params.get("pin", [])
    return [given] if isinstance(given, str) else list(given)


def go(app: AppTest, **changes: str | list[str] | None) -> AppTest:
    """Change the link as another one in the history does: None takes a parameter out."""
    for name, value in changes.items():
        if value is None:
            del app.query_params[name]
        else:
            app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def widgets(app: AppTest) -> set[str]:
    """Keys of the settings that the page offers."""
    sidebar = app.sidebar
    every = (*sidebar.slider, *sidebar.select_slider, *sidebar.toggle, *sidebar.selectbox)
    return {str(widget.key) for widget in every}


def tabs(app: AppTest) -> list[str]:
    """The tabs that the page offers, none where it offers no choice."""
    groups = [group for group in app.button_group if group.key == "tab"]
    return [option for group in groups for option in group.options]


def resets(app: AppTest) -> list[str]:
    """The buttons that go back to the notebook's settings."""
    return [button.label for button in app.sidebar.button if button.label == RESET]


def heading(app: AppTest) -> str:
    (only,) = [text.value for text in app.markdown if text.value.startswith("####")]
    return str(only)


def settings(app: AppTest) -> dict[str, object]:
    return {name: app.session_state[name] for name in WIDGETS}


def test_the_page_opens_on_the_notebooks_settings_and_a_clean_link() -> None:
    app = opened()
    assert not app.exception
    assert not app.query_params
    assert settings(app) == {
        "seed": 42,
        "learning_rate": 0.5,
        "hidden_size": 2,
        "epochs": 10_000,
        "biases": False,
        "targets": "0110",
    }


def test_the_one_heading_of_the_page_follows_the_truth_table() -> None:
    app = opened(epochs="300")
    assert [title.value for title in app.title] == [heading_title("0110")]
    app.selectbox(key="targets").set_value("0001")
    assert [title.value for title in ran(app).title] == [heading_title("0001")]
    assert heading_text("0001") in [text.value for text in app.markdown]


@pytest.mark.parametrize("hide", ["controls", "controls,tabs,verdict"])
def test_a_page_without_settings_says_what_it_is(hide: str) -> None:
    app = opened(epochs="300", targets="0001", hide=hide)
    assert [title.value for title in app.title] == [heading_title("0001")]


def test_a_page_that_leaves_the_targets_out_does_not_name_them_in_its_heading() -> None:
    app = opened(epochs="300", targets="0001", hide="targets")
    assert [title.value for title in app.title] == [heading_title(None)]
    assert heading_text(None) in [text.value for text in app.markdown]


def test_every_setting_has_a_widget_with_a_help_text_in_the_sidebar() -> None:
    sidebar = opened().sidebar
    widgets = [*sidebar.slider, *sidebar.select_slider, *sidebar.toggle, *sidebar.selectbox]
    labels = {"Seed", "Learning rate", "Hidden size", "Epochs", "Biases", "Targets"}
    assert {widget.label for widget in widgets} == {*labels, "Keep the curves before"}
    assert {widget.key for widget in widgets} == SIDEBAR
    assert all(widget.help.endswith(".") for widget in widgets)


def test_the_sliders_have_the_ranges_of_the_page() -> None:
    app = opened()
    ranges = {slider.label: (slider.min, slider.max) for slider in app.sidebar.slider}
    assert ranges == {"Seed": (0, 999), "Hidden size": (1, 16), "Epochs": (100, 50_000)}
    rates = app.sidebar.select_slider[0].options
    assert (rates[0], rates[-1]) == ("0.01", "10")
    assert len(app.sidebar.selectbox[0].options) == 16


def test_a_link_may_have_commas_in_its_numbers_and_is_then_written_without() -> None:
    app = opened(epochs="1,200", lr="0,1414")
    assert not app.text
    assert (app.session_state["epochs"], app.session_state["learning_rate"]) == (1200, 0.1414)
    assert link(app) == {"epochs": "1200", "lr": "0.1414"}


def test_a_changed_setting_is_in_the_link() -> None:
    app = opened(epochs="300")
    app.slider(key="hidden_size").set_value(3).run()
    app.select_slider(key="learning_rate").set_value(2.0).run()
    app.toggle(key="biases").set_value(True).run()
    assert link(app) == {"lr": "2", "hidden": "3", "epochs": "300", "biases": "true"}


def test_a_link_is_taken_over_and_stays_as_it_is() -> None:
    given = {"seed": "7", "lr": "0.123", "hidden": "3", "epochs": "5050", "targets": "0010"}
    app = opened(**given, biases="true")
    assert settings(app) == {
        "seed": 7,
        "learning_rate": 0.123,
        "hidden_size": 3,
        "epochs": 5050,
        "biases": True,
        "targets": "0010",
    }
    assert link(app) == {**given, "biases": "true"}


def test_a_gate_may_be_given_by_its_name() -> None:
    assert opened(targets="nand", epochs="300").session_state["targets"] == "1110"


def test_parameters_that_are_not_ours_stay_in_the_link() -> None:
    app = opened(course="one", seed="7", epochs="300")
    app.slider(key="seed").set_value(8).run()
    assert link(app) == {"seed": "8", "epochs": "300", "course": "one"}


def test_one_click_goes_back_to_the_notebooks_settings() -> None:
    app = opened(seed="7", lr="x", hidden="3", epochs="300")
    app.sidebar.button[-1].click().run()
    assert settings(app) == settings(opened())
    assert not app.query_params
    assert not app.text


@pytest.mark.parametrize("value", ["abc", "-1", "", "42.0", "4２"])
def test_a_bad_seed_is_told_once_and_replaced_by_the_default(value: str) -> None:
    app = opened(seed=value)
    assert not app.exception
    assert app.session_state["seed"] == 42
    (sentence,) = app.text
    assert sentence.value.startswith("Seed must be a whole number from 0 to 999, not ")
    assert sentence.value.endswith(", so the default, 42, is used.")


BAD_SETTINGS: list[dict[str, tuple[str | list[str], str]]] = [
    {
        "seed": ("abc", "Seed must be a whole number from 0 to 999, not 'abc'"),
        "lr": ("nan", "Learning rate must be a number from 0.01 to 10, not 'nan'"),
        "hidden": ("999", "Hidden size must be a whole number from 1 to 16, not '999'"),
        "epochs": ("", "Epochs must be a whole number from 100 to 50,000, not ''"),
        "targets": (
            "01x0",
            "Targets must be four digits 0 or 1, such as 0110, or one of XOR, AND, OR, NAND, NOR, "
            "XNOR, not '01x0'",
        ),
    },
    {
        "seed": ("1e9", "Seed must be a whole number from 0 to 999, not '1e9'"),
        "lr": (["1", "2"], "Learning rate must be given once, not 2 times"),
    },
    {"lr": ("0", "Learning rate must be a number from 0.01 to 10, not '0'")},
]
"""What links say wrongly, and the start of the sentence about it."""
DEFAULTS = {"seed": "42", "lr": "0.5", "hidden": "2", "epochs": "10,000", "targets": "0110"}


@pytest.mark.parametrize("bad", BAD_SETTINGS)
def test_each_bad_setting_of_a_link_gets_one_sentence_and_the_default_and_good_ones_survive(
    bad: dict[str, tuple[str | list[str], str]],
) -> None:
    app = opened(biases="true", **{name: value for name, (value, _) in bad.items()})
    assert not app.exception
    assert [text.value for text in app.text] == [
        f"{problem}, so the default, {DEFAULTS[name]}, is used."
        for name, (_, problem) in bad.items()
    ]
    assert settings(app) == {**settings(opened()), "biases": True}


def test_the_sentence_stays_until_a_setting_is_changed() -> None:
    app = opened(hidden="x", epochs="300")
    assert len(app.run().text) == 1
    app.slider(key="seed").set_value(8).run()
    assert not app.text


def test_two_sessions_share_no_settings() -> None:
    one, other = opened(seed="1", epochs="300"), opened(seed="2", epochs="300")
    one.slider(key="hidden_size").set_value(5).run()
    other.run()
    assert (other.session_state["seed"], other.session_state["hidden_size"]) == (2, 2)


def test_a_setting_is_not_lost_to_a_request_that_still_carries_an_older_link() -> None:
    app = opened(epochs="300")
    app.slider(key="seed").set_value(43).run()
    del app.query_params["seed"]
    app.slider(key="hidden_size").set_value(3).run()
    assert (app.session_state["seed"], app.session_state["hidden_size"]) == (43, 3)
    assert link(app) == {"seed": "43", "hidden": "3", "epochs": "300"}


def test_a_setting_is_not_lost_to_a_button_that_is_pressed_before_the_link_is_written() -> None:
    app = opened(tab="backprop", epochs="300")
    app.slider(key="seed").set_value(43).run()
    del app.query_params["seed"]
    next(button for button in app.button if button.label == "Next").click().run()
    assert (app.session_state["seed"], app.session_state["epoch"]) == (43, 1)
    assert link(app) == {"seed": "43", "epochs": "300", "tab": "backprop"}


def test_going_back_to_an_older_link_brings_its_settings_back() -> None:
    app = opened(epochs="300")
    app.slider(key="seed").set_value(43).run()
    del app.query_params["seed"]
    assert app.run().session_state["seed"] == 42


def test_a_links_edits_and_tab_are_taken_over_and_stay_as_they_are() -> None:
    given = {"epochs": "300", "edits": "0_x1_h1_2.5~7_h2_y_-1.0", "tab": "backprop"}
    app = opened(**given)
    assert not app.exception
    assert app.session_state["edits"] == (Edit(0, "x1 → h1", 2.5), Edit(7, "h2 → ŷ", -1.0))
    assert app.session_state["tab"] == "backprop"
    assert link(app) == given
    (marked,) = app.text
    assert marked.value == "Edits by hand: x1 → h1 = 2.5 at epoch 0, h2 → ŷ = −1 at epoch 7."


def test_the_tab_that_is_open_is_in_the_link() -> None:
    app = opened(epochs="300")
    app.button_group(key="tab").set_value("backprop").run()
    assert link(app) == {"epochs": "300", "tab": "backprop"}
    app.button_group(key="tab").set_value("watch").run()
    assert link(app) == {"epochs": "300"}
    assert not app.exception


def test_going_back_to_the_notebooks_settings_drops_the_edits_and_keeps_the_tab() -> None:
    app = opened(seed="7", edits="0_x1_h1_2.5", tab="backprop", epochs="300")
    app.sidebar.button[-1].click().run()
    assert settings(app) == settings(opened())
    assert link(app) == {"tab": "backprop"}
    assert not app.text


def test_a_setting_that_a_link_replaced_can_be_chosen_again_before_the_link_is_new() -> None:
    app = opened(seed="3", epochs="300")
    app.slider(key="seed").set_value(5)
    ran(app)
    go(app, seed="3")
    app.slider(key="seed").set_value(4)
    ran(app)
    app.query_params["seed"] = "3"  # the browser does not have the link with 4 yet
    app.slider(key="seed").set_value(5)
    assert link(ran(app))["seed"] == "5"


def test_a_run_that_kills_its_processes_is_told_and_leaves_the_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lose(*_: object) -> NoReturn:
        raise LostError

    with monkeypatch.context() as patch:
        patch.setattr(runs, "scene", lose)
        app = opened(seed="21", epochs="300")
    assert not app.exception
    assert [text.value for text in app.text] == [
        "The server stopped the computation of this run. Try another setting."
    ]
    app.slider(key="seed").set_value(22)
    assert not ran(app).text


def test_going_back_to_an_older_link_takes_its_edits_back() -> None:
    app = opened(epochs="300", edits="0_x1_h1_2.5")
    app.query_params["edits"] = "0_x1_h1_3"
    assert app.run().session_state["edits"] == (Edit(0, "x1 → h1", 3.0),)
    del app.query_params["edits"]
    assert app.run().session_state["edits"] == ()
    assert not app.text


def test_a_long_list_of_edits_is_told_by_its_first_three() -> None:
    edits = "~".join(f"{epoch}_x1_h1_{epoch}" for epoch in range(1, 6))
    (marked,) = opened(epochs="300", edits=edits).text
    assert marked.value == (
        "Edits by hand: x1 → h1 = 1 at epoch 1, x1 → h1 = 2 at epoch 2, "
        "x1 → h1 = 3 at epoch 3 and 2 more."
    )


RESET = "Back to the notebook's settings"


@pytest.mark.parametrize("name", RUN_PARAMETERS)
def test_a_hidden_setting_has_no_widget_and_every_other_one_has(name: str) -> None:
    app = opened(hide=name, epochs="300")
    assert not app.exception
    assert widgets(app) == SIDEBAR - {KEYS[name]}
    assert not resets(app)  # it would change what is hidden
    assert link(app) == {"hide": name, "epochs": "300"}


def test_the_whole_sidebar_can_be_hidden() -> None:
    app = opened(hide="controls", seed="7", epochs="300")
    assert not widgets(app)
    assert not resets(app)
    assert not app.sidebar.header
    assert (app.session_state["seed"], app.session_state["epochs"]) == (7, 300)


@pytest.mark.parametrize("hide", ["atlas", "tabs", "weights,verdict,share"])
def test_the_way_back_to_the_notebook_is_there_where_no_setting_is_hidden(hide: str) -> None:
    app = opened(hide=hide, seed="7", epochs="300")
    assert resets(app) == [RESET]
    app.sidebar.button[-1].click().run()
    assert settings(app) == settings(opened())
    assert link(app) == {"hide": hide}


def test_hidden_tabs_are_not_offered_and_all_can_be_hidden() -> None:
    everything = [name.capitalize() for name in TABS]
    assert tabs(opened(epochs="300")) == everything
    assert tabs(opened(epochs="300", hide="hands,atlas,doctor,landscape")) == [
        "Watch",
        "Backprop",
        "Compare",
        "Check",
    ]
    assert tabs(
        opened(epochs="300", hide="backprop,hands,atlas,doctor,landscape,compare,check")
    ) == ["Watch"]
    assert tabs(opened(epochs="300", hide="tabs")) == []


def test_the_tab_that_a_link_opens_is_offered_though_it_is_hidden_until_another_is_open() -> None:
    app = opened(tab="backprop", hide="backprop,doctor", epochs="300")
    assert tabs(app) == ["Watch", "Backprop", "Hands", "Atlas", "Landscape", "Compare", "Check"]
    assert heading(app) == "#### The step from epoch 0 to 1"
    app.button_group(key="tab").set_value("watch").run()
    assert not app.exception
    app.run()
    assert tabs(app) == ["Watch", "Hands", "Atlas", "Landscape", "Compare", "Check"]
    assert link(app) == {"hide": "backprop,doctor", "epochs": "300"}


def test_the_tab_that_a_link_opens_is_open_where_no_tabs_are_offered() -> None:
    app = opened(tab="backprop", hide="tabs", epochs="300")
    assert tabs(app) == []
    assert heading(app) == "#### The step from epoch 0 to 1"
    app.slider(key="seed").set_value(7).run()
    assert heading(app) == "#### The step from epoch 0 to 1"
    assert link(app) == {"seed": "7", "epochs": "300", "tab": "backprop", "hide": "tabs"}


ALL_SET = {
    "seed": "7",
    "lr": "0.123",
    "hidden": "3",
    "epochs": "300",
    "biases": "true",
    "targets": "0010",
}
OPENED = {
    "seed": 7,
    "learning_rate": 0.123,
    "hidden_size": 3,
    "epochs": 300,
    "biases": True,
    "targets": "0010",
}


@pytest.mark.parametrize("hide", [*RUN_PARAMETERS, "lr,epochs,targets"])
def test_hidden_settings_keep_their_values_when_others_are_moved(hide: str) -> None:
    app = opened(**ALL_SET, hide=hide)
    key, value = ("hidden_size", 4) if "seed" in hide else ("seed", 8)
    for again in (value, value + 1):
        app.slider(key=key).set_value(again).run()
        assert not app.exception
        assert settings(app) == {**OPENED, key: again}
    name = {setting: name for name, setting in KEYS.items()}[key]
    assert link(app) == {**ALL_SET, "hide": hide, name: str(value + 1)}


def test_a_setting_keeps_its_value_while_it_is_hidden_and_shown_by_other_links() -> None:
    app = opened(**ALL_SET)
    app.slider(key="seed").set_value(9).run()
    app.toggle(key="biases").set_value(False).run()
    now = {**OPENED, "seed": 9, "biases": False}
    for hide in ("seed,biases", None, "controls", "lr,targets", None):
        go(app, hide=hide)
        for _ in range(2):
            assert settings(app.run()) == now
        if hide != "controls":
            now["hidden_size"] = 1 + int(str(now["hidden_size"])) % 16
            app.slider(key="hidden_size").set_value(now["hidden_size"]).run()
        assert not app.exception
        assert settings(app) == now
    assert widgets(app) == SIDEBAR
    assert app.slider(key="seed").value == 9
    assert app.toggle(key="biases").value is False
    assert app.select_slider(key="learning_rate").value == 0.123


def test_what_was_moved_while_settings_were_hidden_survives_their_return() -> None:
    app = opened(hide="seed", epochs="300")
    app.slider(key="hidden_size").set_value(5).run()
    go(app, hide="hidden", seed="3")
    assert settings(app) == {**settings(opened(seed="3", epochs="300")), "hidden_size": 5}
    go(app, hide=None)
    assert (app.slider(key="seed").value, app.slider(key="hidden_size").value) == (3, 5)


def test_a_tab_stays_open_while_the_tabs_come_and_go() -> None:
    app = opened(tab="backprop", epochs="300")
    for hide in ("tabs", None, "backprop", "tabs"):
        go(app, hide=hide)
        assert app.run().session_state["tab"] == "backprop"
        assert not app.exception


PINS = (TrainConfig(7, 2.0, epochs=300), TrainConfig(), TrainConfig(8, epochs=300, biases=True))
PINNED = [run_query(run) for run in PINS]


def click(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    button.click().run()
    assert not app.exception
    return app


def test_the_pins_of_a_link_are_taken_over_and_stay_as_they_are_in_any_tab() -> None:
    app = opened(pin=PINNED, epochs="300")
    assert not app.exception
    assert app.session_state["pins"] == PINS
    app.slider(key="seed").set_value(3).run()
    app.button_group(key="tab").set_value("compare").run()
    app.button_group(key="tab").set_value("watch").run()
    assert app.session_state["pins"] == PINS
    assert pins_in_link(app) == PINNED
    assert list(app.query_params) == ["seed", "epochs", "pin"]
    assert not app.text


def test_a_run_that_is_pinned_or_removed_is_in_the_link_or_gone_from_it() -> None:
    app = opened(tab="compare", epochs="300")
    click(app, "Pin this run")
    assert pins_in_link(app) == ["epochs=300"]
    app.slider(key="seed").set_value(3).run()
    click(app, "Pin this run")
    assert pins_in_link(app) == ["epochs=300", "seed=3&epochs=300"]
    app.button(key="remove 0").click().run()
    assert pins_in_link(app) == ["seed=3&epochs=300"]
    app.button(key="remove 0").click().run()
    assert link(app) == {"seed": "3", "epochs": "300", "tab": "compare"}
    assert not app.exception


def test_a_link_with_pins_opens_in_another_session_what_was_pinned() -> None:
    app = opened(tab="compare", edits="7_x1_h1_2.5", epochs="300")
    click(app, "Pin this run")
    app.sidebar.button[-1].click().run()
    click(app, "Pin this run")
    other = opened(tab="compare", pin=pins_in_link(app))
    pinned = TrainConfig(epochs=300, edits=(Edit(7, "x1 → h1", 2.5),))
    assert other.session_state["pins"] == app.session_state["pins"] == (pinned, TrainConfig())


def test_going_back_brings_the_pins_back_that_were_there_then() -> None:
    app = opened(tab="compare", epochs="300")
    click(app, "Pin this run")
    go(app, pin=None)
    assert app.session_state["pins"] == ()
    go(app, pin=PINNED)
    assert app.session_state["pins"] == PINS
    go(app, pin=PINNED[1:])
    assert app.session_state["pins"] == PINS[1:]
    assert pins_in_link(app) == PINNED[1:]


def test_a_pin_that_can_not_be_used_is_told_and_the_others_are_taken() -> None:
    app = opened(pin=["seed=7&epochs=300", "seed=x", "seed=7&epochs=300"], epochs="300")
    assert not app.exception
    assert app.session_state["pins"] == (TrainConfig(7, epochs=300),)
    assert [text.value for text in app.text] == [
        "Pinned run 2 is left out: Seed must be a whole number from 0 to 999, not 'x'.",
        "Pinned run 3 is left out: it must be a run that is not pinned yet, not "
        "'seed=7&epochs=300'.",
    ]
    assert pins_in_link(app) == ["seed=7&epochs=300"]


def test_the_epoch_of_a_link_is_the_one_whose_step_is_laid_open() -> None:
    app = opened(tab="backprop", epochs="300", epoch="123")
    assert heading(app) == "#### The step from epoch 123 to 124"
    app = opened(epochs="300", epoch="123")
    app.button_group(key="tab").set_value("backprop").run()
    assert heading(app) == "#### The step from epoch 123 to 124"
    assert not app.exception


def test_going_back_to_a_link_with_an_epoch_goes_to_that_epoch() -> None:
    app = opened(tab="backprop", epochs="300")
    go(app, seed="7", epoch="42")
    assert heading(app) == "#### The step from epoch 42 to 43"
    go(app, seed=None, epoch="7")
    assert heading(app) == "#### The step from epoch 7 to 8"
    go(app, seed="7", epoch=None)  # says nothing of where the playhead is
    assert heading(app) == "#### The step from epoch 7 to 8"


def test_what_the_stage_writes_into_the_link_opens_nothing_anew() -> None:
    app = opened(tab="backprop", epochs="300")
    view = {"epoch": "42", "speed": "2", "loss": "half"}
    go(app, **view)
    assert heading(app) == "#### The step from epoch 0 to 1"
    assert app.session_state["openings"] == 1
    assert link(app) == {"tab": "backprop", "epochs": "300", **view}


def test_what_the_stage_wrote_is_not_said_of_another_run() -> None:
    app = opened(epochs="300", epoch="42", speed="2", axis="log", course="one")
    app.slider(key="seed").set_value(8).run()
    assert link(app) == {"seed": "8", "epochs": "300", "course": "one"}


BAD_VIEW = {
    "epoch": ("301", "Epoch must be a whole number from 0 to 300", "it is ignored"),
    "play": ("maybe", "Play must be true or false", "it is ignored"),
    "speed": ("3", f"Speed must be {limits('speed').allowed}", "the default, 1, is used"),
    "loss": ("huber", "Loss must be one of mean, half", "the default, mean, is used"),
    "axis": ("cubic", "Axis must be one of linear, log", "the default, linear, is used"),
}


def test_what_a_link_says_wrongly_of_the_view_is_told_and_left_out() -> None:
    app = opened(epochs="300", hide="x", **{name: text for name, (text, *_) in BAD_VIEW.items()})
    assert not app.exception
    hide, *sentences = [text.value for text in app.text]
    assert hide.startswith("Hide must be any of controls, seed,")
    assert hide.endswith(", not 'x', which is ignored.")
    assert sentences == [
        f"{problem}, not '{text}', so {instead}." for text, problem, instead in BAD_VIEW.values()
    ]
    assert "The link has values that can't be used:" in [text.value for text in app.caption]
    assert app.session_state["epoch"] == 0
    assert widgets(app) == SIDEBAR
    app.slider(key="seed").set_value(8).run()
    assert not app.text


@pytest.fixture
def click_edge(monkeypatch: pytest.MonkeyPatch) -> Callable[[AppTest, str, int], AppTest]:
    """Click an edge of the network at an epoch.

    A button stands for the stage, as AppTest knows no components: it puts a choice into
    the session, where the stage's own callback reads it.
    """
    choice: list[Any] = ["", 0, 0]

    def show(_content: bytes) -> None:
        def choose() -> None:
            st.session_state["stage"] = SimpleNamespace(choice=list(choice))
            state.adopt_choice()

        st.button("The stage", on_click=choose)

    def choose_edge(app: AppTest, name: str, epoch: int) -> AppTest:
        choice[:] = [name, epoch, choice[2] + 1]
        return click(app, "The stage")

    monkeypatch.setattr(stage, "show", show)
    return choose_edge


def test_an_edge_opens_its_step(click_edge: Callable[[AppTest, str, int], AppTest]) -> None:
    app = click_edge(opened(epochs="300", hide="atlas"), "h1 → ŷ", 42)
    assert heading(app) == "#### The step from epoch 42 to 43"
    assert app.session_state["weight"] == "h1 → ŷ"
    expected = {"epochs": "300", "tab": "backprop", "weight": "h1_y", "hide": "atlas"}
    assert link(app) == expected


@pytest.mark.parametrize("hide", ["tabs", "backprop", "backprop,atlas"])
def test_an_edge_opens_no_tab_that_is_hidden(
    hide: str, click_edge: Callable[[AppTest, str, int], AppTest]
) -> None:
    app = click_edge(opened(epochs="300", hide=hide), "h1 → ŷ", 42)
    assert app.session_state["tab"] == "watch"
    assert not app.expander
    assert link(app) == {"epochs": "300", "hide": hide}


def test_an_edge_is_chosen_in_the_open_tab_though_it_is_hidden(
    click_edge: Callable[[AppTest, str, int], AppTest],
) -> None:
    app = click_edge(opened(tab="backprop", epochs="300", hide="tabs"), "h1 → ŷ", 42)
    assert heading(app) == "#### The step from epoch 42 to 43"
    assert app.selectbox(key="weight").value == "h1 → ŷ"


def test_the_weight_and_the_input_that_are_looked_at_are_in_the_link() -> None:
    app = opened(tab="backprop", epochs="300", weight="h1_y", input="all")
    assert app.selectbox(key="weight").value == "h1 → ŷ"
    assert app.button_group(key="row").value == "all"
    app.selectbox(key="weight").select("x1 → h2").run()
    app.button_group(key="row").set_value("11").run()
    assert link(app) == {"tab": "backprop", "epochs": "300", "weight": "x1_h2", "input": "11"}


def test_a_weight_goes_from_the_link_with_its_unit() -> None:
    app = opened(tab="backprop", epochs="300", hidden="3", weight="h3_y")
    app.slider(key="hidden_size").set_value(2).run()
    assert not app.exception
    assert link(app) == {"tab": "backprop", "epochs": "300"}
