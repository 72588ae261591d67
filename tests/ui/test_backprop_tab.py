"""The tab Backprop, without a browser: the step that is shown, and what a reader does to it."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.support.page import NO_NUMBERS, click, link, opened, ran, texts, type_epoch
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.numbers import with_minus
from xorviz.core.truth_table import ROW_NAMES
from xorviz.settings.link import run_query
from xorviz.step import latex
from xorviz.step.chain import chain
from xorviz.step.step import Step, open_step
from xorviz.ui.tabs.sections import SECTIONS
from xorviz.ui.typeset import markdown

SHORT = {"tab": "backprop", "epochs": "300", "lr": "2", "input": "01"}
SHORT_RUN = TrainConfig(epochs=300, learning_rate=2)
SOLVED = (
    "0_x1_h1_20~0_x2_h1_20~0_1_h1_-10"  # OR
    "~0_x1_h2_20~0_x2_h2_20~0_1_h2_-30"  # AND
    "~0_h1_y_40~0_h2_y_-40~0_1_y_-20"  # OR but not AND
)
NO_EPOCHS = [*NO_NUMBERS, "-1", "301", "1.5", "3e2"]


def on_the_tab(**more: str | list[str]) -> AppTest:
    app = opened(**{**SHORT, **more})
    assert not app.exception
    return app


def choose(app: AppTest, name: str) -> AppTest:
    app.selectbox(key="weight").select(name)
    return ran(app)


def predict(app: AppTest, name: str, text: str) -> AppTest:
    app.text_input(key=f"prediction {app.session_state['epoch']} {name}").input(text)
    return click(app, "Check")


def edit(app: AppTest, name: str, text: str) -> AppTest:
    app.text_input(key=f"edit {app.session_state['epoch']} {name}").input(text)
    return click(app, "Continue with this value")


def veiled(app: AppTest, name: str) -> AppTest:
    choose(app, name)
    app.toggle(key="veil").set_value(True)
    return ran(app)


def heading(app: AppTest) -> str:
    (only,) = [text.value for text in app.markdown if text.value.startswith("####")]
    return str(only)


def formulas(app: AppTest) -> str:
    return "\n".join(block.value for block in app.markdown if "\\displaystyle" in block.value)


def tables(app: AppTest) -> str:
    """The tables that the tab shows as HTML."""
    return "\n".join(element.proto.body for element in app.get("html"))


def badge(app: AppTest) -> str:
    (only,) = [text.value for text in app.markdown if "-badge[" in text.value]
    return str(only)


def page_text(app: AppTest) -> str:
    """Everything the server sends of the page's elements but the charts: tooltips too."""
    return "\n".join(str(getattr(element, "proto", "")) for element in app.main)


def step_of(config: TrainConfig, epoch: int) -> Step:
    return open_step(config, trained(config).state(epoch), epoch)


def is_shown(app: AppTest, step: Step, rows: list[int]) -> bool:
    """Whether the page has all formulas of this step."""
    shown = formulas(app)
    return all(
        line in shown
        for _, _, beats, _ in SECTIONS
        for section in beats.values()
        for part in section(step, rows)
        for line in part.lines
    )


def test_a_link_to_the_tab_opens_it_on_the_first_step() -> None:
    app = on_the_tab()
    assert heading(app) == "#### The step from epoch 0 to 1"
    assert app.session_state["epoch"] == 0
    assert is_shown(app, step_of(SHORT_RUN, 0), [1])
    assert link(app) == SHORT
    assert not app.text


def test_the_page_opens_without_the_tab_which_one_click_opens() -> None:
    app = opened(epochs="300", lr="2", input="01")
    assert not formulas(app)
    app.button_group(key="tab").set_value("backprop")
    ran(app)
    assert is_shown(app, step_of(SHORT_RUN, 0), [1])
    assert link(app) == SHORT


def test_next_and_previous_move_by_exactly_one_epoch() -> None:
    app = on_the_tab()
    for epoch, label in ((1, "Next"), (2, "Next"), (3, "Next"), (2, "Previous"), (1, "Previous")):
        click(app, label)
        assert app.session_state["epoch"] == epoch
        assert heading(app) == f"#### The step from epoch {epoch} to {epoch + 1}"
        assert is_shown(app, step_of(SHORT_RUN, epoch), [1])


