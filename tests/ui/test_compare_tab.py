"""The tab Compare, without a browser: forks, pins, and the table of runs."""

import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.page import NO_NUMBERS, click, link, opened, ran, texts, type_epoch
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.verdict import judge
from xorviz.settings.link import run_query
from xorviz.settings.text import describe
from xorviz.ui.tabs.compare import PINNING

SHORT = {"tab": "compare", "epochs": "300", "lr": "2"}
SHORT_RUN = TrainConfig(epochs=300, learning_rate=2)
FORK = Edit(100, "η", 5.0)


def on_the_tab(**more: str) -> AppTest:
    app = opened(**{**SHORT, **more})
    assert not app.exception
    return app


def fork(app: AppTest, epoch: int, rate: str) -> AppTest:
    if app.session_state["epoch"] != epoch:
        type_epoch(app, str(epoch))
    app.text_input(key=f"fork {epoch}").input(rate)
    return click(app, "Continue with this learning rate")


def pin(app: AppTest) -> AppTest:
    return click(app, "Pin this run")


def seed(app: AppTest, value: int) -> AppTest:
    app.slider(key="seed").set_value(value)
    return ran(app)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return ran(app)


def pinned(app: AppTest) -> list[int]:
    """The seeds of the pinned runs."""
    return [config.seed for config in app.session_state["pins"]]


def is_offered(app: AppTest, label: str) -> bool:
    """Whether there is such a button; none of the tab is ever disabled."""
    assert not any(button.disabled for button in app.main.button)
    return label in [button.label for button in app.main.button]


def captions(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.main.caption)


def bodies(app: AppTest) -> list[str]:
    """What the page sends as HTML."""
    return [element.proto.body for element in app.get("html")]


def table(app: AppTest) -> list[dict[str, str]]:
    """The table of runs: text by column, a dict a run."""
    (body,) = [one for one in bodies(app) if "<table" in one]
    rows = [re.findall(r"<t[hd]>(.*?)</t[hd]>", row) for row in body.split("<tr>")[1:]]
    columns, *runs = [[html.unescape(re.sub("<.*?>", "", cell)) for cell in row] for row in rows]
    return [dict(zip(columns, row, strict=True)) for row in runs]


def test_the_tab_says_what_to_do_where_nothing_is_pinned() -> None:
    app = on_the_tab()
    assert PINNING in captions(app)
    assert not bodies(app)
    assert link(app) == SHORT


def test_a_pinned_run_stays_when_settings_and_tabs_change() -> None:
    app = seed(pin(on_the_tab()), 7)
    assert app.session_state["pins"] == (SHORT_RUN,)
    app.button_group(key="tab").set_value("watch")
    ran(app)
    app.slider(key="hidden_size").set_value(3)
    ran(app)
    app.button_group(key="tab").set_value("compare")
    this, first = table(ran(app))
    assert (this["run"], this["seed"], this["hidden size"]) == ("this run", "7", "3")
    assert (first["run"], first["seed"]) == (describe(SHORT_RUN), "42")


def test_pins_are_in_the_link_and_another_session_has_none() -> None:
    app = pin(on_the_tab())
    assert link(app) == {**SHORT, "pin": run_query(SHORT_RUN)}
    assert not on_the_tab().session_state["pins"]


def test_a_run_is_pinned_once() -> None:
    app = pin(on_the_tab())
    assert not is_offered(app, "Pin this run")
    assert "This run is already pinned." in captions(app)
    seed(app, 7)
    assert is_offered(app, "Pin this run")
    assert not is_offered(seed(app, 42), "Pin this run")


def test_four_runs_can_be_pinned_and_a_fifth_when_one_is_removed() -> None:
    app = on_the_tab()
    for value in range(4):
        pin(seed(app, value))
    assert not is_offered(seed(app, 4), "Pin this run")
    assert "4 runs are pinned: remove one to pin another." in captions(app)
    press(app, "remove 1")
    assert pinned(app) == [0, 2, 3]
    pin(app)
    assert pinned(app) == [0, 2, 3, 4]
    assert len(table(app)) == 5


