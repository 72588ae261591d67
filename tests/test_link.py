from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from xorviz import link
from xorviz.config import TrainConfig
from xorviz.edit import LEARNING_RATE, MAX_EDITS, Edit, misfit, valid
from xorviz.network import parameter_names

EPOCHS = st.integers(0, 9_999_999)
NAMES = st.sampled_from(parameter_names(16, biases=True))
EDITS = st.lists(
    st.builds(Edit, EPOCHS, NAMES, st.floats(-1000, 1000))
    | st.builds(Edit, EPOCHS, st.just(LEARNING_RATE), st.floats(1e-6, 1000)),
    max_size=6,
    unique_by=lambda edit: edit[:2],
).map(lambda edits: tuple(sorted(edits)))
SETTINGS = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 999),
        "learning_rate": st.floats(0.01, 10),
        "hidden_size": st.integers(1, 16),
        "epochs": st.integers(100, 50_000),
        "biases": st.booleans(),
        "targets": st.text("01", min_size=4, max_size=4),
        "edits": EDITS,
        "tab": st.sampled_from(["watch", "backprop"]),
    }
)
SURVIVORS = {
    "seed": ("7", 7),
    "lr": ("2.5", 2.5),
    "hidden": ("5", 5),
    "epochs": ("300", 300),
    "biases": ("true", True),
    "targets": ("AND", "0001"),
    "edits": ("0_h5_y_-1~3_lr_2.5", (Edit(0, "h5 → ŷ", -1.0), Edit(3, LEARNING_RATE, 2.5))),
    "tab": ("backprop", "backprop"),
}
SETTING = {
    "seed": "seed",
    "lr": "learning_rate",
    "hidden": "hidden_size",
    "epochs": "epochs",
    "biases": "biases",
    "targets": "targets",
    "edits": "edits",
    "tab": "tab",
}
DEFAULTS = {**vars(TrainConfig()), "tab": "watch"}
EDITS_ALLOWED = (
    "a list, at most 200 long, such as 0_h1_y_-3~500_lr_2 (epoch, from, to, value from "
    "-1000 to 1000; or epoch, lr, rate from 1e-06 to 1000), each once an epoch"
)
GATES = "four digits 0 or 1, such as 0110, or one of XOR, AND, OR, NAND, NOR, XNOR"