def test_there_is_no_way_beyond_the_first_and_the_last_state() -> None:
    app = on_the_tab()
    disabled = {button.label: button.disabled for button in app.button}
    assert (disabled["Previous"], disabled["Next"]) == (True, False)
    type_epoch(app, "300")
    disabled = {button.label: button.disabled for button in app.button}
    assert (disabled["Previous"], disabled["Next"]) == (False, True)
    assert any(caption.value.startswith("The run ends here") for caption in app.caption)
    assert is_shown(app, step_of(SHORT_RUN, 300), [1])


def test_the_numbers_of_the_step_can_be_downloaded() -> None:
    (button,) = on_the_tab().get("download_button")
    assert button.label == "Download this step as CSV"


def test_a_typed_epoch_is_gone_to() -> None:
    app = on_the_tab()
    for text, epoch in {"17": 17, " 300 ": 300, "0": 0, "0042": 42}.items():
        type_epoch(app, text)
        assert app.session_state["epoch"] == epoch
        assert not app.text
        assert is_shown(app, step_of(SHORT_RUN, epoch), [1])


@pytest.fixture(scope="module")
def at_epoch_7() -> AppTest:
    """A page whose every case leaves it at epoch 7."""
    return type_epoch(on_the_tab(), "7")


@pytest.mark.parametrize("text", NO_EPOCHS, ids=lambda text: text[:20])
def test_what_is_no_epoch_of_the_run_gets_one_sentence_and_the_page_stays(
    at_epoch_7: AppTest, text: str
) -> None:
    app = type_epoch(at_epoch_7, text)
    (sentence,) = texts(app)
    assert sentence.startswith("Epoch must be a whole number from 0 to 300, not ")
    assert len(sentence) < 110
    assert app.session_state["epoch"] == 7
    assert heading(app) == "#### The step from epoch 7 to 8"
    assert "script" not in "".join(markdown.value for markdown in app.markdown)


def test_a_sentence_about_an_epoch_goes_with_the_step() -> None:
    app = type_epoch(type_epoch(on_the_tab(), "7"), "abc")
    assert texts(app)
    click(app, "Next")
    assert app.session_state["epoch"] == 8
    assert not app.text


def test_an_epoch_beyond_a_run_made_shorter_becomes_its_last() -> None:
    app = type_epoch(on_the_tab(), "300")
    app.slider(key="epochs").set_value(200)
    ran(app)
    assert heading(app) == "#### The step from epoch 200 to 201"


def test_a_chosen_weight_shows_its_chain_and_nothing_else() -> None:
    app = on_the_tab(biases="true")
    step = step_of(TrainConfig(epochs=300, learning_rate=2, biases=True), 0)
    for name in ("x1 → h1", "x2 → h2", "h2 → ŷ", "1 → h1", "1 → ŷ"):
        choose(app, name)
        parts = [*latex.chain_rule(step, [1], name), *latex.updates(step, [name])]
        for line in (line for part in parts for line in part.lines):
            assert line in formulas(app)
        assert formulas(app).count("\\displaystyle") == sum(len(part.lines) for part in parts)
        assert not app.expander
    choose(app, "")
    assert is_shown(app, step, [1])


def test_a_chosen_weight_that_a_smaller_network_has_not_is_let_go() -> None:
    app = choose(on_the_tab(hidden="3"), "x1 → h3")
    app.slider(key="hidden_size").set_value(2)
    ran(app)
    assert app.selectbox(key="weight").value == ""
    assert is_shown(app, step_of(SHORT_RUN, 0), [1])


def test_a_chosen_row_shows_its_numbers_and_stays_from_step_to_step() -> None:
    app = on_the_tab()
    for rows, name in (([0], "00"), ([2], "10"), ([3], "11"), ([0, 1, 2, 3], "all four")):
        app.button_group(key="row").set_value(name)
        ran(app)
        assert is_shown(app, step_of(SHORT_RUN, 0), rows)
    click(app, "Next")
    assert is_shown(app, step_of(SHORT_RUN, 1), [0, 1, 2, 3])


def test_what_was_chosen_is_still_chosen_when_the_tab_is_opened_again() -> None:
    app = choose(type_epoch(on_the_tab(), "9"), "h1 → ŷ")
    app.button_group(key="row").set_value("11")
    before = formulas(ran(app))
    app.button_group(key="tab").set_value("watch")
    assert not formulas(ran(app))
    app.button_group(key="tab").set_value("backprop")
    assert formulas(ran(app)) == before


def test_a_large_network_opens_its_longest_sections_only_when_asked() -> None:
    app = on_the_tab(hidden="16", biases="true")
    step = step_of(TrainConfig(epochs=300, learning_rate=2, hidden_size=16, biases=True), 0)
    assert len(app.expander) == 5
    assert formulas(app) == "\n\n".join(
        markdown(one, step.config) for one in latex.errors(step, [1])
    )