def test_the_table_has_settings_verdicts_and_losses_of_the_run_and_every_pinned_one() -> None:
    other = TrainConfig(7, 0.25, 3, 1200, biases=True, targets="0001")
    given = {"seed": "7", "lr": "0.25", "hidden": "3", "biases": "true", "targets": "and"}
    app = pin(on_the_tab(**{**given, "epochs": "1200"}))
    click(app, "Back to the notebook's settings")
    this, first = table(app)
    verdict, losses = judge(trained(TrainConfig())), trained(TrainConfig())
    assert this == {
        "run": "this run",
        "seed": "42",
        "learning rate": "0.5",
        "hidden size": "2",
        "epochs": "10,000",
        "biases": "no",
        "targets": "XOR",
        "verdict": "solved",
        "solved from epoch": f"{verdict.epoch:,}",
        "mean |error|": f"{losses.mean_abs_error[-1]:.4g}",
        "½ Σ error²": f"{losses.half_squared_error[-1]:.4g}",
    }
    assert first["run"] == describe(other)
    assert [*first.values()][5:] == ["7", "0.25", "3", "1,200", "yes", "AND"]
    assert first["verdict"] == judge(trained(other)).kind
    loss = trained(other).half_squared_error[-1]
    assert float(first["½ Σ error²"].replace("−", "-")) == pytest.approx(loss, rel=1e-3)


def test_a_run_that_is_not_solved_has_no_epoch_from_which_it_is() -> None:
    this, _ = table(pin(opened(tab="compare", epochs="100")))
    assert this["verdict"] != "solved"
    assert this["solved from epoch"] == "–"


def test_a_fork_is_trained_on_from_its_epoch_and_pins_the_run_it_branches_from() -> None:
    app = fork(on_the_tab(), 100, "5")
    assert app.session_state["pins"] == (SHORT_RUN,)
    assert link(app) == {**SHORT, "edits": "100_lr_5.0", "pin": run_query(SHORT_RUN)}
    assert app.session_state["epoch"] == 100
    assert texts(app) == ["Edits by hand: learning rate 5 from epoch 100."]
    this, first = table(app)
    assert (this["learning rate"], first["learning rate"]) == ("2, from 100: 5", "2")
    forked = trained(TrainConfig(epochs=300, learning_rate=2, edits=(FORK,)))
    assert float(this["mean |error|"]) == pytest.approx(forked.mean_abs_error[-1], rel=1e-3)
    assert this["mean |error|"] != first["mean |error|"]


def test_another_fork_from_the_same_epoch_takes_the_place_of_the_first_which_is_pinned() -> None:
    app = fork(fork(on_the_tab(), 100, "5"), 100, "0.1")
    assert link(app)["edits"] == "100_lr_0.1"
    forked = TrainConfig(epochs=300, learning_rate=2, edits=(FORK,))
    assert app.session_state["pins"] == (SHORT_RUN, forked)


def test_a_fork_holds_to_the_end_of_the_run_whatever_came_later() -> None:
    app = fork(fork(on_the_tab(), 200, "5"), 100, "0.1")
    assert app.session_state["edits"] == (Edit(100, LEARNING_RATE, 0.1),)


def test_of_many_forks_the_first_three_rates_are_told() -> None:
    edits = "~".join(f"{epoch}_lr_{epoch}" for epoch in range(1, 6))
    this, first = table(pin(on_the_tab(edits=edits)))
    assert this["learning rate"] == "2, from 1: 1, from 2: 2, from 3: 3 and 2 more"
    assert first["run"] == "seed 42, rate 2, 300 epochs, rate changed 5 times"


def test_a_fork_goes_ahead_where_four_runs_are_pinned() -> None:
    app = on_the_tab()
    for value in range(4):
        pin(seed(app, value))
    fork(seed(app, 9), 100, "5")
    assert pinned(app) == [0, 1, 2, 3]
    assert link(app)["edits"] == "100_lr_5.0"


