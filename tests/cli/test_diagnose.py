"""``train --diagnose``: the diagnosis of a run and its cures, as text and as JSON."""

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.support.command import Capture, printed, refused, strict_json
from tests.support.glance import take_few_steps
from tests.support.runs import OVERFLOWING, trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.network import Array, initial_parameters
from xorviz.core.numbers import significant
from xorviz.core.verdict import judge
from xorviz.doctor.findings import Diverged
from xorviz.sentences.cures import nothing_cures, tried_text
from xorviz.sentences.evidence import evidence_rows
from xorviz.sentences.findings import finding_text
from xorviz.sentences.proof import proof
from xorviz.sentences.report import examine

SOLVED = (["--epochs", "1000"], TrainConfig(epochs=1000))
ONE_UNIT = (["--hidden-size", "1", "--epochs", "1000"], TrainConfig(hidden_size=1, epochs=1000))
PARTS = ["Diagnosis:", "Proof:", "Evidence:", "Cures:"]


def added(capsys: Capture, *flags: str) -> str:
    """The text that ``--diagnose`` adds to the text that is printed anyway."""
    plain, more = printed(capsys, *flags), printed(capsys, *flags, "--diagnose")
    assert more.startswith(plain)
    return more.removeprefix(plain)


def part(text: str, title: str) -> list[str]:
    """The lines below a title."""
    lines = text.splitlines()
    following = lines[lines.index(title) + 1 :]
    ends = [index for index, line in enumerate(following) if line in PARTS]
    return following[: ends[0]] if ends else following