@pytest.mark.parametrize("link_to", [{}, {"hidden": "16", "biases": "true"}, {"targets": "and"}])
def test_the_gradients_are_said_to_be_checked(link_to: dict[str, str]) -> None:
    app = on_the_tab(**link_to)
    for epoch in ("0", "123", "300"):
        type_epoch(app, epoch)
        assert badge(app).startswith(":green-badge[")
        assert "Gradients checked" in badge(app)


def page_with_a_gradient(array: str, change: float) -> None:
    """A page with the badge alone, over a step with one number changed."""
    from dataclasses import replace

    from xorviz.core.config import TrainConfig
    from xorviz.core.network import initial_parameters
    from xorviz.step.gradient_check import central_differences
    from xorviz.step.step import open_step
    from xorviz.ui.tabs.backprop import check

    config = TrainConfig(biases=True)
    step = open_step(config, initial_parameters(42, 2, True), 0)
    wrong = getattr(step, array).copy()
    wrong[..., 4] *= 1 + change
    check(replace(step, **{array: wrong}), central_differences(config, step.old))


@pytest.mark.parametrize("array", ["gradients", "row_gradients"])
@pytest.mark.parametrize("change", [0.001, float("nan")])
def test_a_wrong_gradient_is_said_to_be_wrong(array: str, change: float) -> None:
    app = AppTest.from_function(
        page_with_a_gradient, kwargs={"array": array, "change": change}, default_timeout=60
    )
    ran(app)
    assert badge(app).startswith(":red-badge[")
    assert "Gradients wrong" in badge(app)


def test_the_same_page_says_checked_over_the_right_gradients() -> None:
    app = AppTest.from_function(
        page_with_a_gradient, kwargs={"array": "gradients", "change": 0.0}, default_timeout=60
    )
    assert badge(ran(app)).startswith(":green-badge[")


def test_a_network_solved_by_hand_has_nothing_left_to_learn_and_the_page_says_so() -> None:
    app = on_the_tab(biases="true", edits=SOLVED)
    (note,) = app.info
    assert note.value.startswith("All gradients are near zero (the largest is ")
    assert "as all predictions are within " in note.value
    assert "wrong" not in note.value
    assert badge(app).startswith(":green-badge[")


def test_a_network_stuck_on_flat_ground_is_said_to_be_wrong_all_the_same() -> None:
    (note,) = on_the_tab(biases="true", edits=SOLVED, targets="xnor").info
    assert "near zero" in note.value
    assert "4 of 4 predictions are still wrong" in note.value


def test_a_network_that_is_learning_has_no_such_note() -> None:
    assert not on_the_tab().info


@pytest.mark.parametrize("name", ["x2 → h1", "h1 → ŷ"])
def test_a_veil_hides_the_new_value_everywhere_on_the_page(name: str) -> None:
    app = choose(type_epoch(on_the_tab(), "200"), name)
    step = step_of(SHORT_RUN, 200)
    new = float(step.new[step.names.index(name)])
    (update,) = latex.updates(step, [name])
    _, _, written = update.lines[-1].rpartition(" = ")
    assert written in formulas(app)
    for shown in (repr(new), f"new = {new!r}"):
        assert shown in page_text(app)
    veiled(app, name)
    assert written not in formulas(app)
    for hidden in (repr(new)[:8], "new = "):
        assert hidden not in page_text(app)
    assert "= ?" in formulas(app)


def test_a_right_prediction_lifts_the_veil() -> None:
    step = step_of(SHORT_RUN, 0)
    new = float(step.new[step.names.index("h1 → ŷ")])
    app = predict(veiled(on_the_tab(), "h1 → ŷ"), "h1 → ŷ", f"{new:.4g}")
    (verdict,) = app.success
    assert verdict.value.startswith("Right: within 1 %")
    assert not app.warning
    assert app.toggle(key="veil").value is False
    (update,) = latex.updates(step, ["h1 → ŷ"])
    assert update.lines[-1] in formulas(app)
    assert "?" not in formulas(app)


