"""The tab Doctor, without a browser: the diagnosis of a run, and its cures one click away."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.support.page import link, opened, ran, texts
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.verdict import judge
from xorviz.doctor.cures import Cure, Search
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.doctor.findings import Solved
from xorviz.doctor.standing import stand
from xorviz.figures import curves
from xorviz.sentences.charts import curves_sentence
from xorviz.sentences.cures import change_text, nothing_cures
from xorviz.sentences.evidence import TERMS, evidence_rows
from xorviz.sentences.findings import finding_text, finding_title
from xorviz.sentences.headline import headline, plain_text
from xorviz.sentences.proof import proof
from xorviz.stage.scene import pack_figure, run_id
from xorviz.step.step import open_step
from xorviz.ui import stage

UNSOLVED = {
    "one unit": ({"hidden": "1", "epochs": "900"}, TrainConfig(hidden_size=1, epochs=900)),
    "one unit, biases": (
        {"hidden": "1", "epochs": "900", "biases": "true"},
        TrainConfig(hidden_size=1, epochs=900, biases=True),
    ),
    "fork": (
        {"epochs": "900", "edits": "500_lr_10.0"},
        TrainConfig(epochs=900, edits=(Edit(500, "η", 10.0),)),
    ),
    "few epochs": ({"epochs": "600"}, TrainConfig(epochs=600)),
    "edited late": (
        {"epochs": "1000", "edits": "990_h2_y_0.0"},
        TrainConfig(epochs=1000, edits=(Edit(990, "h2 → ŷ", 0.0),)),
    ),
}
SOLVED = TrainConfig(epochs=1000)
SOLVED_HEADLINE = "Solved: all four inputs are predicted right"
HOPELESS = {"hidden": "1", "epochs": "100"}
NOTHING = nothing_cures(
    TrainConfig(hidden_size=1, epochs=100),
    [
        [TrainConfig(hidden_size=1, epochs=100, biases=True)],
        [TrainConfig(hidden_size=2, epochs=100)],
    ],
)
every_run = pytest.mark.parametrize("run", UNSOLVED)


def on_the_tab(**more: str) -> AppTest:
    app = opened(tab="doctor", **more)
    assert not app.exception
    return app


@cache
def diagnosis(config: TrainConfig) -> Diagnosis:
    return diagnose(trained(config))


@cache
def cures(config: TrainConfig) -> list[Cure]:
    return list(Search(config).cures(diagnosis(config)))


def headings(app: AppTest) -> list[str]:
    """What the tab writes large or bold."""
    return [
        text.value.strip("#* ") for text in app.main.markdown if re.match(r"####|\*\*", text.value)
    ]


def table(app: AppTest) -> list[list[str]]:
    """The evidence: name, value and meaning a row."""
    (table,) = [text.value for text in app.main.markdown if text.value.startswith("| number |")]
    lines = [line.strip("| ") for line in table.splitlines()]
    return [[cell.replace("\\", "") for cell in re.split(r" (?<!\\)\| ", line)] for line in lines]


def label(run: TrainConfig, changed: TrainConfig) -> str:
    """How a button names a cure."""
    return f"Use {change_text(run, changed)}"


def offered(app: AppTest) -> dict[str, str]:
    """Label by key of the buttons that cure."""
    keyed = {str(button.key): button.label for button in app.main.button}
    return {key: name for key, name in keyed.items() if key.startswith("cure")}


@pytest.mark.parametrize("run", ["one unit, biases", "few epochs"])
def test_a_headline_says_how_the_run_ended_and_for_which_epoch_that_holds(run: str) -> None:
    given, config = UNSOLVED[run]
    app = on_the_tab(**given)
    findings = diagnosis(config).findings
    first, second = [text.value for text in app.main.markdown if text.value][1:3]
    assert first == f"#### {headline(findings)}"
    assert second == f"This holds for the end of the run, epoch {config.epochs:,}."
    assert texts(app)[0] == plain_text(findings[0])


@pytest.mark.parametrize("run", ["one unit, biases", "few epochs"])
def test_the_findings_are_folded_in_order_and_as_plain_text(run: str) -> None:
    given, config = UNSOLVED[run]
    (folded,) = on_the_tab(**given).main.expander
    diagnosed = diagnosis(config)
    titles = [finding_title(finding) for finding in diagnosed.findings]
    bold = [text.value.strip("*") for text in folded.markdown if text.value.startswith("**")]
    assert bold[: len(titles)] == titles
    sentences = [finding_text(finding) for finding in diagnosed.findings]
    assert [text.value for text in folded.text] == sentences


def test_the_numbers_are_folded_with_the_terms_explained() -> None:
    (folded,) = on_the_tab(epochs="600").main.expander
    assert not folded.proto.expanded
    *_, numbers, terms = [text.value for text in folded.markdown]
    assert numbers.startswith("| number |")
    for term, meaning in TERMS.items():
        assert f"- **{term}**: {meaning}" in terms


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The figures that the page shows, by key."""
    figures: dict[str, bytes] = {}
    monkeypatch.setattr(stage, "show_figure", lambda content, key: figures.update({key: content}))
    return figures


