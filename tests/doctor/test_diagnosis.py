import re
from dataclasses import FrozenInstanceError, replace
from functools import cache
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.glance import take_few_steps
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.impossible import is_impossible
from xorviz.core.names import LEARNING_RATE
from xorviz.core.network import forward_pass
from xorviz.core.recording import Recording, record
from xorviz.core.verdict import judge
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.doctor.evidence import measure
from xorviz.doctor.findings import (
    Count,
    Diverged,
    DuplicateUnits,
    Finding,
    Group,
    Impossible,
    Oscillating,
    Plateau,
    RateTooLarge,
    SaturatedUnits,
    StuckAnyhow,
    TooSlow,
    WrongOutput,
)
from xorviz.doctor.look import MOST_EPOCHS, RowLook
from xorviz.doctor.units import ALIKE, SATURATED
from xorviz.sentences.findings import finding_text
from xorviz.step.step import open_step

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
    "too slow": [
        TrainConfig(epochs=500),
        TrainConfig(469, 10.0, 3, 1000),
        TrainConfig(214, 20.0, 4, 1000, False, "0111"),
        TrainConfig(760, 0.5, 2, 1000, True, "1001"),
        TrainConfig(886, 0.1, 16, 200, False, "0011"),
        TrainConfig(284, 0.11, 2, 100, False, "1001"),
        TrainConfig(150, 0.4, 2, 100),
    ],
    "plateau": [
        TrainConfig(656, 1.0, 2, 3000),
        TrainConfig(494, 0.5, 2, 1000, False, "1001"),
    ],
    "learning rate too large": [
        TrainConfig(97, 14.0, 2, 1000, True),
        TrainConfig(278, 20.0, 2, 1000, False, "1001"),
        TrainConfig(967, 20.0, 2, 1000),
        TrainConfig(712, 20.0, 4, 200),
        TrainConfig(9, 14.0, 2, 1000, True, "1001"),
        TrainConfig(204, 50.0, 2, 3000, True, "0111"),
        TrainConfig(39, 50.0, 16, 3000, True),
        TrainConfig(464, 5.8, 2, 2000),
        TrainConfig(50, 10.0, 4, 1000, False, "0001"),
    ],
    "3 of 4": [
        TrainConfig(490, 3.0, 2, 3000, False, "0001"),
        TrainConfig(41, epochs=5000),
    ],
    "2 of 4": [
        TrainConfig(41, epochs=1000, edits=(Edit(995, "h1 → ŷ", 5.0),)),
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

FAR = 15_000
"""More epochs solve a run of these within so many, or not within all that the page has."""

OSCILLATING = RUNS["learning rate too large"][1:5]
VERDICTS = [(kind, config) for kind, configs in RUNS.items() for config in configs]


F = TypeVar("F", bound=Finding)


@cache
def diagnosed(config: TrainConfig) -> Diagnosis:
    """A diagnosis after a look as far ahead as these runs need."""
    return diagnose(trained(config), config.epochs + FAR)


def glanced(recording: Recording) -> Diagnosis:
    """A diagnosis after a short look ahead and few small steps.

    It is as good for all that the last state shows.
    """
    with pytest.MonkeyPatch.context() as patch:
        take_few_steps(patch)
        return diagnose(recording, recording.config.epochs + 1000)


def kinds(diagnosis: Diagnosis) -> list[str]:
    return [finding.kind for finding in diagnosis.findings]


def only(diagnosis: Diagnosis, kind: type[F]) -> F:
    """The one finding of this kind."""
    (finding,) = (finding for finding in diagnosis.findings if isinstance(finding, kind))
    return finding


def assert_readable(text: str) -> None:
    assert text.isprintable()
    assert text.endswith(".")
    assert len(text) < 900
    assert not re.search(r"\b(nan|inf)\b", text)


def with_parameters(recording: Recording, last: list[float]) -> Recording:
    parameters = recording.parameters.copy()
    parameters[-1] = last
    return replace(recording, parameters=parameters)


def with_predictions(recording: Recording, last: list[float]) -> Recording:
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
    assert len(set(kinds(diagnosis))) == len(diagnosis.findings)
    for finding in diagnosis.findings:
        assert_readable(finding_text(finding))


@pytest.mark.parametrize("config", RUNS["too slow"], ids=repr)
def test_a_run_that_is_too_slow_is_solved_when_told(config: TrainConfig) -> None:
    verdict = diagnosed(config).verdict
    assert isinstance(verdict, TooSlow)
    epoch = verdict.solved_at
    assert verdict.epochs == config.epochs < epoch
    longer = judge(trained(replace(config, epochs=epoch)))
    assert (longer.kind, longer.epoch) == ("solved", epoch)


def test_a_run_is_told_which_predictions_become_right_when_and_whether_they_stay() -> None:
    *_, last = only(diagnosed(TrainConfig(epochs=500)), Count).look.rows
    assert last == RowLook(1, 871, 871, True)
    diagnosis = diagnose(trained(TrainConfig(learning_rate=0.01)))
    assert kinds(diagnosis)[0] == "too slow"
    look = only(diagnosis, Count).look
    assert (look.until, look.rows[0], look.rows[3]) == (
        50_000,
        RowLook(1, 15_929, 15_929, True),
        RowLook(1, 43_429, 43_429, True),
    )
    *_, last = only(diagnosed(TrainConfig(284, 0.11, 2, 100, False, "1001")), Count).look.rows
    assert last == RowLook(2, 270, 5322, True)


def test_a_run_that_has_all_the_pages_epochs_is_told_nothing_of_more() -> None:
    diagnosis = diagnose(trained(TrainConfig(41, epochs=5000)), until=5000)
    look = only(diagnosis, Count).look
    assert look.since == look.until == 5000


@pytest.mark.parametrize(
    "config", [TrainConfig(epochs=500), TrainConfig(760, 0.5, 2, 1000, True, "1001")], ids=repr
)
def test_a_plateau_that_is_left_later_comes_second(config: TrainConfig) -> None:
    assert kinds(diagnosed(config))[:2] == ["too slow", "plateau"]


def test_a_stuck_run_is_told_with_its_wrong_output_and_its_terrain() -> None:
    verdict = diagnose(trained(TrainConfig(41))).verdict
    assert isinstance(verdict, Count)
    assert verdict.wrong == (WrongOutput("01", pytest.approx(0.3846, abs=5e-5), "1"),)
    assert [row.changes for row in verdict.look.rows] == [0] * 4
    assert verdict.gradient == pytest.approx(0.00077, abs=5e-6)
    curve = verdict.curvature
    assert (curve.terrain, curve.down, curve.positive, curve.flat) == ("valley", 0, 6, 0)


@pytest.mark.parametrize("seed", [41, 48])
def test_a_start_that_small_steps_lead_to_the_same_place_is_an_unlucky_one(seed: int) -> None:
    stuck = only(diagnosed(TrainConfig(seed)), StuckAnyhow)
    assert stuck.kind == "unlucky start"
    assert (stuck.steps.factor, stuck.is_same, stuck.terrain) == (2, True, "valley")
    assert stuck.steps.config == TrainConfig(seed, 0.25, epochs=20_000)


@pytest.mark.parametrize(
    "config",
    [TrainConfig(learning_rate=1e-4, epochs=1000), TrainConfig(41, 0.01), TrainConfig(60, 0.01)],
    ids=repr,
)
def test_a_run_that_has_not_come_to_rest_is_no_unlucky_start_in_no_valley(
    config: TrainConfig,
) -> None:
    diagnosis = diagnosed(config)
    assert "unlucky start" not in kinds(diagnosis)
    assert diagnosis.evidence.curvature.terrain in ("slope", "saddle")


def test_steps_that_are_not_small_prove_nothing() -> None:
    diagnosis = glanced(record(TrainConfig(learning_rate=1e308, epochs=100)))
    assert diagnosis.small_steps is not None
    assert diagnosis.small_steps.solved_at is None
    assert not {"learning rate", "unlucky start"} & {*kinds(diagnosis)}


def test_a_run_with_a_fork_is_told_that_every_rate_is_made_smaller() -> None:
    fork = TrainConfig(41, epochs=200, edits=(Edit(100, LEARNING_RATE, 10.0),))
    stuck = only(diagnosed(fork), StuckAnyhow)
    assert stuck.kind == "learning rate"
    assert (stuck.steps.factor, stuck.steps.config.epochs) == (40, 8000)
    assert stuck.steps.config.edits == (Edit(4000, LEARNING_RATE, 0.25),)


def test_units_of_equal_weights_are_told_to_stay_alike() -> None:
    names = ("x1 → h1", "x1 → h2", "x2 → h1", "x2 → h2", "h1 → ŷ", "h2 → ŷ")
    config = TrainConfig(epochs=200, edits=tuple(Edit(0, name, 1.0) for name in names))
    (group,) = only(glanced(record(config)), DuplicateUnits).groups
    assert (group.units, group.is_one, group.is_equal) == ((1, 2), True, True)


def test_a_curvature_counts_that_all_the_epochs_looked_on_can_notice() -> None:
    config = TrainConfig(464, 5.8, 2, 2000)
    least = -1 / (5.8 * MOST_EPOCHS)
    eigenvalues = measure(trained(config)).evidence.curvature.eigenvalues
    curve = only(diagnose(trained(config)), Count).curvature
    assert -1 / (5.8 * config.epochs) < eigenvalues[0] < eigenvalues[1] < least
    assert (curve.terrain, curve.down, curve.positive) == ("saddle", 2, 1)
    assert curve.flat - curve.slight == 3


@pytest.mark.parametrize("config", RUNS["too slow"], ids=repr)
def test_a_run_that_is_solved_later_is_in_no_valley(config: TrainConfig) -> None:
    diagnosis = diagnosed(config)
    assert only(diagnosis, Count).curvature == diagnosis.evidence.curvature
    assert diagnosis.evidence.curvature.terrain in ("slope", "saddle")


def test_a_rate_that_was_too_large_long_ago_is_told() -> None:
    run = trained(RUNS["learning rate too large"][0])
    risen = np.flatnonzero(np.diff(run.half_squared_error) > 1e-9) + 1
    assert len(risen) > 50
    assert risen[-1] < 200
    verdict = diagnosed(run.config).verdict
    assert isinstance(verdict, RateTooLarge)
    assert (verdict.steps.factor, verdict.steps.solved_at) == (56, 1272)
    assert verdict.steps.config == replace(run.config, learning_rate=0.25, epochs=56_000)
    assert (verdict.epochs, verdict.rises, verdict.last_rise) == (1000, len(risen), risen[-1])


def test_a_rate_is_too_large_though_no_update_raises_the_loss() -> None:
    run = trained(TrainConfig(50, 10.0, 4, 1000, False, "0001"))
    assert (np.diff(run.half_squared_error) <= 0).all()
    verdict = diagnosed(run.config).verdict
    assert isinstance(verdict, RateTooLarge)
    assert (verdict.epochs, verdict.rises, verdict.last_rise) == (1000, 0, None)


def test_an_output_saturated_on_the_wrong_side_is_told() -> None:
    diagnosis = glanced(trained(TrainConfig(24, 50.0, 2, 200, True, "1110")))
    ((row, derivative),) = only(diagnosis, SaturatedUnits).output
    (wrong,) = only(diagnosis, Count).wrong
    assert (row, wrong.row, wrong.target) == ("11", "11", "0")
    assert derivative == pytest.approx(wrong.output * (1 - wrong.output))
    assert derivative < SATURATED
    assert wrong.output > 0.9999


@pytest.mark.parametrize("config", OSCILLATING, ids=repr)
def test_an_oscillating_run_is_told_with_both_numbers(config: TrainConfig) -> None:
    measured, finding = measure(trained(config)), only(diagnosed(config), Oscillating)
    assert finding.updates == max(10, config.epochs // 10)
    assert finding.rises == measured.evidence.trend.rises
    assert finding.sharpness == measured.evidence.curvature.sharpness


@pytest.mark.parametrize("config", OSCILLATING[:3], ids=repr)
def test_a_run_with_a_tenth_of_its_rate_at_the_end_oscillates_no_more(config: TrainConfig) -> None:
    slower = (Edit(config.epochs // 2, LEARNING_RATE, config.learning_rate / 10),)
    assert "oscillating" not in kinds(glanced(record(replace(config, edits=slower))))


def test_a_loss_that_rises_by_an_edit_alone_is_no_fault_of_the_rate() -> None:
    edits = tuple(Edit(100 * k, "h1 → ŷ", (-1.0) ** k) for k in range(1, 41))
    run = record(TrainConfig(epochs=4100, edits=edits))
    assert (np.diff(run.half_squared_error) > 1e-9).sum() >= 20
    assert "oscillating" not in kinds(glanced(run))


@pytest.mark.parametrize(
    ("config", "units"),
    [
        (TrainConfig(24, 50.0, 2, 200, True, "1110"), [1]),
        (TrainConfig(204, 50.0, 2, 3000, True, "0111"), [1]),
        (TrainConfig(80, 50.0, 4, 200, True, "1110"), [1, 2, 3, 4]),
    ],
    ids=repr,
)
def test_saturated_units_are_named(config: TrainConfig, units: list[int]) -> None:
    recording = trained(config)
    (hidden,) = forward_pass(recording.parameters[-1:], config.hidden_size).hidden
    largest = (hidden * (1 - hidden)).max(axis=0)
    finding = only(glanced(recording), SaturatedUnits)
    assert finding.hidden == tuple((unit, largest[unit - 1]) for unit in units)
    assert finding.biases
    assert (np.flatnonzero(largest < SATURATED) + 1).tolist() == units


@pytest.mark.parametrize(
    ("config", "units"),
    [
        (TrainConfig(757, 0.5, 4, 3000, False, "0001"), (1, 4)),
        (TrainConfig(179, 50.0, 2, 200, False, "1001"), (1, 2)),
        (TrainConfig(712, 20.0, 4, 200), (1, 2)),
        (TrainConfig(286, 50.0, 4, 200), (1, 2, 3, 4)),
    ],
    ids=repr,
)
def test_duplicate_units_are_named(config: TrainConfig, units: tuple[int, ...]) -> None:
    recording = trained(config)
    (group,) = only(glanced(recording), DuplicateUnits).groups
    assert group.units == units
    (hidden,) = forward_pass(recording.parameters[-1:], config.hidden_size).hidden
    assert np.ptp(hidden[:, np.subtract(units, 1)], axis=1).max() <= ALIKE


def test_two_groups_of_duplicates_are_both_named() -> None:
    config = TrainConfig(hidden_size=5, epochs=10)
    last = [1.0, 3.0, 1.0, 3.0, -2.0] * 2 + [1.0, 1.0, 2.0, 2.0, 1.0]
    groups = only(glanced(with_parameters(trained(config), last)), DuplicateUnits).groups
    assert [(group.units, group.output_weights, group.is_one) for group in groups] == [
        ((1, 3), (1.0, 2.0), True),
        ((2, 4), (1.0, 2.0), True),
    ]


def test_duplicates_with_large_opposite_output_weights_are_not_told_to_do_as_one() -> None:
    # The activations differ by 0.00025 · x1, which weights of ±8,000 make 2 of z.
    config = TrainConfig(epochs=10)
    last = [1e-3, 0.0, 0.0, 0.0, 8000.0, -8000.0]
    finding = only(glanced(with_parameters(trained(config), last)), DuplicateUnits)
    assert finding.groups == (Group((1, 2), (8000.0, -8000.0), is_one=False, is_equal=False),)


def test_a_solved_run_is_told_its_duplicates_and_nothing_that_alarms() -> None:
    config = TrainConfig(757, 0.5, 4, 3000, False, "0001")
    assert kinds(diagnosed(config)) == ["solved", "duplicate units"]
    config = TrainConfig(50, 50.0, 2, 200, True, "0000")
    largest = open_step(config, trained(config).parameters[-1], 200).derivative_hidden.max(axis=0)
    assert (largest < SATURATED).any()
    assert kinds(diagnosed(config)) == ["solved"]


@pytest.mark.parametrize(("bias", "saturated"), [(6.9, False), (6.91, True)])
def test_a_unit_is_saturated_from_a_derivative_of_one_thousandth_on(
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


@pytest.mark.parametrize(("prediction", "near"), [(0.401, True), (0.399, False), (0.601, False)])
def test_a_plateau_has_all_four_predictions_within_a_tenth_of_one_half(
    prediction: float, near: bool
) -> None:
    recording = with_predictions(trained(TrainConfig(epochs=10)), [0.5, 0.5, prediction, 0.5])
    assert ("plateau" in kinds(glanced(recording))) == near


def test_a_solved_plateau_is_solved_first() -> None:
    recording = with_predictions(record(TrainConfig(epochs=10)), [0.49, 0.51, 0.51, 0.49])
    diagnosis = diagnose(recording)
    assert kinds(diagnosis) == ["solved", "plateau"]
    assert only(diagnosis, Plateau) == Plateau(0.49, 0.51, is_solved=True)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_state_that_is_not_finite_is_diverged(bad: float) -> None:
    recording = trained(TrainConfig(epochs=20))
    broken = with_predictions(with_parameters(recording, [bad] * 6), [np.nan] * 4)
    diagnosis = diagnose(broken)
    assert kinds(diagnosis) == ["diverged"]
    assert diagnosis.verdict == Diverged(20)
    assert diagnose(with_parameters(recording, [bad] * 6)).verdict == diagnosis.verdict


def test_an_impossible_table_is_not_trained_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr("xorviz.doctor.diagnosis.look_on_all")
    diagnosis = diagnose(trained(TrainConfig(hidden_size=1)))
    assert diagnosis.findings == (Impossible("0110", biases=False),)


def test_a_diagnosis_can_not_be_changed() -> None:
    diagnosis = diagnosed(TrainConfig())
    for thing in (diagnosis, *diagnosis.findings, diagnosis.evidence):
        with pytest.raises(FrozenInstanceError):
            thing.epoch = 0  # type: ignore[misc,union-attr]


def test_equal_runs_have_equal_diagnoses() -> None:
    config = TrainConfig(epochs=500)
    assert glanced(record(config)) == glanced(record(config))


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
    assert ("impossible" in kinds(diagnosis)) == is_impossible(config)
    for finding in diagnosis.findings:
        assert_readable(finding_text(finding))