def test_a_prediction_with_a_factor_left_out_names_it_and_keeps_the_veil() -> None:
    step = step_of(SHORT_RUN, 0)
    index = step.names.index("h1 → ŷ")
    error, _, flow = chain(step, "h1 → ŷ")
    without_slope = step.old[index] - 2 * float((error.values * flow.values).sum())
    app = predict(veiled(on_the_tab(), "h1 → ŷ"), "h1 → ŷ", repr(float(without_slope)))
    (verdict,) = app.warning
    assert verdict.value == (
        "Not yet: look again at the factor ∂ŷ/∂z_ŷ, the derivative at ŷ: it seems to be left out."
    )
    assert not app.success
    assert app.toggle(key="veil").value is True
    assert f"{float(step.new[index])!r}"[:8] not in page_text(app)
    assert "= ?" in formulas(app)


@pytest.fixture(scope="module")
def asked() -> AppTest:
    """A page that asks for a prediction, and still does after every case."""
    return veiled(on_the_tab(), "x1 → h2")


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: text[:20])
def test_what_is_no_prediction_gets_one_sentence_and_keeps_the_veil(
    asked: AppTest, text: str
) -> None:
    app = predict(asked, "x1 → h2", text)
    (sentence,) = texts(app)
    assert sentence.startswith("Prediction must be a number from -1000 to 1000, not ")
    assert len(sentence) < 110
    assert app.toggle(key="veil").value is True
    assert "= ?" in formulas(app)


def test_a_sentence_about_a_prediction_goes_with_the_step_and_the_weight() -> None:
    app = predict(veiled(on_the_tab(), "x1 → h2"), "x1 → h2", "abc")
    assert texts(app)
    assert not texts(choose(app, "x1 → h1"))
    predict(app, "x1 → h1", "abc")
    assert not texts(click(app, "Next"))


@pytest.mark.parametrize(("epoch", "typed"), [(0, "2.5"), (100, "−2.5"), (300, " 25e-1 ")])
def test_a_typed_weight_is_trained_on_with_and_marks_the_run(epoch: int, typed: str) -> None:
    app = choose(type_epoch(on_the_tab(), str(epoch)), "x1 → h1")
    edit(app, "x1 → h1", typed)
    value = -2.5 if typed[0] == "−" else 2.5
    assert texts(app) == [f"Edits by hand: x1 → h1 = {with_minus(str(value))} at epoch {epoch}."]
    edits = f"{epoch}_x1_h1_{value}"
    assert link(app) == {**SHORT, "edits": edits, "weight": "x1_h1", "pin": run_query(SHORT_RUN)}
    assert app.session_state["epoch"] == epoch
    edited = TrainConfig(epochs=300, learning_rate=2, edits=(Edit(epoch, "x1 → h1", value),))
    choose(app, "")
    assert is_shown(app, step_of(edited, epoch), [1])
    if epoch < 300:
        click(app, "Next")
        step = step_of(edited, epoch + 1)
        assert is_shown(app, step, [1])
        assert step.old[0] != step_of(SHORT_RUN, epoch + 1).old[0]


def test_an_edited_run_opens_from_its_link_as_it_was() -> None:
    app = edit(choose(type_epoch(on_the_tab(), "100"), "h2 → ŷ"), "h2 → ŷ", "0.1")
    again = type_epoch(opened(**link(app)), "100")
    assert formulas(choose(again, "h2 → ŷ")) == formulas(app)
    assert texts(again) == texts(app)


def test_a_weight_typed_over_again_replaces_the_edit_and_another_adds_one() -> None:
    app = choose(on_the_tab(), "x1 → h1")
    edit(app, "x1 → h1", "1")
    edit(app, "x1 → h1", "-0.5")
    assert link(app)["edits"] == "0_x1_h1_-0.5"
    edit(choose(app, "h1 → ŷ"), "h1 → ŷ", "3")
    edits = app.session_state["edits"]
    assert set(edits) == {Edit(0, "x1 → h1", -0.5), Edit(0, "h1 → ŷ", 3.0)}


def test_one_click_goes_back_to_the_run_as_trained() -> None:
    app = on_the_tab()
    before = formulas(app)
    edit(choose(app, "x1 → h1"), "x1 → h1", "7")
    click(app, "Undo all edits")
    assert not app.text
    assert formulas(choose(app, "")) == before
    assert link(app) == SHORT


def test_a_run_without_edits_has_no_such_button() -> None:
    labels = [button.label for button in on_the_tab().button]
    assert "Undo all edits" not in labels