def followed(written: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Read a link that was written."""
    return link.read({parameter: [text] for parameter, text in written.items()})


@settings(deadline=None)
@given(chosen=SETTINGS)
def test_a_link_opens_the_settings_it_was_made_from(chosen: dict[str, Any]) -> None:
    assert followed(link.write(chosen)) == (chosen, [])


@settings(deadline=None)
@given(chosen=SETTINGS)
def test_a_link_says_only_what_is_not_the_default_and_in_order(chosen: dict[str, Any]) -> None:
    written = link.write(chosen)
    changed = [name for name in SETTING if chosen[SETTING[name]] != link.DEFAULTS[SETTING[name]]]
    assert list(written) == changed


@settings(deadline=None)
@given(chosen=SETTINGS, order=st.permutations(list(SETTING.values())))
def test_equal_settings_make_equal_links(chosen: dict[str, Any], order: list[str]) -> None:
    rearranged = {name: chosen[name] for name in order}
    assert list(link.write(rearranged).items()) == list(link.write(chosen).items())


@pytest.mark.parametrize(
    ("parameter", "spellings"),
    [
        ("seed", ["7", "007"]),
        ("lr", ["2.5", "2.50", "25e-1"]),
        ("biases", ["true", "TRUE"]),
        ("targets", ["0001", "AND", "and"]),
        ("edits", ["3_x1_h1_2.5", "03_x1_h1_2.50", "3_x1_h1_25e-1"]),
        ("edits", ["500_lr_2.0", "0500_lr_2", "500_lr_20e-1"]),
    ],
)
def test_links_spelled_differently_become_one(parameter: str, spellings: list[str]) -> None:
    links = [link.write(link.read({parameter: [text]})[0]) for text in spellings]
    assert all(written == {parameter: spellings[0]} for written in links)


def test_the_defaults_make_an_empty_link_and_back() -> None:
    assert link.DEFAULTS == DEFAULTS
    assert link.write(DEFAULTS) == {}
    assert link.read({}) == (DEFAULTS, [])


def test_the_parameters_of_links_in_peoples_notes_stay_as_they_are() -> None:
    table = [
        (name, setting, field.label, field.allowed)
        for name, (setting, field) in link.PARAMETERS.items()
    ]
    assert table == [
        ("seed", "seed", "Seed", "a whole number from 0 to 999"),
        ("lr", "learning_rate", "Learning rate", "a number from 0.01 to 10"),
        ("hidden", "hidden_size", "Hidden size", "a whole number from 1 to 16"),
        ("epochs", "epochs", "Epochs", "a whole number from 100 to 50,000"),
        ("biases", "biases", "Biases", "true or false"),
        ("targets", "targets", "Targets", GATES),
        ("edits", "edits", "Edits", EDITS_ALLOWED),
        ("tab", "tab", "Tab", f"one of {', '.join(link.TABS)}"),
    ]


def test_a_setting_tells_its_limits_on_the_page() -> None:
    for name, setting in SETTING.items():
        assert link.limits(setting) is link.PARAMETERS[name][1]


@pytest.mark.parametrize(
    ("parameter", "values", "problem"),
    [
        ("seed", ["abc"], "Seed must be a whole number from 0 to 999, not 'abc'"),
        ("seed", ["-1"], "Seed must be a whole number from 0 to 999, not '-1'"),
        ("seed", ["1e9"], "Seed must be a whole number from 0 to 999, not '1e9'"),
        ("seed", ["1000"], "Seed must be a whole number from 0 to 999, not '1000'"),
        ("seed", ["1", "2"], "Seed must be given once, not 2 times"),
        ("seed", ["1", "1", "1"], "Seed must be given once, not 3 times"),
        ("lr", ["nan"], "Learning rate must be a number from 0.01 to 10, not 'nan'"),
        ("lr", ["0"], "Learning rate must be a number from 0.01 to 10, not '0'"),
        ("lr", ["1e400"], "Learning rate must be a number from 0.01 to 10, not '1e400'"),
        ("hidden", ["999"], "Hidden size must be a whole number from 1 to 16, not '999'"),
        ("hidden", ["2.0"], "Hidden size must be a whole number from 1 to 16, not '2.0'"),
        ("epochs", [""], "Epochs must be a whole number from 100 to 50,000, not ''"),
        ("epochs", ["99"], "Epochs must be a whole number from 100 to 50,000, not '99'"),
        ("biases", ["1"], "Biases must be true or false, not '1'"),
        ("biases", ["true", "false"], "Biases must be given once, not 2 times"),
        ("targets", ["01x0"], f"Targets must be {GATES}, not '01x0'"),
        ("targets", ["a\nb\x1b"], rf"Targets must be {GATES}, not 'a\nb\x1b'"),
        ("edits", ["x"], f"Edits must be {EDITS_ALLOWED}, not 'x'"),
        ("edits", ["0_x1_h1_nan"], f"Edits must be {EDITS_ALLOWED}, not '0_x1_h1_nan'"),
        ("edits", ["0_x1_h1_1001"], f"Edits must be {EDITS_ALLOWED}, not '0_x1_h1_1001'"),
        ("edits", ["-1_x1_h1_1"], f"Edits must be {EDITS_ALLOWED}, not '-1_x1_h1_1'"),
        ("edits", ["0_x1_h1_1~"], f"Edits must be {EDITS_ALLOWED}, not '0_x1_h1_1~'"),
        ("edits", ["0_1_y_1~0_1_y_2"], f"Edits must be {EDITS_ALLOWED}, not '0_1_y_1~0_1_y_2'"),
        ("edits", ["500_lr"], f"Edits must be {EDITS_ALLOWED}, not '500_lr'"),
        ("edits", ["500_lr_0"], f"Edits must be {EDITS_ALLOWED}, not '500_lr_0'"),
        ("edits", ["5_lr_1~5_lr_2"], f"Edits must be {EDITS_ALLOWED}, not '5_lr_1~5_lr_2'"),
        ("edits", ["0_1_y_1", "0_1_y_1"], "Edits must be given once, not 2 times"),
        ("tab", ["Backprop"], f"Tab must be one of {', '.join(link.TABS)}, not 'Backprop'"),
        ("tab", [""], f"Tab must be one of {', '.join(link.TABS)}, not ''"),
        ("tab", ["watch", "watch"], "Tab must be given once, not 2 times"),
    ],
)
def test_a_bad_value_is_one_sentence_and_the_default_and_the_rest_survives(
    parameter: str, values: list[str], problem: str
) -> None:
    given_link = {name: [text] for name, (text, _) in SURVIVORS.items()} | {parameter: values}
    expected = {SETTING[name]: value for name, (_, value) in SURVIVORS.items()}
    default = link.DEFAULTS[SETTING[parameter]]
    expected[SETTING[parameter]] = default
    shown = {False: "false", (): "none"}.get(default, default)
    sentence = f"{problem}, so the default, {shown}, is used."
    assert link.read(given_link) == (expected, [sentence])


def test_every_bad_value_of_a_link_is_told() -> None:
    settings_read, problems = link.read({name: ["?"] for name in SETTING})
    assert settings_read == DEFAULTS
    assert [problem.split(" must be ")[0] for problem in problems] == [
        "Seed",
        "Learning rate",
        "Hidden size",
        "Epochs",
        "Biases",
        "Targets",
        "Edits",
        "Tab",
    ]


def fitting(settings_read: dict[str, Any]) -> tuple[Edit, ...]:
    """The edits that the page keeps for these settings."""
    size, biases = settings_read["hidden_size"], settings_read["biases"]
    return tuple(
        edit
        for edit in settings_read["edits"]
        if misfit(edit, size, biases, settings_read["epochs"]) is None
    )


WORDS = st.text() | st.from_regex(
    r"(\d{1,7}_((x1|x2|h[1-3]|1)_(h[1-3]|y)|lr)_-?\d{1,4}~?){1,3}", fullmatch=True
)


@settings(deadline=None)
@given(given_link=st.dictionaries(st.sampled_from(list(SETTING)), st.lists(WORDS, max_size=3)))
def test_no_link_whatever_keeps_the_page_from_opening(given_link: dict[str, list[str]]) -> None:
    settings_read, problems = link.read(given_link)
    assert settings_read["tab"] in ("watch", "backprop")
    assert valid(settings_read["edits"])
    run = {name: value for name, value in settings_read.items() if name != "tab"}
    TrainConfig(**{**run, "edits": fitting(settings_read)})
    assert len(problems) <= len(given_link)
    assert all(len(problem) < 250 and problem.isprintable() for problem in problems)


def test_parameters_of_others_are_left_alone() -> None:
    assert link.read({"utm_source": ["x"], "embed": ["true"]}) == (DEFAULTS, [])


def test_a_link_takes_at_most_two_hundred_edits() -> None:
    edits = [f"{epoch}_x1_h1_1" for epoch in range(MAX_EDITS + 1)]
    assert MAX_EDITS == 200
    read, problems = link.read({"edits": ["~".join(edits[:-1])]})
    assert (len(read["edits"]), problems) == (200, [])
    read, (problem,) = link.read({"edits": ["~".join(edits)]})
    assert read == DEFAULTS
    assert problem.startswith("Edits must be")
    assert len(problem) < 250


def test_the_longest_sentence_about_edits_is_short() -> None:
    _, (problem,) = link.read({"edits": ["9" * 1000]})
    assert problem.startswith("Edits must be")
    assert len(problem) < 250


def test_a_fork_made_on_the_page_is_in_its_link_beside_the_weights_typed_over() -> None:
    def page() -> None:
        from xorviz.ui import state

        state.adopt_link()
        for rate in (3.0, 2.0):
            assert state.fork(500, rate) is None
        assert state.edit(500, "x1 → h1", 1.5) is None
        state.write_link()

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert app.query_params == {"edits": "500_x1_h1_1.5~500_lr_2.0"}
    assert app.session_state["epoch"] == 500
