import re
from dataclasses import FrozenInstanceError, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.evidence import NAMES
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import LEARNING_RATE, Edit
from xorviz.core.impossible import proof
from xorviz.core.network import hidden_activations
from xorviz.core.recording import Recording, record
from xorviz.core.verdict import judge
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.doctor.evidence import measure
from xorviz.doctor.forecast import HOLD
from xorviz.doctor.units import ALIKE, SATURATED

FAR_OUT = tuple(
    Edit(0, name, value)
    for name, value in [
        *((f"{x} → {h}", 0.0) for x in ("x1", "x2") for h in ("h1", "h2")),
        ("h1 → ŷ", 1000.0),
        ("h2 → ŷ", -1000.0),
    ]
)
"""Output weights that cancel at 0.5, where the gradient is largest."""

RUNS = {
    "solved": [
        TrainConfig(),
        TrainConfig(3, 2.0, 4, 2000, True),
        TrainConfig(5, 10.0, 2, 3000, True, "0001"),
    ],
    "still improving": [
        TrainConfig(epochs=500),
        TrainConfig(469, 10.0, 3, 1000),
        TrainConfig(214, 20.0, 4, 1000, False, "0111"),
        TrainConfig(760, 0.5, 2, 1000, True, "1001"),
        TrainConfig(886, 0.1, 16, 200, False, "0011"),
    ],
    "plateau": [
        TrainConfig(656, 1.0, 2, 3000),
        TrainConfig(494, 0.5, 2, 1000, False, "1001"),
    ],
    "oscillating": [
        TrainConfig(97, 14.0, 2, 1000, True),
        TrainConfig(278, 20.0, 2, 1000, False, "1001"),
        TrainConfig(967, 20.0, 2, 1000),
        TrainConfig(712, 20.0, 4, 200),
        TrainConfig(9, 14.0, 2, 1000, True, "1001"),
        TrainConfig(65, 15.0, 3, 200, True),
    ],
    "3 of 4": [
        TrainConfig(490, 3.0, 2, 3000, False, "0001"),
        TrainConfig(204, 50.0, 2, 3000, True, "0111"),
    ],
    "2 of 4": [
        TrainConfig(161, 10.0, 2, 3000, True),
        TrainConfig(learning_rate=100.0),
        TrainConfig(39, 50.0, 16, 3000, True),
    ],
    # Only with next to no learning are so few right without a plateau or an improvement.
    "1 of 4": [
        TrainConfig(2, 1e-5, 3, 100, False, "0010"),
        TrainConfig(2, 1e-5, 16, 100, True, "1000"),
    ],
    "0 of 4": [
        TrainConfig(2, 1e-5, 3, 100, False, "0000"),
        TrainConfig(2, 1e-5, 16, 100, True, "0000"),
    ],
    "impossible": [
        TrainConfig(hidden_size=1),
        TrainConfig(hidden_size=1, biases=True, targets="1001"),
        TrainConfig(hidden_size=1, targets="0111"),
    ],
    # No rate alone makes a run overflow: it takes weights set by hand.
    "diverged": [
        TrainConfig(42, 1e308, 2, 30, False, "0111", FAR_OUT),
        TrainConfig(42, 1e308, 2, 30, True, "0111", FAR_OUT),
    ],
}
"""None is chaotic, however large its rate: moved by 1e-15, each ends the same within 1e-9, and is
diagnosed alike. So no processor's rounding matters."""

VERDICTS = [(kind, config) for kind, configs in RUNS.items() for config in configs]


@cache
def diagnosed(config: TrainConfig) -> Diagnosis:
    return diagnose(trained(config))