@pytest.fixture(scope="module")
def chosen() -> AppTest:
    """A page with a weight chosen, which no case changes."""
    return choose(on_the_tab(), "x1 → h1")


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: text[:20])
def test_what_is_no_weight_gets_one_sentence_and_edits_nothing(chosen: AppTest, text: str) -> None:
    before = formulas(chosen)
    app = edit(chosen, "x1 → h1", text)
    (sentence,) = texts(app)
    assert sentence.startswith("Value must be a number from -1000 to 1000, not ")
    assert len(sentence) < 110
    assert formulas(app) == before
    assert "edits" not in link(app)


@pytest.mark.parametrize("text", ["abc", "2"])
def test_going_back_right_after_an_entry_brings_the_older_links_settings_back(text: str) -> None:
    app = edit(choose(on_the_tab(seed="7"), "x1 → h1"), "x1 → h1", text)
    app.query_params.clear()
    for name, value in SHORT.items():
        app.query_params[name] = value
    assert ran(app).session_state["seed"] == 42
    assert link(app) == SHORT


def test_the_two_hundred_and_first_edit_is_refused_by_one_sentence() -> None:
    edits = "~".join(f"{epoch}_x1_h1_1" for epoch in range(1, 201))
    app = edit(choose(on_the_tab(edits=edits), "x1 → h1"), "x1 → h1", "2")
    marked, sentence = texts(app)
    assert marked.endswith(" and 197 more.")
    assert sentence == "A run takes at most 200 edits."
    assert link(app)["edits"].count("~") == 199


def test_an_edit_of_a_unit_taken_away_waits_for_it_to_come_back() -> None:
    app = on_the_tab(edits="0_x1_h2_2.0")
    marked = ["Edits by hand: x1 → h2 = 2 at epoch 0."]
    assert texts(app) == marked
    app.slider(key="hidden_size").set_value(1)
    assert texts(ran(app)) == [
        "The edit x1 → h2 = 2 at epoch 0 is left out: the network has no weight x1 → h2."
    ]
    smaller = TrainConfig(epochs=300, learning_rate=2, hidden_size=1)
    assert is_shown(app, step_of(smaller, 0), [1])
    assert link(app)["edits"] == "0_x1_h2_2.0"
    app.slider(key="hidden_size").set_value(2)
    assert texts(ran(app)) == marked
    edited = TrainConfig(epochs=300, learning_rate=2, edits=(Edit(0, "x1 → h2", 2.0),))
    assert is_shown(app, step_of(edited, 0), [1])
    assert link(app) == {**SHORT, "edits": "0_x1_h2_2.0"}


def test_an_edit_beyond_the_end_or_of_a_bias_taken_away_is_left_out_by_one_sentence_each() -> None:
    app = on_the_tab(biases="true", edits="250_1_h1_2~3_x1_h1_1")
    assert len(texts(app)) == 1
    app.slider(key="epochs").set_value(200)
    late, marked = texts(ran(app))
    assert late == ("The edit 1 → h1 = 2 at epoch 250 is left out: the run ends at epoch 200.")
    assert marked == "Edits by hand: x1 → h1 = 1 at epoch 3."
    app.toggle(key="biases").set_value(False)
    gone, marked = texts(ran(app))
    assert gone.startswith("The edit 1 → h1 = 2 at epoch 250 is left out: the network has no ")
    app.toggle(key="biases").set_value(True)
    ran(app)
    app.slider(key="epochs").set_value(300)
    assert len(texts(ran(app))) == 1


@pytest.mark.parametrize(
    "edits",
    [
        "~",
        "x" * 10_000,
        "<script>alert(1)</script>",
        "0_x1_h1_nan",
        "0_x1_h1_1~0_x1_h1_2",
    ],
    ids=lambda text: text[:20],
)
def test_bad_edits_in_a_link_get_one_sentence_and_none_is_made(edits: str) -> None:
    app = on_the_tab(edits=edits)
    (sentence,) = texts(app)
    assert sentence.startswith("Edits must be a list, at most 200 long, such as ")
    assert sentence.endswith(", so it is ignored.")
    assert len(sentence) < 250
    assert is_shown(app, step_of(SHORT_RUN, 0), [1])


@pytest.mark.parametrize("tab", ["", "Backprop", "x" * 10_000, "<script>alert(1)</script>"])
def test_a_bad_tab_in_a_link_gets_one_sentence_and_the_page_opens_on_watch(tab: str) -> None:
    app = on_the_tab(tab=tab)
    (sentence,) = texts(app)
    assert sentence.startswith(
        "Tab must be one of watch, backprop, hands, atlas, doctor, landscape, compare, check, not "
    )
    assert sentence.endswith(", so the default, watch, is used.")
    assert app.session_state["tab"] == "watch"
    assert not formulas(app)