def diverge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start two units without biases far out, and every other network as always."""

    def start(seed: int, hidden_size: int, biases: bool) -> Array:
        if (hidden_size, biases) == (2, False):
            return np.array([0.0, 0.0, 0.0, 0.0, 1e10, -1e10])
        return initial_parameters(seed, hidden_size, biases)

    monkeypatch.setattr("xorviz.core.trainer.initial_parameters", start)


def titles(text: str) -> list[str]:
    return [line for line in text.splitlines() if line in PARTS]


def test_a_solved_run_is_called_solved_with_the_evidence_and_no_cure(capsys: Capture) -> None:
    flags, config = SOLVED
    text = added(capsys, *flags)
    assert titles(text) == ["Diagnosis:", "Evidence:"]
    (finding,) = examine(trained(config)).diagnosis.findings
    assert part(text, "Diagnosis:") == [f"Solved: {finding_text(finding)}"]


def test_an_impossible_run_comes_with_its_proof_and_its_cure(capsys: Capture) -> None:
    flags, config = ONE_UNIT
    text = added(capsys, *flags)
    assert titles(text) == PARTS
    (finding,) = examine(trained(config)).diagnosis.findings
    assert part(text, "Diagnosis:") == [f"Impossible: {finding_text(finding)}"]
    assert [line.strip() for line in part(text, "Proof:")] == list(proof(config))
    (cure,) = part(text, "Cures:")
    assert re.fullmatch(
        r"  2 hidden units: solved from epoch 871 on \(seed 42, rate 0\.5, 1,000 epochs\)", cure
    )


def test_the_evidence_has_a_line_a_number(capsys: Capture) -> None:
    flags, config = ONE_UNIT
    lines = part(added(capsys, *flags), "Evidence:")
    evidence = examine(trained(config)).diagnosis.evidence
    assert lines == [
        f"  {row.name}: {row.value if isinstance(row.value, str) else significant(row.value)}. "
        f"{row.meaning}"
        for row in evidence_rows(evidence)
    ]


@pytest.mark.parametrize("flags", [SOLVED[0], ONE_UNIT[0]])
def test_the_json_is_the_runs_with_the_diagnosis_beside_it(
    capsys: Capture, flags: list[str]
) -> None:
    plain = strict_json(printed(capsys, "--json", *flags))
    text = printed(capsys, "--json", "--diagnose", *flags)
    assert text.count("\n") == 1
    came = strict_json(text)
    diagnosis = came.pop("diagnosis")
    assert came == plain
    assert diagnosis.keys() == {"findings", "proof", "evidence", "cures", "tried"}
    assert diagnosis["findings"]
    assert all(finding.keys() == {"kind", "text"} for finding in diagnosis["findings"])


def test_a_cures_settings_solve_the_table_when_they_are_given_back_as_flags(
    capsys: Capture,
) -> None:
    flags = ["--json", "--diagnose", "--epochs", "900", "--edits", "500_lr_10"]
    cures = strict_json(printed(capsys, *flags))["diagnosis"]["cures"]
    assert cures
    for cure in cures:
        edits = tuple(Edit(*edit) for edit in cure["config"]["edits"])
        config = TrainConfig(**{**cure["config"], "edits": edits})
        verdict = judge(trained(config))
        assert (verdict.kind, verdict.epoch) == ("solved", cure["solved_at"])


def test_the_proof_is_in_the_json_of_an_impossible_table_alone(capsys: Capture) -> None:
    for flags, config in (ONE_UNIT, SOLVED):
        came = strict_json(printed(capsys, "--json", "--diagnose", *flags))
        assert came["diagnosis"]["proof"] == list(proof(config))


def test_the_json_of_a_diverged_run_says_so_in_words(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    diverge(monkeypatch)
    flags = ["--learning-rate", "1e308", "--epochs", "30", "--targets", OVERFLOWING.targets]
    diagnosis = strict_json(printed(capsys, "--json", "--diagnose", *flags))["diagnosis"]
    assert diagnosis["findings"][0]["kind"] == "diverged"
    evidence = diagnosis["evidence"]
    assert evidence["Mean |error|"] == evidence["Gradient"] == "not finite"
    text = added(capsys, *flags)
    assert part(text, "Diagnosis:")[0] == f"Diverged: {finding_text(Diverged(1))}"
    assert "nan" not in text
    assert "inf" not in text.replace("finite", "")


@pytest.mark.parametrize("hidden_size", ["1", "2"])
def test_the_json_at_a_rate_out_of_all_bounds_is_json(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, hidden_size: str
) -> None:
    take_few_steps(monkeypatch)
    flags = ["--hidden-size", hidden_size, "--learning-rate", "1e308", "--epochs", "20"]
    came = strict_json(printed(capsys, "--json", "--diagnose", "--biases", *flags))
    values = came["diagnosis"]["evidence"].values()
    assert all(isinstance(value, str) or np.isfinite(value) for value in values)


def test_a_run_of_one_epoch_is_diagnosed_and_cured_by_more(capsys: Capture) -> None:
    text = added(capsys, "--epochs", "1")
    assert titles(text) == ["Diagnosis:", "Evidence:", "Cures:"]
    assert part(text, "Cures:")[0].startswith("  871 epochs: solved from epoch 871 on ")


def test_a_run_that_nothing_cures_lists_all_that_was_tried(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xorviz.doctor.cures._several_settings", lambda *_: iter(()))
    flags = ["--hidden-size", "1", "--epochs", "100"]
    config = TrainConfig(hidden_size=1, epochs=100)
    tried = [[replace(config, biases=True)], [replace(config, hidden_size=2)]]
    assert part(added(capsys, *flags), "Cures:") == [f"  {nothing_cures(config, tried)}"]
    diagnosis = strict_json(printed(capsys, "--json", "--diagnose", *flags))["diagnosis"]
    assert (diagnosis["cures"], diagnosis["tried"]) == ([], tried_text(config, tried))


def test_a_diagnosis_with_a_bad_setting_is_one_line(capsys: Capture) -> None:
    message = refused(capsys, "train", "--diagnose", "--hidden-size", "17")
    assert message.startswith("xorviz: Hidden size must be ")
    assert message.count("\n") == 1


def test_help_names_the_flag(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        printed(capsys, "--help")
    assert "--diagnose" in capsys.readouterr().out