@pytest.mark.parametrize("run", UNSOLVED)
def test_one_figure_shows_the_curves_of_the_last_state(run: str, shown: dict[str, bytes]) -> None:
    given, config = UNSOLVED[run]
    on_the_tab(**given)
    standing = stand(open_step(config, trained(config).parameters[-1], config.epochs))
    assert standing is not None
    numbers = np.array(standing.sums), np.array(standing.activations)
    chart = curves.chart(standing.units, standing.hidden_size, *numbers, config.targets)
    sentence = curves_sentence(standing.units, np.array(standing.activations))
    assert shown == {"curves": pack_figure(chart, run_id(config), {}, sentence)}


@pytest.mark.parametrize("run", ["one unit", "one unit, biases"])
def test_an_impossible_table_is_proved_in_three_lines(run: str) -> None:
    given, config = UNSOLVED[run]
    app = on_the_tab(**given)
    assert headings(app)[0].startswith("Impossible: ")
    first, second, third = proof(config)
    assert texts(app)[1:4] == [f"1. {first}", f"2. {second}", f"3. {third}"]


def test_a_table_that_is_possible_has_no_proof() -> None:
    assert not [text for text in texts(on_the_tab(epochs="600")) if text.startswith("1. ")]


@pytest.mark.parametrize("run", ["one unit", "few epochs"])
def test_the_evidence_is_a_table_with_a_row_a_number(run: str) -> None:
    given, config = UNSOLVED[run]
    head, _, *rows = table(on_the_tab(**given))
    assert head == ["number", "value", "meaning"]
    evidence = evidence_rows(diagnosis(config).evidence)
    assert [(row[0], row[2]) for row in rows] == [(item.name, item.meaning) for item in evidence]
    for (_, written, _), item in zip(rows, evidence, strict=True):
        if isinstance(item.value, str):
            assert written == item.value
        else:
            assert float(written.replace("−", "-")) == pytest.approx(item.value, rel=1e-3)


@every_run
def test_each_cure_is_a_button_which_makes_a_solved_run_the_pages(run: str) -> None:
    given, config = UNSOLVED[run]
    app = on_the_tab(**given)
    expected = cures(config)
    labels = [label(config, cure.config) for cure in expected]
    assert offered(app) == {f"cure {number}": name for number, name in enumerate(labels)}
    assert NOTHING not in texts(app)
    since = [
        f"Then all four predictions are right from epoch {cure.solved_at:,} on."
        for cure in expected
    ]
    assert [caption.value for caption in app.main.caption] == since
    last = expected[-1]
    app.button(key=f"cure {len(expected) - 1}").click()
    ran(app)
    settings = {name: app.session_state[name] for name in vars(last.config)}
    assert settings == vars(last.config)
    assert app.session_state["tab"] == "doctor"
    assert headings(app)[0] == SOLVED_HEADLINE
    assert finding_text(Solved(last.solved_at)) in texts(app)
    assert not offered(app)


def test_the_cure_of_an_edited_run_that_goes_back_drops_its_edits_from_the_link() -> None:
    app = on_the_tab(**UNSOLVED["fork"][0])
    config = UNSOLVED["fork"][1]
    back = label(config, replace(config, edits=()))
    (key,) = [key for key, name in offered(app).items() if name == back]
    app.button(key=key).click()
    assert link(ran(app)) == {"epochs": "900", "tab": "doctor"}
    assert not [text for text in texts(app) if text.startswith("Edits by hand")]


def test_more_epochs_keep_what_was_typed_over() -> None:
    given, _ = UNSOLVED["edited late"]
    app = on_the_tab(**given)
    (key,) = [key for key, name in offered(app).items() if name.endswith(" epochs")]
    app.button(key=key).click()
    assert link(ran(app))["edits"] == given["edits"]
    assert headings(app)[0] == SOLVED_HEADLINE


def test_a_solved_run_is_offered_no_cure() -> None:
    app = on_the_tab(epochs="1000")
    assert headings(app)[:2] == [SOLVED_HEADLINE, "Solved"]
    assert {*texts(app)} == {finding_text(Solved(judge(trained(SOLVED)).epoch or -1))}
    assert not offered(app)


def test_a_run_that_nothing_cures_is_told_so_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xorviz.doctor.cures._several_settings", lambda *_: iter(()))
    app = on_the_tab(**HOPELESS)
    assert NOTHING in texts(app)
    assert not offered(app)


def test_a_changed_setting_is_diagnosed_anew() -> None:
    app = on_the_tab(epochs="1000")
    app.slider(key="hidden_size").set_value(1)
    assert headings(ran(app))[0].startswith("Impossible: ")
    app.slider(key="hidden_size").set_value(2)
    assert headings(ran(app))[0] == SOLVED_HEADLINE


@pytest.mark.parametrize("parameter", ["lr", "edits"])
def test_hostile_markup_in_a_link_is_plain_text_alone(parameter: str) -> None:
    app = opened(**{"tab": "doctor", "epochs": "1000", parameter: "<img src=x onerror=alert(1)>"})
    assert not app.exception
    assert len([text for text in texts(app) if "<img src=x" in text]) == 1
    assert not [text.value for text in app.markdown if "<img" in text.value]
    assert not [button.label for button in app.button if "<img" in button.label]