@pytest.mark.parametrize("epoch", ["0", "150"])
def test_a_weight_without_an_input_opens_on_the_input_with_the_largest_share(epoch: str) -> None:
    app = type_epoch(opened(tab="backprop", epochs="300", lr="2", biases="true"), epoch)
    step = step_of(TrainConfig(epochs=300, learning_rate=2, biases=True), int(epoch))
    for name in ("x1 → h1", "x2 → h2", "h2 → ŷ", "1 → h1"):
        choose(app, name)
        shares = np.abs(step.row_gradients[:, step.names.index(name)])
        row = int(shares.argmax())
        whole, *_ = latex.chain_rule(step, [row], name)
        assert markdown(whole, step.config) in formulas(app)
        (told,) = [one.value for one in app.caption if one.value.startswith("Shown is the input")]
        assert told == (
            f"Shown is the input {ROW_NAMES[row]}: "
            f"it has the largest part of the four in the gradient of {name}."
        )
        assert "input" not in link(app)


def test_without_weight_and_input_the_input_with_the_largest_error_is_shown() -> None:
    app = opened(tab="backprop", epochs="300", lr="2")
    step = step_of(SHORT_RUN, 0)
    row = int(np.abs(step.error).argmax())
    assert is_shown(app, step, [row])
    assert f"Shown is the input {ROW_NAMES[row]}: " in " ".join(text.value for text in app.caption)


def test_a_link_that_names_an_input_shows_it_whatever_its_share() -> None:
    app = on_the_tab(weight="x1_h1")
    whole, *_ = latex.chain_rule(step_of(SHORT_RUN, 0), [1], "x1 → h1")
    assert whole.lines[-1].endswith("= 0")
    assert markdown(whole, SHORT_RUN) in formulas(app)
    assert not [text for text in app.caption if text.value.startswith("Shown is")]


def test_the_factors_of_a_weight_are_told_for_all_four_inputs() -> None:
    app = choose(on_the_tab(), "x2 → h1")
    (table,) = re.findall(r'<table class="factors">.*?</table>', tables(app))
    step = step_of(SHORT_RUN, 0)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr")[1:]]
    assert [row[0] for row in rows] == [
        "factor",
        "error",
        "derivative at ŷ",
        "weight h1 → ŷ",
        "derivative at h1",
        "input x2",
        "product",
    ]
    for row, factor in zip(rows[1:-1], chain(step, "x2 → h1"), strict=True):
        numbers = [float(text.replace("−", "-")) for text in row[1:]]
        assert numbers == pytest.approx(factor.values, rel=1e-3)


def test_the_next_weight_is_offered_once_a_prediction_is_right_and_asks_for_its_own() -> None:
    step = step_of(SHORT_RUN, 0)
    app = veiled(on_the_tab(), "h2 → ŷ")  # the last, after which the first comes
    predict(app, "h2 → ŷ", "7")
    assert not [button for button in app.button if button.label.startswith("Predict the next")]
    predict(app, "h2 → ŷ", f"{float(step.new[-1]):.6g}")
    click(app, "Predict the next weight, x1 → h1")
    assert app.session_state["weight"] == "x1 → h1"
    assert app.toggle(key="veil").value is True
    assert not app.success
    assert "= ?" in formulas(app)


def test_an_edited_run_has_the_run_as_trained_pinned_beside_it_once() -> None:
    app = edit(choose(on_the_tab(), "x1 → h1"), "x1 → h1", "1")
    edit(app, "x1 → h1", "-0.5")
    edit(choose(app, "h1 → ŷ"), "h1 → ŷ", "3")
    assert app.session_state["pins"] == (SHORT_RUN,)


def test_an_edit_goes_ahead_where_four_runs_are_pinned_and_no_fifth_is() -> None:
    pins = [run_query(TrainConfig(seed=seed, epochs=300)) for seed in range(4)]
    app = edit(choose(on_the_tab(pin=pins), "x1 → h1"), "x1 → h1", "1")
    assert len(app.session_state["edits"]) == 1
    assert texts(app)[-1] == (
        "The run before it is not pinned. 4 runs are pinned: remove one to pin another."
    )


def test_a_section_that_was_folded_does_not_keep_the_page_from_another_link() -> None:
    app = on_the_tab(hidden="4")
    fold = f"fold {SECTIONS[0][0]}"
    app.session_state[fold] = not app.session_state[fold]
    app.query_params["seed"] = "7"
    assert ran(app).session_state["seed"] == 7