def test_at_the_end_of_a_run_an_epoch_is_proposed_from_which_a_fork_changes_it() -> None:
    app = type_epoch(on_the_tab(), "300")
    proposed = trained(SHORT_RUN).halfway
    assert 0 < proposed < 300
    assert f"Epoch {proposed} is proposed" in captions(app)
    assert app.text_input(key=f"epoch {proposed}").value == str(proposed)
    app.text_input(key=f"fork {proposed}").input("5")
    click(app, "Continue with this learning rate")
    assert link(app)["edits"] == f"{proposed}_lr_5.0"
    assert app.session_state["epoch"] == proposed


def test_the_rate_that_is_in_force_is_no_fork() -> None:
    app = fork(on_the_tab(), 100, "2.0")
    assert texts(app) == ["The learning rate is 2 there already."]
    assert link(app) == SHORT
    assert not app.session_state["pins"]


@pytest.fixture(scope="module")
def at_epoch_100() -> AppTest:
    """A page that offers a fork, which no case makes."""
    return type_epoch(on_the_tab(), "100")


@pytest.mark.parametrize("text", [*NO_NUMBERS, "0", "-1", "10.5"], ids=lambda text: text[:20])
def test_what_is_no_learning_rate_gets_one_sentence_and_forks_nothing(
    at_epoch_100: AppTest, text: str
) -> None:
    app = fork(at_epoch_100, 100, text)
    (sentence,) = texts(app)
    assert sentence.startswith("Learning rate must be a number from 0.01 to 10, not ")
    assert len(sentence) < 110
    assert link(app) == SHORT
    assert not app.session_state["pins"]


def test_what_is_no_epoch_gets_one_sentence_and_the_next_fork_is_from_the_one_before() -> None:
    app = type_epoch(type_epoch(on_the_tab(), "100"), "301")
    (sentence,) = texts(app)
    assert sentence.startswith("Epoch must be a whole number from 0 to 300, not ")
    assert app.session_state["epoch"] == 100


def test_open_makes_a_pinned_run_the_pages_with_all_its_settings_and_edits() -> None:
    app = pin(fork(on_the_tab(hidden="3", biases="true", targets="and"), 100, "5"))
    before = link(app)
    click(app, "Back to the notebook's settings")
    assert link(app) == {"tab": "compare", "pin": before["pin"]}
    press(app, "open 1")
    assert link(app) == before
    assert "open 1" not in [button.key for button in app.button]
    assert "This is the run that is shown." in captions(app)
    press(app, "open 0")
    assert link(app) == {name: text for name, text in before.items() if name != "edits"}


def test_a_removed_run_is_gone_and_the_others_stay() -> None:
    app = pin(seed(pin(seed(on_the_tab(), 1)), 2))
    press(app, "remove 0")
    assert pinned(app) == [2]
    press(app, "remove 0")
    assert not app.session_state["pins"]
    assert not bodies(app)


def test_no_two_buttons_of_pinned_runs_have_the_same_name_and_each_run_shows_its_number() -> None:
    app = pin(seed(pin(seed(on_the_tab(), 1)), 2))
    seed(app, 3)
    labels = [button.label for button in app.main.button]
    assert {"Open run 1", "Remove run 1", "Open run 2", "Remove run 2"} <= set(labels)
    assert len(set(labels)) == len(labels)
    beside = [body for body in bodies(app) if "<table" not in body]
    assert [re.findall(r"\(run \d\)", body) for body in beside] == [["(run 1)"], ["(run 2)"]]


def test_a_runs_swatch_has_the_colour_of_its_curves() -> None:
    app = pin(seed(pin(seed(on_the_tab(), 1)), 2))
    (body,) = [one for one in bodies(app) if "<table" in one]
    _, *swatches = re.findall(r"border-color: (#\w+)", body)
    assert len(set(swatches)) == 2
    beside = [body for body in bodies(app) if "<table" not in body]
    assert [re.findall(r"border-color: (#\w+)", body) for body in beside] == [
        [colour] for colour in swatches
    ]


def test_going_back_right_after_a_pinned_run_was_opened_brings_the_run_before_back() -> None:
    app = on_the_tab(pin=run_query(TrainConfig(seed=7, epochs=300)))
    before = link(app)
    press(app, "open 0")
    assert app.session_state["seed"] == 7
    app.query_params.clear()
    for name, value in before.items():
        app.query_params[name] = value
    assert ran(app).session_state["seed"] == 42
    assert link(app) == before