def glanced(recording: Recording) -> Diagnosis:
    """A diagnosis after a short look ahead, which is as good for all that the last state shows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("xorviz.doctor.forecast.MORE_EPOCHS", HOLD)
        return diagnose(recording)


def kinds(diagnosis: Diagnosis) -> list[str]:
    return [finding.kind for finding in diagnosis.findings]


def text(diagnosis: Diagnosis, kind: str) -> str:
    (found,) = (finding.text for finding in diagnosis.findings if finding.kind == kind)
    return found


def with_parameters(recording: Recording, last: list[float]) -> Recording:
    parameters = recording.parameters.copy()
    parameters[-1] = last
    return replace(recording, parameters=parameters)


def with_answers(recording: Recording, last: list[float]) -> Recording:
    predictions = recording.predictions.copy()
    predictions[-1] = last
    return replace(recording, predictions=predictions)


@pytest.mark.parametrize(("kind", "config"), VERDICTS, ids=repr)
def test_a_real_run_gets_the_verdict_it_deserves(kind: str, config: TrainConfig) -> None:
    recording = trained(config)
    diagnosis = diagnosed(config)
    assert diagnosis.verdict.kind == kind
    assert diagnosis.verdict == diagnosis.findings[0]
    judged = judge(recording)
    assert ("solved" in kinds(diagnosis)) == (judged.kind == "solved")
    assert ("diverged" in kinds(diagnosis)) == (judged.kind == "diverged")
    assert (f"{judged.correct} of 4" in kinds(diagnosis)) == (
        judged.kind not in ("solved", "diverged", "impossible")
    )
    assert diagnosis.proof == (proof(config) or ())
    assert len(set(kinds(diagnosis))) == len(diagnosis.findings)
    for finding in diagnosis.findings:
        assert finding.text.isprintable()
        assert finding.text.endswith(".")
        assert not re.search(r"\b(nan|inf)\b", finding.text)


@pytest.mark.parametrize("config", RUNS["still improving"], ids=repr)
def test_a_run_still_improving_is_solved_when_told(config: TrainConfig) -> None:
    told = diagnosed(config).verdict.text
    match = re.search(r"all four are right from epoch ([\d,]+) on\.$", told)
    assert match
    epoch = int(match[1].replace(",", ""))
    assert epoch > config.epochs
    longer = judge(trained(replace(config, epochs=epoch + HOLD - 1)))
    assert (longer.kind, longer.epoch) == ("solved", epoch)


@pytest.mark.parametrize("kind", ["plateau", "oscillating", "3 of 4", "2 of 4"])
def test_a_run_with_another_verdict_is_not_solved_in_twice_its_epochs(kind: str) -> None:
    for config in RUNS[kind]:
        assert judge(trained(replace(config, epochs=2 * config.epochs))).kind != "solved"


def test_the_pace_is_told_where_the_loss_shows_one() -> None:
    with_pace, without = (diagnosed(config).verdict for config in RUNS["still improving"][:2])
    assert with_pace.text == (
        "The trend points to about 330 more epochs; trained on, it took 371: all four are right "
        "from epoch 871 on."
    )
    assert without.text == (
        "The trend does not show it yet; trained on, it took 2,948 more epochs: all four are right "
        "from epoch 3,948 on."
    )


@pytest.mark.parametrize(
    "config", [TrainConfig(epochs=500), TrainConfig(760, 0.5, 2, 1000, True, "1001")], ids=repr
)
def test_a_plateau_that_is_left_later_comes_second(config: TrainConfig) -> None:
    assert kinds(diagnosed(config))[:2] == ["still improving", "plateau"]


def test_a_stuck_run_is_told_with_its_wrong_answers_and_its_place() -> None:
    diagnosis = diagnosed(TrainConfig(41))
    assert diagnosis.verdict.text == (
        "3 of 4 are right, for 30,000 more epochs too: 01 is answered 0.3846 instead of 1. The "
        "gradient is 0.00077; the loss curves up along 4 of 6 directions and down along none: the "
        "floor of a valley."
    )


@pytest.mark.parametrize("seed", [2, 16])
def test_a_run_that_is_solved_later_has_no_place(seed: int) -> None:
    diagnosis = diagnosed(TrainConfig(seed, epochs=300))
    assert not [one for one in diagnosis.findings if "valley" in one.text or "saddle" in one.text]


def test_a_rate_that_was_too_large_long_ago_is_told() -> None:
    run = trained(RUNS["oscillating"][0])
    risen = np.flatnonzero(np.diff(run.half_squared_error) > 1e-9) + 1
    assert len(risen) > 50
    assert risen[-1] < 200
    assert diagnosed(run.config).verdict.text == (
        f"The learning rate is too large: the loss rose at {len(risen)} of 1,000 updates, last at "
        f"epoch {risen[-1]:,}. Steps so long left the network where it is stuck."
    )


def test_an_output_saturated_on_the_wrong_side_is_told() -> None:
    diagnosis = glanced(trained(TrainConfig(24, 50.0, 2, 200, True, "1110")))
    assert "ŷ is saturated on the wrong side for 11: " in text(diagnosis, "saturated units")
    assert any("11 is answered more than 0.9999 instead of 0" in f.text for f in diagnosis.findings)


def test_right_answers_that_change_with_more_epochs_are_told() -> None:
    told = text(diagnosed(TrainConfig(273, 20.0, 3, 1000)), "3 of 4")
    assert "a saddle. In 30,000 more epochs other inputs become right" in told
    assert "for 30,000 more epochs too" not in told


@pytest.mark.parametrize("config", RUNS["oscillating"][1:], ids=repr)
def test_an_oscillating_run_is_told_with_both_numbers(config: TrainConfig) -> None:
    found, told = measure(trained(config)), text(diagnosed(config), "oscillating")
    assert f"rose at {found.trend.rises:.0%}" in told
    assert f"is {found.curvature.sharpness:.3g}, " in told
    assert ("above the 2" in told) == (found.curvature.sharpness > 2)


@pytest.mark.parametrize("config", RUNS["oscillating"][1:4], ids=repr)
def test_a_run_with_a_tenth_of_its_rate_at_the_end_oscillated_only_before(
    config: TrainConfig,
) -> None:
    slower = (Edit(config.epochs // 2, LEARNING_RATE, config.learning_rate / 10),)
    told = text(glanced(record(replace(config, edits=slower))), "oscillating")
    last = re.search(r"last at epoch ([\d,]+)\.", told)
    assert last is not None
    assert int(last[1].replace(",", "")) <= config.epochs // 2 + 1


def test_a_loss_that_rises_by_an_edit_alone_is_no_fault_of_the_rate() -> None:
    edits = tuple(Edit(100 * k, "h1 → ŷ", (-1.0) ** k) for k in range(1, 41))
    run = record(TrainConfig(epochs=4100, edits=edits))
    assert (np.diff(run.half_squared_error) > 1e-9).sum() >= 20
    assert "oscillating" not in kinds(diagnose(run))


@pytest.mark.parametrize(
    ("config", "units"),
    [
        (TrainConfig(24, 50.0, 2, 200, True, "1110"), [1]),
        (TrainConfig(204, 50.0, 2, 3000, True, "0111"), [1]),
        (TrainConfig(50, 50.0, 2, 200, True, "0000"), [2]),
        (TrainConfig(80, 50.0, 4, 200, True, "1110"), [1, 2, 3, 4]),
    ],
    ids=repr,
)
def test_saturated_units_are_named(config: TrainConfig, units: list[int]) -> None:
    recording = trained(config)
    told = text(glanced(recording), "saturated units")
    assert [int(unit) for unit in re.findall(r"h(\d+)", told)] == units
    (hidden,) = hidden_activations(recording.parameters[-1:], config.hidden_size)
    largest = (hidden * (1 - hidden)).max(axis=0)
    assert (np.flatnonzero(largest < SATURATED) + 1).tolist() == units


@pytest.mark.parametrize(
    ("config", "groups"),
    [
        (TrainConfig(757, 0.5, 4, 3000, False, "0001"), ["h1 and h4"]),
        (TrainConfig(179, 50.0, 2, 200, False, "1001"), ["h1 and h2"]),
        (TrainConfig(712, 20.0, 4, 200), ["h1 and h2"]),
        (TrainConfig(286, 50.0, 4, 200), ["h1, h2, h3 and h4"]),
    ],
    ids=repr,
)
def test_duplicate_units_are_named(config: TrainConfig, groups: list[str]) -> None:
    recording = trained(config)
    told = text(glanced(recording), "duplicate units")
    assert told.startswith(f"{groups[0]} answer every input alike, within 0.001: ")
    (hidden,) = hidden_activations(recording.parameters[-1:], config.hidden_size)
    named = [int(unit) - 1 for unit in re.findall(r"h(\d+)", groups[0])]
    assert np.ptp(hidden[:, named], axis=1).max() <= ALIKE


def test_two_groups_of_duplicates_are_both_named() -> None:
    config = TrainConfig(hidden_size=5, epochs=10)
    last = [1.0, 3.0, 1.0, 3.0, -2.0] * 2 + [1.0] * 5
    told = text(glanced(with_parameters(trained(config), last)), "duplicate units")
    assert told.startswith("h1 and h3 answer every input alike, within 0.001, and so do h2 and h4:")


def test_a_solved_run_is_still_told_its_duplicates_and_saturated_units() -> None:
    config = TrainConfig(757, 0.5, 4, 3000, False, "0001")
    assert kinds(diagnosed(config)) == ["solved", "duplicate units"]
    config = TrainConfig(50, 50.0, 2, 200, True, "0000")
    assert kinds(diagnosed(config)) == ["solved", "saturated units"]


@pytest.mark.parametrize(("bias", "saturated"), [(6.9, False), (6.91, True)])
def test_a_unit_is_saturated_from_a_slope_of_one_thousandth_on(
    bias: float, saturated: bool
) -> None:
    # σ′(z) = 0.001 at z = ln(998) = 6.906. Here z is the bias on all four inputs.
    recording = trained(TrainConfig(biases=True, epochs=10))
    last = [0.0, 1.0, 0.0, 1.0, 1.0, 1.0, bias, 0.0, 0.0]
    assert ("saturated units" in kinds(glanced(with_parameters(recording, last)))) == saturated


@pytest.mark.parametrize(("shift", "alike"), [(0.0039, True), (0.0041, False)])
def test_units_are_duplicates_within_one_thousandth(shift: float, alike: bool) -> None:
    # σ′(0) = 1/4: activations near 0.5 differ by a quarter of the biases' difference.
    recording = trained(TrainConfig(biases=True, epochs=10))
    last = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, shift, 0.0, 0.0]
    assert ("duplicate units" in kinds(glanced(with_parameters(recording, last)))) == alike


@pytest.mark.parametrize(("answer", "near"), [(0.401, True), (0.399, False), (0.601, False)])
def test_a_plateau_has_all_four_answers_within_a_tenth_of_one_half(
    answer: float, near: bool
) -> None:
    recording = with_answers(trained(TrainConfig(epochs=10)), [0.5, 0.5, answer, 0.5])
    assert ("plateau" in kinds(glanced(recording))) == near


def test_a_solved_plateau_is_solved_first() -> None:
    recording = with_answers(record(TrainConfig(epochs=10)), [0.49, 0.51, 0.51, 0.49])
    assert kinds(diagnose(recording)) == ["solved", "plateau"]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_state_that_is_not_finite_is_diverged(bad: float) -> None:
    recording = trained(TrainConfig(epochs=20))
    broken = with_answers(with_parameters(recording, [bad] * 6), [np.nan] * 4)
    diagnosis = diagnose(broken)
    assert kinds(diagnosis) == ["diverged"]
    assert diagnosis.verdict.text == (
        "From epoch 20 on there are numbers that are not finite: the learning rate is too large."
    )
    assert diagnose(with_parameters(recording, [bad] * 6)).verdict == diagnosis.verdict


def test_an_impossible_table_comes_with_its_proof_and_is_not_trained_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr("xorviz.doctor.diagnosis.train_on")
    diagnosis = diagnose(trained(TrainConfig(hidden_size=1)))
    assert diagnosis.verdict.text == (
        "No weights give the table 0110: one hidden unit without biases is too little."
    )
    assert diagnosis.proof == proof(TrainConfig(hidden_size=1))
    assert kinds(diagnosis) == ["impossible"]


def test_a_possible_table_has_no_proof() -> None:
    assert diagnosed(TrainConfig()).proof == ()
    assert diagnosed(TrainConfig(hidden_size=1, biases=True, targets="0111")).proof == ()


def test_a_diagnosis_can_not_be_changed() -> None:
    diagnosis = diagnosed(TrainConfig())
    for thing in (diagnosis, *diagnosis.findings, *diagnosis.evidence):
        with pytest.raises(FrozenInstanceError):
            thing.proof = ()  # type: ignore[misc,union-attr]


def test_equal_runs_have_equal_diagnoses() -> None:
    config = TrainConfig(epochs=500)
    assert diagnose(record(config)) == diagnose(record(config))


@settings(deadline=None, max_examples=50)
@given(
    seed=st.integers(0, 2**32 - 1),
    learning_rate=st.floats(1e-6, 1e308) | st.floats(0.01, 20),
    hidden_size=st.integers(1, 16),
    epochs=st.integers(1, 200),
    biases=st.booleans(),
    targets=st.text("01", min_size=4, max_size=4),
    weight=st.none() | st.floats(-1000, 1000),
)
def test_every_run_has_a_diagnosis(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    targets: str,
    weight: float | None,
) -> None:
    edits = () if weight is None else (Edit(epochs // 2, "h1 → ŷ", weight),)
    config = TrainConfig(seed, learning_rate, hidden_size, epochs, biases, targets, edits)
    diagnosis = glanced(record(config))
    assert diagnosis.findings
    assert [one.name for one in diagnosis.evidence] == NAMES
    assert ("impossible" in kinds(diagnosis)) == (diagnosis.proof != ())
    for finding in diagnosis.findings:
        assert finding.text.isprintable()
        assert 0 < len(finding.text) < 400
        assert not re.search(r"\b(nan|inf)\b", finding.text)
