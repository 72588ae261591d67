"""The wiring of the page: settings, link and run, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from xorviz.edit import Edit

APP = str(Path(__file__).parents[1] / "app.py")
WIDGETS = {"seed", "learning_rate", "hidden_size", "epochs", "biases", "targets"}


def opened(**link: str | list[str]) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


def link(app: AppTest) -> dict[str, str]:
    """Each parameter's only value; AppTest has it in a list after the page wrote it."""
    return {name: "".join(value) for name, value in app.query_params.items()}


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


def test_every_setting_has_a_widget_with_a_help_text_in_the_sidebar() -> None:
    sidebar = opened().sidebar
    widgets = [*sidebar.slider, *sidebar.select_slider, *sidebar.toggle, *sidebar.selectbox]
    labels = {"Seed", "Learning rate", "Hidden size", "Epochs", "Biases", "Targets"}
    assert {widget.label for widget in widgets} == labels
    assert {widget.key for widget in widgets} == WIDGETS
    assert all(widget.help.endswith(".") for widget in widgets)


def test_the_sliders_have_the_ranges_of_the_page() -> None:
    app = opened()
    ranges = {slider.label: (slider.min, slider.max) for slider in app.sidebar.slider}
    assert ranges == {"Seed": (0, 999), "Hidden size": (1, 16), "Epochs": (100, 50_000)}
    rates = app.sidebar.select_slider[0].options
    assert (rates[0], rates[-1]) == ("0.01", "10")
    assert len(app.sidebar.selectbox[0].options) == 16


def test_a_changed_setting_is_in_the_link() -> None:
    app = opened()
    app.slider(key="hidden_size").set_value(3).run()
    app.select_slider(key="learning_rate").set_value(2.0).run()
    app.toggle(key="biases").set_value(True).run()
    assert link(app) == {"lr": "2", "hidden": "3", "biases": "true"}


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
    assert opened(targets="nand").session_state["targets"] == "1110"


def test_parameters_that_are_not_ours_stay_in_the_link() -> None:
    app = opened(course="one", seed="7")
    app.slider(key="seed").set_value(8).run()
    assert link(app) == {"seed": "8", "course": "one"}


def test_one_click_goes_back_to_the_notebooks_settings() -> None:
    app = opened(seed="7", lr="x", hidden="3")
    app.sidebar.button[0].click().run()
    assert settings(app) == settings(opened())
    assert not app.query_params
    assert not app.text


@pytest.mark.parametrize("value", ["abc", "-1", "1e9", "", "42.0", "4２", "٣", "1_0", " 7"])
def test_a_bad_seed_is_told_once_and_replaced_by_the_default(value: str) -> None:
    app = opened(seed=value)
    assert not app.exception
    assert app.session_state["seed"] == 42
    (sentence,) = app.text
    assert sentence.value.startswith("Seed must be a whole number from 0 to 999, not ")
    assert sentence.value.endswith(", so the default, 42, is used.")


def test_the_sentence_stays_until_a_setting_is_changed() -> None:
    app = opened(hidden="x")
    assert len(app.run().text) == 1
    app.slider(key="seed").set_value(8).run()
    assert not app.text


def test_two_sessions_share_no_settings() -> None:
    one, other = opened(seed="1"), opened(seed="2")
    one.slider(key="hidden_size").set_value(5).run()
    other.run()
    assert (other.session_state["seed"], other.session_state["hidden_size"]) == (2, 2)


def test_a_setting_is_not_lost_to_a_request_that_still_carries_an_older_link() -> None:
    app = opened()
    app.slider(key="seed").set_value(43).run()
    del app.query_params["seed"]
    app.slider(key="hidden_size").set_value(3).run()
    assert (app.session_state["seed"], app.session_state["hidden_size"]) == (43, 3)
    assert link(app) == {"seed": "43", "hidden": "3"}


def test_a_setting_is_not_lost_to_a_button_that_is_pressed_before_the_link_is_written() -> None:
    app = opened(tab="backprop")
    app.slider(key="seed").set_value(43).run()
    del app.query_params["seed"]
    next(button for button in app.button if button.label == "Next").click().run()
    assert (app.session_state["seed"], app.session_state["epoch"]) == (43, 1)
    assert link(app) == {"seed": "43", "tab": "backprop"}


def test_going_back_to_an_older_link_brings_its_settings_back() -> None:
    app = opened()
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
    assert marked.value == "Changed on the way: x1 → h1 = 2.5 at epoch 0, h2 → ŷ = -1 at epoch 7."


def test_the_tab_that_is_open_is_in_the_link() -> None:
    app = opened(epochs="300")
    app.button_group(key="tab").set_value("backprop").run()
    assert link(app) == {"epochs": "300", "tab": "backprop"}
    app.button_group(key="tab").set_value("watch").run()
    assert link(app) == {"epochs": "300"}
    assert not app.exception


def test_going_back_to_the_notebooks_settings_drops_the_edits_and_keeps_the_tab() -> None:
    app = opened(seed="7", edits="0_x1_h1_2.5", tab="backprop")
    app.sidebar.button[0].click().run()
    assert settings(app) == settings(opened())
    assert link(app) == {"tab": "backprop"}
    assert not app.text


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
        "Changed on the way: x1 → h1 = 1 at epoch 1, x1 → h1 = 2 at epoch 2, "
        "x1 → h1 = 3 at epoch 3 and 2 more."
    )
